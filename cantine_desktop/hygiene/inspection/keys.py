"""The key by which a book signs its inspection files, and the fingerprint that names it.

The key never leaves the book: no export writes it, and the history does not keep it. Whoever
has the book can sign for it, so a signature says which book a file comes from, not who is right.
"""

from hashlib import sha256
from typing import NamedTuple, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.inspection.model import BookKey
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import writing
from cantine_desktop.storage.watch import watch_of

FIRST = 1
"""Key of the only row: a second writer at the same instant is refused by it."""


_KEYS = cast("Table", BookKey.__table__)


class Signer(NamedTuple):
    """What signs.

    Attributes:
        key: The private key.
        public: The 32 bytes of the public key.
    """

    key: Ed25519PrivateKey
    public: bytes

    @property
    def fingerprint(self) -> str:
        """What people compare: ``3F2A 9C01 …``."""
        return fingerprint(self.public)


def fingerprint(public: bytes) -> str:
    """Return the name of a public key: 8 groups of 4 capitals and digits, of its SHA-256."""
    digits = sha256(public).hexdigest()[:32].upper()
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))


def ensure_key(book: Book) -> None:
    """Make the key of a book that has none, beside the history and out of the reach of Undo."""
    with book.read() as session:
        if signer_of(session) is not None:
            return
    secret = Ed25519PrivateKey.generate().private_bytes_raw()
    try:
        with writing(book.engine).begin() as connection:
            connection.execute(insert(_KEYS).values(id=FIRST, secret=secret))
    except IntegrityError:
        return  # somebody else has just made it


def signer_of(session: Session) -> Signer | None:
    """Return what signs for this book; ``None`` before its key is made."""
    with watch_of(session).pause():
        secret = session.connection().execute(select(_KEYS.c.secret)).scalar()
    if secret is None:
        return None
    key = Ed25519PrivateKey.from_private_bytes(bytes(secret))
    return Signer(key, key.public_key().public_bytes_raw())
