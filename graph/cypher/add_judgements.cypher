// Adds judgements that are not there yet.
UNWIND $rows AS row
CREATE (j:Judgement)
SET j = row
