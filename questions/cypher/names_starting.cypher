// Which names sound as if they began with these letters? The first by their sound, so that a cut is always the same.
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.sound STARTS WITH $letters
RETURN n.text AS name, n.key AS key, n.sound AS sound, e.id AS id, e.kinds AS kinds, e.claims AS claims
ORDER BY sound, name, id
LIMIT 1000
