// Gives relations their new properties.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})-[r:<type>]->(b:Entity {id: row.end})
WHERE r.id = row.properties.id
SET r = row.properties
