// Claims with their ends and documents, in the order of documents and of the text.
<match>
WITH c ORDER BY c.document, c.start, c.id LIMIT $limit
MATCH (c)-[:SAID_IN]->(d:Document), (c)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(o:Entity)
OPTIONAL MATCH (c)-[:SAID_BY]->(p:Entity)
WITH c, d, s, o, p ORDER BY c.document, c.start, c.id
RETURN collect([c.id, c.document, c.predicate, c.status, c.quote, c.start, c.end, c.method, c.confidence, c.said,
       [s.id, s.name, s.kinds, s.name_en, s.name_zh_hans, s.name_zh_hant],
       [o.id, o.name, o.kinds, o.name_en, o.name_zh_hans, o.name_zh_hant],
       [d.id, d.title, d.name, d.language, d.date, d.source],
       CASE WHEN p IS NULL THEN null ELSE [p.id, p.name, p.kinds, p.name_en, p.name_zh_hans, p.name_zh_hant] END])
