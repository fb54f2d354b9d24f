// Takes a kind from entities.
MATCH (e:Entity)
WHERE e.id IN $rows
REMOVE e:<labels>
