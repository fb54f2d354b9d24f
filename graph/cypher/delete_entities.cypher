// Deletes entities.
MATCH (e:Entity)
WHERE e.id IN $rows
DETACH DELETE e
