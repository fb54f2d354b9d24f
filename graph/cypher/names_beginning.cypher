// Names that begin with this spelling or sound, with the entities that bear them.
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.key STARTS WITH $key OR n.sound STARTS WITH $sound
WITH n, e ORDER BY e.claims DESC LIMIT $limit
RETURN collect([n.text, n.key, n.sound, [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant], e.claims])
