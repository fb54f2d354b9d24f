// Every judgement.
MATCH (j:Judgement)
RETURN j.id, j.verdict, j.sides, j.reason, j.author, j.at
ORDER BY j.id
