// What the graph says of itself.
MATCH (m:Meta {id: 'guanxi'})
RETURN m.schema, m.derivation
