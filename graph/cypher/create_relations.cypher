// Adds relations between entities.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start}), (b:Entity {id: row.end})
CREATE (a)-[r:<type>]->(b)
SET r = row.properties
