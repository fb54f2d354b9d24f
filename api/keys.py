"""Keys and what they let one do. The file holds hashes only: a key is shown once, when it is made.

A line of the file: {"name", "role", "salt", "hash", "made"}. Keys are long random words, so one round of a salted
hash is enough: there is nothing to guess.
"""

import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from graph.errors import BadInput, BadSettings, Conflict, NotFound

Role = Literal["reader", "editor", "admin"]  # each may do what those before it may
ROLES: tuple[str, ...] = get_args(Role)
PREFIX = "gx_"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept."""

    name: str
    role: str
    salt: str
    hash: str
    made: str

    def opens(self, word: str) -> bool:
        """Whether this is the word it was made from."""
        return hmac.compare_digest(_hash(self.salt, word), self.hash)


def _hash(salt: str, word: str) -> str:
    return hashlib.sha256(f"{salt}:{word}".encode()).hexdigest()


class KeyFile:
    """The file of keys; read again when it has changed, so that a key revoked is refused from then on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int], tuple[Key, ...]] | None = None
        self._known: dict[str, Key | None] = {}

    def all(self) -> tuple[Key, ...]:
        """Every key; raises BadSettings where the file is not there or not as it should be."""
        with self._lock:
            return self._current()

    def _current(self) -> tuple[Key, ...]:
        try:
            about = self.path.stat()
            stamp = (about.st_mtime_ns, about.st_size)
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, tuple(self._lines()))
                self._known.clear()
        except OSError as error:
            raise BadSettings("GUANXI_KEYS", f"{self.path} cannot be read: {error.strerror}") from None
        return self._read[1]

    def _lines(self) -> Iterator[Key]:
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                key = Key(**json.loads(line))
            except (ValueError, TypeError):
                raise BadSettings("GUANXI_KEYS", f"{self.path}, line {number}: this is no key") from None
            if key.role not in ROLES:
                raise BadSettings("GUANXI_KEYS", f"{self.path}, line {number}: the role is one of {', '.join(ROLES)}")
            yield key

    def find(self, word: str) -> Key | None:
        """The key that this word opens, or None."""
        digest = hashlib.sha256(word.encode()).hexdigest()
        with self._lock:
            keys = self._current()
            if digest not in self._known:
                if len(self._known) > 1000:
                    self._known.clear()
                self._known[digest] = next((key for key in keys if key.opens(word)), None)
            return self._known[digest]

    def add(self, name: str, role: str) -> str:
        """Make a key of that role and return its word, which nothing holds from then on."""
        if role not in ROLES:
            raise BadInput(f"one of {', '.join(ROLES)}", field="role")
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise BadInput("a plain name of at most 100 characters", field="name")
        keys = self.all() if self.path.exists() else ()
        if any(key.name == name for key in keys):
            raise Conflict(f"there is a key called {name}; revoke it first")
        word, salt = PREFIX + secrets.token_urlsafe(32), secrets.token_hex(8)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self._write([*keys, Key(name, role, salt, _hash(salt, word), made)])
        return word

    def revoke(self, name: str) -> None:
        """Take a key away; raises NotFound."""
        keys = self.all()
        if not any(key.name == name for key in keys):
            raise NotFound(f"there is no key called {name}")
        self._write([key for key in keys if key.name != name])

    def _write(self, keys: list[Key]) -> None:
        """Write the whole file beside itself and put it in place, readable by this user alone."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(key)) + "\n" for key in keys)
        new.replace(self.path)
