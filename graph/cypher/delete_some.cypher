// Deletes up to $limit nodes of a label with all their relationships, and says how many.
MATCH (n:<label>)
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*)
