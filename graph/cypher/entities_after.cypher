// Entities with their names, in the order of their ids.
MATCH (e:Entity)
WHERE ($after IS NULL OR e.id > $after) AND ($ids IS NULL OR e.id IN $ids)
RETURN [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant], e.names, e.claims, e.documents
ORDER BY e.id LIMIT $limit
