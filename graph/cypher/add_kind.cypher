// Adds a kind to entities.
MATCH (e:Entity)
WHERE e.id IN $rows
SET e:<labels>
