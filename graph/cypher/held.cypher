// A condition: the relation held at $as_of, a date that may be partial; true where none is asked for.
($as_of IS NULL OR ((r.since IS NULL OR left(r.since, size($as_of)) <= $as_of)
  AND (r.until IS NULL OR left($as_of, size(r.until)) <= r.until)
  AND (r.current OR r.until IS NOT NULL)))
