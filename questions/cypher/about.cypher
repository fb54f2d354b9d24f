// Every claim about an entity.
MATCH (n0)<-[:SUBJECT|OBJECT]-(c1:Claim)
