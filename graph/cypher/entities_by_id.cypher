// Entities by id, with their names and kinds.
MATCH (e:Entity)
WHERE e.id IN $values
RETURN e.id, e.names, e.kinds
