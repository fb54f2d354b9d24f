// Lets other writers wait until this transaction ends.
MATCH (m:Meta {id: 'guanxi'})
SET m.turn = true
