"""A question in plain words becomes an answer with its Cypher and its evidence."""
