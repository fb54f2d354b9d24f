// Every claim as it was given.
MATCH (c:Claim)
RETURN c.id, c.document, c.predicate, c.status, c.quote, c.start, c.end, c.method, c.confidence, c.said
