// Adds claims that are not there yet, each said in its document.
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
CREATE (c:Claim)
SET c = row
CREATE (c)-[:SAID_IN]->(d)
