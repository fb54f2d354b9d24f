// Deletes relations.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})-[r:<type>]->(b:Entity {id: row.end})
WHERE r.id = row.id
DELETE r
