"""The manifest of an inspection file: the hashes of all it holds, signed by the book.

Two signatures, so that one can be told from the other: that of the manifest, which a file
saved again by another program keeps; and the seal of the file itself, byte for byte.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop import __version__
from cantine_desktop.documents.archive import About, Attached, Relation, to_pdfa
from cantine_desktop.hygiene.inspection.canonical import PageHasher
from cantine_desktop.hygiene.inspection.keys import Signer
from cantine_desktop.i18n import tr
from cantine_desktop.storage.history import Action, Chain
from cantine_desktop.values.period import Period

FORMAT = "cantine-inspection-1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
RECORDS = "records.json"

SEAL = b"%cantine-seal "
"""Begins the comment that holds the seal, before the last words of the file."""

_END = b"startxref"


@dataclass(frozen=True)
class Facts:
    """What the manifest says of the file.

    Attributes:
        canteen: Its name.
        period: The days the file is about.
        now: Instant it was made.
        by: Profile that made it.
    """

    canteen: str
    period: Period
    now: datetime
    by: str


def chain_heads(session: Session) -> dict[str, Any]:
    """Return where the history and the seals of the book stand, and how its history began."""
    first = session.scalar(select(Action.hash).order_by(Action.id).limit(1)) or ""
    ends = session.execute(select(Chain.name, Chain.length, Chain.tip).order_by(Chain.name))
    return {
        "first_action": first,
        **{row.name: {"length": row.length, "tip": row.tip} for row in ends},
    }


def signed_pdf(
    raw: bytes,
    facts: Facts,
    book: dict[str, Any],
    files: Sequence[Attached],
    signer: Signer | None,
    about: About,
) -> bytes:
    """Return pages made by ReportLab as PDF/A-3b, with files, manifest, signature and seal.

    Args:
        raw: The pages.
        facts: What the manifest says of the file.
        book: Where the chains of the book stand.
        files: Files to carry.
        signer: What signs; ``None`` leaves the file unsigned, and it says so.
        about: Properties of the PDF.
    """
    manifest = _bytes(_manifest(raw, facts, book, files, signer))
    carried = [
        *files,
        _attached(MANIFEST, manifest, tr("Empreintes de ce que contient ce fichier")),
    ]
    if signer is not None:
        signature = signer.key.sign(covered(manifest)).hex().encode()
        carried.append(_attached(SIGNATURE, signature, tr("Signature du manifeste")))
    made = to_pdfa(raw, about, carried)
    return made if signer is None else seal(made, signer)


def covered(manifest: bytes) -> bytes:
    """Return what the signature of a manifest is made over."""
    return FORMAT.encode() + b"\n" + manifest


def seal(content: bytes, signer: Signer) -> bytes:
    """Return a file with its seal, as a comment before its last words: no offset moves."""
    place = content.rindex(_END)
    signature = signer.key.sign(_sealed(content)).hex().encode()
    return content[:place] + SEAL + signature + b"\n" + content[place:]


@dataclass(frozen=True)
class Sealed:
    """The seal found in a file.

    Attributes:
        signature: As written, in bytes; empty when unreadable.
        covered: What it is made over.
        appended: Bytes after the end of the sealed file.
    """

    signature: bytes
    covered: bytes
    appended: int


def find_seal(content: bytes) -> Sealed | None:
    """Return the seal of a file, and what was added after it; ``None`` when there is none."""
    place = content.rfind(SEAL)
    line = content.find(b"\n", place)
    if place < 0 or line < 0 or line - place > 400:
        return None
    stop = content.find(b"%%EOF", line)
    end = len(content) if stop < 0 else stop + len(b"%%EOF")
    end += content.startswith(b"\n", end)  # as ``seal`` left it
    try:
        signature = bytes.fromhex(content[place + len(SEAL) : line].decode("ascii"))
    except ValueError:
        signature = b""
    whole = content[:place] + content[line + 1 : end]
    return Sealed(signature, _sealed(whole), len(content) - end)


def _sealed(content: bytes) -> bytes:
    return b"cantine-seal-1\n" + sha256(content).digest()


def _manifest(
    raw: bytes,
    facts: Facts,
    book: dict[str, Any],
    files: Sequence[Attached],
    signer: Signer | None,
) -> dict[str, Any]:
    with pikepdf.open(BytesIO(raw)) as pdf:
        pages = PageHasher(pdf).digests()
    return {
        "format": FORMAT,
        "program": f"Cantine Desktop {__version__}",
        "canteen": facts.canteen,
        "period": {"first": facts.period.first.isoformat(), "last": facts.period.last.isoformat()},
        "made_at": facts.now.isoformat(),
        "made_by": facts.by,
        "key": None
        if signer is None
        else {
            "algorithm": "Ed25519",
            "public": signer.public.hex(),
            "fingerprint": signer.fingerprint,
        },
        "book": book,
        "pages": pages,
        "files": [
            {
                "name": each.name,
                "sha256": sha256(each.content).hexdigest(),
                "size": len(each.content),
            }
            for each in files
        ],
    }


def _bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _attached(name: str, content: bytes, words: str) -> Attached:
    kind = "application/json" if name.endswith(".json") else "text/plain"
    return Attached(name, content, kind, Relation.DATA, words)
