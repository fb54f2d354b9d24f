// Takes names from entities.
UNWIND $rows AS row
MATCH (n:Name {id: row.name})-[r:NAMES]->(e:Entity {id: row.entity})
DELETE r
