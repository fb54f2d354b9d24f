// These names, with the entities that bear them.
UNWIND $ids AS id
MATCH (n:Name {id: id})-[:NAMES]->(e:Entity)
RETURN collect([n.text, n.key, n.sound, [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant], e.claims])
