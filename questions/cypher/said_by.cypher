// Who said so.
MATCH (<claim>)-[:SAID_BY]->(speaker:Entity)
