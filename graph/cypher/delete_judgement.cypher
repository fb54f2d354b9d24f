// Deletes a judgement.
MATCH (j:Judgement {id: $id})
DETACH DELETE j
