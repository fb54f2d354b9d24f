// The date of each of these documents.
MATCH (d:Document)
WHERE d.id IN $ids
RETURN d.id, d.date
