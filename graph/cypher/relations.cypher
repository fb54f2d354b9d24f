// The relations of an entity, best supported first.
MATCH (e:Entity {id: $id})-[r:<types>]-(x:Entity)
WHERE ($status IS NULL OR r.status IN $status) AND ($other IS NULL OR x.id = $other)
  AND ($outward IS NULL OR type(r) IN $symmetric OR (startNode(r).id = $id) = $outward)
  AND ($current IS NULL OR r.current = $current)
  AND ($documents IS NULL OR r.documents < $documents OR (r.documents = $documents AND r.id > $after))
  AND <held>
WITH r ORDER BY r.documents DESC, r.id LIMIT $limit
WITH r, startNode(r) AS a, endNode(r) AS b
RETURN collect([type(r), [a.id, a.name, a.kinds, a.name_en, a.name_zh_hans, a.name_zh_hant],
       [b.id, b.name, b.kinds, b.name_en, b.name_zh_hans, b.name_zh_hant], properties(r)])
