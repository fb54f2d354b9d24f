// The entities that these claims are linked to.
MATCH (c:Claim)-[:SUBJECT|OBJECT|SAID_BY|ABOUT]->(e:Entity)
WHERE c.id IN $ids
RETURN DISTINCT e.id
