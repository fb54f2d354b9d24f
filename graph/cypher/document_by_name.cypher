// The documents of a file name, with their texts; the newest first.
MATCH (d:Document {name: $name})
RETURN d.id, d.name, d.text, d.title, d.language, d.date, d.source
ORDER BY coalesce(d.date, '') DESC, d.id
