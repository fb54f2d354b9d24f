// Entities by their ids, with their names.
MATCH (e:Entity) WHERE e.id IN $ids
RETURN e.id AS id, e.name AS name, e.names AS names, e.kinds AS kinds
