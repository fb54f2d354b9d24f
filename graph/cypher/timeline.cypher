// The claims about an entity that say a date, in the order of their dates.
MATCH (:Entity {id: $id})<-[:SUBJECT|OBJECT|ABOUT]-(c:Claim)
WITH DISTINCT c, coalesce(c.date, c.since, c.until, c.as_of) AS day
WHERE day IS NOT NULL AND ($after IS NULL OR day > $date OR (day = $date AND c.id > $after))
RETURN day, c.id
ORDER BY day, c.id LIMIT $limit
