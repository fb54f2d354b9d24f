// The partnerships of all these companies, about this product, those with most claims first.
MATCH (p:Partnership)<-[:PARTY_TO]-(c:Company)
WHERE size($parties) = 0 OR c.id IN $parties
WITH p, count(DISTINCT c) AS sides, coalesce(p.claims, 0) AS claims
WHERE (size($parties) = 0 OR sides = size($parties))
  AND ($after IS NULL OR claims < $claims OR (claims = $claims AND p.id > $after))
OPTIONAL MATCH (p)-[:INVOLVES]->(x:Product {id: $product})
WITH p, claims, count(x) AS about
WHERE $product IS NULL OR about > 0
RETURN p.id, claims
ORDER BY claims DESC, p.id LIMIT $limit
