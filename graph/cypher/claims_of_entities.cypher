// The claims that touch one of these entities, as they were given, with the entities at their ends.
MATCH (e:Entity)<-[:SUBJECT|OBJECT|SAID_BY|ABOUT]-(c:Claim)
WHERE e.id IN $ids
WITH DISTINCT c
MATCH (c)-[r:SUBJECT|OBJECT|SAID_BY|ABOUT]->(x:Entity)
RETURN c.id, c.document, c.predicate, c.status, c.quote, c.start, c.end, c.method, c.confidence, c.said,
       collect([type(r), r.ref, x.id, x.name])
