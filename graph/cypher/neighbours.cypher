// The relations that lead from these entities to others, best supported first.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:<types>]-(x:Entity)
WHERE NOT x.id IN $seen AND <held>
WITH DISTINCT r ORDER BY r.documents DESC, r.id LIMIT $limit
WITH r, startNode(r) AS a, endNode(r) AS b
RETURN collect([type(r), [a.id, a.name, a.kinds, a.name_en, a.name_zh_hans, a.name_zh_hant],
       [b.id, b.name, b.kinds, b.name_en, b.name_zh_hans, b.name_zh_hant], properties(r)])
