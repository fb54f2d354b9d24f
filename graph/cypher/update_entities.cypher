// Gives entities their new properties.
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e = row
