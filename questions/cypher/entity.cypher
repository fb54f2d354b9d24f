// What is known about an entity: every claim that it is the subject or object of.
MATCH (n0:Entity) WHERE n0.id IN $n0
MATCH (n0)<-[:SUBJECT|OBJECT]-(c1:Claim)
