// Which names sound as if they began with these letters?
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.sound STARTS WITH $letters
RETURN n.text AS name, n.key AS key, n.sound AS sound, e.id AS id, e.kinds AS kinds, e.claims AS claims
LIMIT 400
