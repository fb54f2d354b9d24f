// What an answer is made of: the claim, its ends, its document, and the claims of the steps before.
MATCH (<claim>)-[:SUBJECT]->(s:Entity) MATCH (<claim>)-[:OBJECT]->(o:Entity) MATCH (<claim>)-[:SAID_IN]->(d:Document)
RETURN <claim>.id AS claim, s.id AS subject, s.name AS subject_name, s.names AS subject_names, s.kinds AS subject_kinds, <claim>.predicate AS predicate, o.id AS object, o.name AS object_name, o.names AS object_names, o.kinds AS object_kinds, <claim>.status AS status, <claim>.said AS said, <claim>.quote AS quote, <claim>.start AS start, <claim>.end AS end, d.id AS document, d.name AS document_name, d.date AS document_date, <ends> AS ends, <steps> AS steps
ORDER BY claim, steps
