// The relations that answer to a condition.
<match>
WHERE <condition>
WITH DISTINCT r LIMIT $limit
WITH r, startNode(r) AS a, endNode(r) AS b
RETURN collect([type(r), [a.id, a.name, a.kinds, a.name_en, a.name_zh_hans, a.name_zh_hant],
       [b.id, b.name, b.kinds, b.name_en, b.name_zh_hans, b.name_zh_hant], properties(r)])
