// The entities that bear a name of one of these spellings.
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.key IN $keys
RETURN n.key, [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant]
