// Adds names that are not there yet.
UNWIND $rows AS row
CREATE (n:Name)
SET n = row
