// Sets what the graph says of itself.
MERGE (m:Meta {id: 'guanxi'})
SET m.schema = $schema, m.derivation = $derivation
