// Adds documents that are not there yet.
UNWIND $rows AS row
CREATE (d:Document)
SET d = row
