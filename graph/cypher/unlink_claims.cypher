// Takes links of claims to entities away.
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})-[r:<type>]->(e:Entity {id: row.entity})
DELETE r
