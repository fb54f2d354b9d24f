// Documents, newest first, with how many claims stand in each.
MATCH (d:Document)
WHERE ($language IS NULL OR d.language = $language)
  AND ($after IS NULL OR coalesce(d.date, '') < $date OR (coalesce(d.date, '') = $date AND d.id > $after))
WITH d ORDER BY coalesce(d.date, '') DESC, d.id LIMIT $limit
OPTIONAL MATCH (c:Claim)-[:SAID_IN]->(d)
WITH d, count(c) AS claims ORDER BY coalesce(d.date, '') DESC, d.id
RETURN collect([d.id, d.title, d.name, d.language, d.date, d.source, claims])
