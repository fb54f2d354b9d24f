// Gives entities their names.
UNWIND $rows AS row
MATCH (n:Name {id: row.name}), (e:Entity {id: row.entity})
CREATE (n)-[:NAMES]->(e)
