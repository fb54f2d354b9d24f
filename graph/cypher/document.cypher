// A document with its text.
MATCH (d:Document {id: $id})
RETURN d.id, d.name, d.text, d.title, d.language, d.date, d.source
