// How many claims answer to the filters.
<match>
RETURN count(c)
