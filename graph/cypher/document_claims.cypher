// The claims of a document as they were given.
MATCH (c:Claim)-[:SAID_IN]->(:Document {id: $id})
RETURN c.id, c.document, c.predicate, c.status, c.quote, c.start, c.end, c.method, c.confidence, c.said
