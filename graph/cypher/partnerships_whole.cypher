// These partnerships with their parties and products, and the ids of the claims that make them.
UNWIND $ids AS id
MATCH (p:Partnership {id: id})<-[t:PARTY_TO]-(c:Company)
WITH p, collect([c.id, c.name, c.kinds, c.name_en, c.name_zh_hans, c.name_zh_hant]) AS parties, collect(t.claims) AS told
OPTIONAL MATCH (p)-[:INVOLVES]->(x:Product)
WITH p, parties, told, collect(x) AS products
RETURN [p.id, p.name, p.kinds, p.name_en, p.name_zh_hans, p.name_zh_hant], parties,
       [x IN products | [x.id, x.name, x.kinds, x.name_en, x.name_zh_hans, x.name_zh_hant]], told, p.claims, p.documents
