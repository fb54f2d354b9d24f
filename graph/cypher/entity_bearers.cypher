// The entities that bear a name of this slug, with the keys of all their names.
MATCH (n:Name {slug: $slug})-[:NAMES]->(e:Entity)
WITH DISTINCT e
MATCH (m:Name)-[:NAMES]->(e)
RETURN e.id, e.kinds, collect(m.key)
