// Only what all of the entities named share.
WITH <to>, collect(DISTINCT <node>.id) AS sharers, collect(DISTINCT <claim>) AS shared_claims
WHERE all(one IN $groups WHERE any(id IN one WHERE id IN sharers))
UNWIND shared_claims AS <claim>
