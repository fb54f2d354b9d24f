// Names of one of these spellings, this sound or this slug, with the entities that bear them.
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.key IN $keys OR n.sound = $sound OR n.slug = $slug
WITH n, e ORDER BY e.claims DESC LIMIT $limit
RETURN collect([n.text, n.key, n.sound, [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant], e.claims])
