// Deletes a document and its claims.
MATCH (d:Document {id: $id})
OPTIONAL MATCH (c:Claim)-[:SAID_IN]->(d)
DETACH DELETE c, d
