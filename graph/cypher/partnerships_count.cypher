// How many partnerships answer to the filters.
MATCH (p:Partnership)<-[:PARTY_TO]-(c:Company)
WHERE size($parties) = 0 OR c.id IN $parties
WITH p, count(DISTINCT c) AS sides
WHERE size($parties) = 0 OR sides = size($parties)
OPTIONAL MATCH (p)-[:INVOLVES]->(x:Product {id: $product})
WITH p, count(x) AS about
WHERE $product IS NULL OR about > 0
RETURN count(p)
