// Deletes those of these names that no entity bears.
MATCH (n:Name)
WHERE n.id IN $rows AND NOT (n)-[:NAMES]->()
DELETE n
