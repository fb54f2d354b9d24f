// The relations that lead from these entities to one another.
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r:<types>]->(b:Entity)
WHERE b.id IN $ids AND <held>
WITH r, a, b ORDER BY r.documents DESC, r.id LIMIT $limit
RETURN collect([type(r), a.id, b.id, properties(r)])
