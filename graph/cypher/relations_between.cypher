// The relations that lead from these entities to one another. `among` has the same ids as keys: a list would be gone through for each relation.
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r:<types>]->(b:Entity)
WHERE $among[b.id] AND <held>
WITH r, a, b ORDER BY r.documents DESC, r.id LIMIT $limit
RETURN collect([type(r), a.id, b.id, properties(r)])
