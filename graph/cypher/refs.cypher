// These entities, as others point to them.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN [e.id, e.name, e.kinds, e.name_en, e.name_zh_hans, e.name_zh_hant]
