// The ends of the relations that lead from these entities to others, best supported first.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:<types>]-(x:Entity)
WHERE NOT x.id IN $seen AND <held>
WITH DISTINCT r ORDER BY r.documents DESC, r.id LIMIT $limit
RETURN collect([startNode(r).id, endNode(r).id])
