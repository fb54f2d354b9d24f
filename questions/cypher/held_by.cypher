// Only claims of a role written in one of these ways.
AND any(role IN $<claim>role WHERE <claim>.role =~ role)
