// Adds names that are not there yet, each borne by an entity.
UNWIND $rows AS row
MATCH (e:Entity {id: row.entity})
CREATE (n:Name)
SET n = row.properties
CREATE (n)-[:NAMES]->(e)
