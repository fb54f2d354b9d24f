// Names with the entities that bear them, in the order of how they sound.
MATCH (n:Name)-[:NAMES]->(e:Entity)
WITH n, e ORDER BY n.sound, e.id LIMIT $limit
RETURN n.text, n.key, n.sound, e.kinds[0], e.claims, [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant]
