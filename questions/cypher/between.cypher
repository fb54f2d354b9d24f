// The claims between each pair of neighbours on a way.
UNWIND $pairs AS pair
MATCH (n0:Entity) WHERE n0.id = pair[0]
MATCH (n0)<-[:SUBJECT|OBJECT]-(c1:Claim)-[:SUBJECT|OBJECT]->(n1:Entity) WHERE n1.id = pair[1]
