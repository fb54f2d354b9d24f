// Which entities are linked.
MATCH (a:Entity)-[]->(b:Entity)
RETURN DISTINCT a.id, b.id LIMIT $limit
