// Entities by their ids: where a question starts.
MATCH (<node>:Entity) WHERE <node>.id IN $<node>
