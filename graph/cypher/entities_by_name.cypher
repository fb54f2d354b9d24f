// The entities that bear a name with one of these keys or slugs, with their names and kinds.
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.<field> IN $values
RETURN DISTINCT e.id, e.names, e.kinds
