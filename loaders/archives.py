"""Office files are archives: refused before they are unpacked where they are none, or would not fit into memory."""

import zipfile
from pathlib import Path
from zipfile import ZipFile

from loaders.problems import Limits, RefusedError, megabytes

_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an Office file with a password, and the format before 2007, begin so


def check_unpacked(path: Path, limits: Limits) -> None:
    """Raises RefusedError when the archive is none, is encrypted, or unpacks to more than is allowed."""
    with path.open("rb") as file:
        if file.read(4) == _ENCRYPTED:
            raise RefusedError("encrypted, or in the format before Office 2007: save it again without a password")
    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise RefusedError(f"not a whole Office file: {error}") from error
    if size > limits.unpacked_bytes:
        raise RefusedError(f"unpacks to {megabytes(size)}, at most {megabytes(limits.unpacked_bytes)} are read")
