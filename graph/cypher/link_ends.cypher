// Links claims that have no links yet to their subjects and objects.
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim}), (s:Entity {id: row.subject}), (o:Entity {id: row.object})
CREATE (c)-[:SUBJECT]->(s)
CREATE (c)-[:OBJECT]->(o)
