// How many relations of an entity answer to the filters.
MATCH (e:Entity {id: $id})-[r:<types>]-(x:Entity)
WHERE ($status IS NULL OR r.status IN $status) AND ($other IS NULL OR x.id = $other)
  AND ($outward IS NULL OR type(r) IN $symmetric OR (startNode(r).id = $id) = $outward)
  AND ($current IS NULL OR r.current = $current)
  AND <held>
RETURN count(r)
