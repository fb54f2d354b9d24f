// Which of these ids the graph has already.
MATCH (n:<label>)
WHERE n.id IN $ids
RETURN n.id
