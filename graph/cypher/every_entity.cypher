// Entities with their names and how many claims tell of them, those told of most first.
MATCH (e:Entity)
WHERE size(e.names) > 0
RETURN e.names, e.claims, [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant]
ORDER BY e.claims DESC, e.id LIMIT $limit
