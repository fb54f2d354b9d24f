// The relations that begin at these entities.
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r:<types>]->(b:Entity)
WHERE ($within IS NULL OR b.id IN $within) AND <held>
WITH r, a, b ORDER BY a.id, r.id
RETURN collect([type(r), [a.id, a.name, a.kinds, a.name_en, a.name_zh_hans, a.name_zh_hant],
       [b.id, b.name, b.kinds, b.name_en, b.name_zh_hans, b.name_zh_hant], properties(r)])
