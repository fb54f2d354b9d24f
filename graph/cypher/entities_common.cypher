// The entities that all of these have relations with, best known first.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:<types>]-(x:Entity)
WHERE NOT x.id IN $ids
WITH x, count(DISTINCT e) AS sides, sum(r.documents) AS documents
WHERE sides = size($ids)
WITH x, documents ORDER BY documents DESC, x.id LIMIT $limit
RETURN collect(x.id)
