// The entities that the claims of these documents are linked to.
MATCH (c:Claim)-[:SUBJECT|OBJECT|SAID_BY|ABOUT]->(e:Entity)
WHERE c.document IN $ids
RETURN DISTINCT e.id
