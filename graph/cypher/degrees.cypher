// The names and counts of these entities, and how many relations each has.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[r:<types>]-(:Entity)
RETURN e.id, e.names, e.claims, count(r), [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant]
