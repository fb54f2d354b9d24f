// Every claim about an entity, and the entity at its other end.
MATCH (n0)<-[:SUBJECT|OBJECT]-(c1:Claim)-[:SUBJECT|OBJECT]->(n1:Entity)
