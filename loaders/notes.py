"""Notes on the records of one file, each kind of note once."""

from loaders.problems import Problem

_MOST = 1000


class Notes:
    """Collects notes for the record at `line`; the same note on a later record is not repeated."""

    def __init__(self, file: str) -> None:
        self.file, self.line = file, 0
        self._seen: set[tuple[str, str]] = set()
        self._new: list[Problem] = []

    def add(self, field: str, reason: str) -> None:
        """Notes something about a field of the current record."""
        if (field, reason) not in self._seen and len(self._seen) < _MOST:
            self._seen.add((field, reason))
            self._new.append(Problem(self.file, self.line, field, reason, refused=False))

    def drain(self) -> list[Problem]:
        """The notes since the last time."""
        new, self._new = self._new, []
        return new
