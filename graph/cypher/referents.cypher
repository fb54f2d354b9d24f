// The claims that an entity stands at an end of, as they were given: they hold the ids that documents gave it.
MATCH (e:Entity {id: $id})<-[r:SUBJECT|OBJECT]-(c:Claim)
RETURN DISTINCT type(r), c.document, c.said
