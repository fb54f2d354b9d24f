// An entity with its names.
MATCH (e:Entity {id: $id})
OPTIONAL MATCH (n:Name)-[:NAMES]->(e)
RETURN [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant], e.names, e.claims, e.documents,
       collect([n.text, n.language])
