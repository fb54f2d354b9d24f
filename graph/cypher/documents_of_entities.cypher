// The documents whose claims are about these entities.
UNWIND $ids AS id
MATCH (c:Claim)-[:SUBJECT|OBJECT]->(e:Entity {id: id})
RETURN e.id, collect(DISTINCT c.document)
