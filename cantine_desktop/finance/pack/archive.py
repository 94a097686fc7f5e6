"""Writing a ZIP from its beginning to its end, the same bytes for the same files."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from io import RawIOBase
from typing import IO, Any, Self, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from typing_extensions import Buffer, override

_PACKED = (".jpg", ".jpeg", ".png", ".heic", ".xlsx", ".zip")
"""Files that are packed already."""

_READABLE = 0o100644 << 16
_OLDEST = 1980


class Archive:
    """A ZIP under way; files are hashed as they are written.

    Attributes:
        sha256: Of each file written so far, by its path inside.
        sizes: Bytes of each.
    """

    def __init__(self, target: IO[bytes], day: date) -> None:
        """Begin a ZIP.

        Args:
            target: Where it goes; it stays open.
            day: Civil day every file bears.
        """
        self._zip = ZipFile(target, "w", ZIP_DEFLATED)
        self._day = (max(day.year, _OLDEST), day.month, day.day, 0, 0, 0)
        self.sha256: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    @contextmanager
    def add(self, name: str) -> Generator[IO[bytes]]:
        """Lend where the bytes of a file go.

        Args:
            name: Path inside, with ``/``; never written twice.
        """
        info = ZipInfo(name, self._day)
        info.compress_type = ZIP_STORED if name.lower().endswith(_PACKED) else ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = _READABLE
        with self._zip.open(info, "w", force_zip64=False) as opened:
            sink = _Sink(opened)
            yield cast("IO[bytes]", sink)
        self.sha256[name] = sink.hash.hexdigest()
        self.sizes[name] = sink.size

    def put(self, name: str, content: bytes) -> None:
        """Write a file whole."""
        with self.add(name) as opened:
            opened.write(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()


class _Sink(RawIOBase):
    """Passes bytes on, and knows their hash and number."""

    def __init__(self, target: IO[bytes]) -> None:
        super().__init__()
        self._target = target
        self.hash = sha256()
        self.size = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        content = bytes(data)
        self.hash.update(content)
        self.size += len(content)
        self._target.write(content)
        return len(content)


class Nowhere(RawIOBase):
    """Where bytes go when only their hash is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._place = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Any, /) -> int:
        self._place += len(data)
        return len(data)

    @override
    def tell(self) -> int:
        return self._place
