// How many documents there are.
MATCH (d:Document)
WHERE $language IS NULL OR d.language = $language
RETURN count(d)
