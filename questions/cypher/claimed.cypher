// One step of a question: from an entity over the claims about it to the entity at their other end.
MATCH (<from>)<-[:<near>]-(<claim>:Claim)-[:<far>]->(<to>:Entity) WHERE <claim>.predicate IN $<claim>
