// How many relations of each predicate an entity has.
MATCH (e:Entity {id: $id})-[r:<types>]-(:Entity)
RETURN type(r), count(r)
