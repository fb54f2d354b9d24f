// Links claims to an entity they are about.
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim}), (e:Entity {id: row.entity})
CREATE (c)-[r:<type>]->(e)
SET r = row.properties
