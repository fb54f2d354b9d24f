// Which entities bear a name with one of these spelling keys (or sounds)?
MATCH (n:Name)-[:NAMES]->(e:Entity)
WHERE n.<field> IN $values
RETURN n.text AS name, n.key AS key, n.sound AS sound, e.id AS id, e.kinds AS kinds, e.claims AS claims
