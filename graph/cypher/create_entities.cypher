// Adds entities with their kinds.
UNWIND $rows AS row
CREATE (e:Entity:<labels>)
SET e = row
