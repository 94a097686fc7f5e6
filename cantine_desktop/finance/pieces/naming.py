"""Names of pieces as the accountant receives them: ``2025-10_0123_Biocoop_84,20.pdf``."""

import re
import unicodedata
from pathlib import PurePath

from cantine_desktop.finance.pieces.model import Piece

LONGEST_SUPPLIER = 40
"""Letters of a supplier’s name that a file name takes."""

_NO_LETTER = re.compile(r"[^0-9A-Za-z]+")


def file_name(piece: Piece, about: str = "") -> str:
    """Return the name a piece is handed over under; any disk takes it, no two are alike.

    It is made of the month of the proof, the number in its year, the supplier and the
    amount; what is not known is left out. The year of the number is told when it is not
    that of the month.

    Args:
        piece: The proof.
        about: What it is told by when it has no supplier: a claim of expenses has none.
    """
    day = piece.day or piece.received_on
    year, _, rank = piece.number.partition("-")
    number = rank if year == f"{day.year:04d}" else piece.number
    amount = "" if piece.total is None else f"{piece.total.euros:.2f}".replace(".", ",")
    parts = (f"{day.year:04d}-{day.month:02d}", number, _plain(piece.supplier or about), amount)
    return "_".join(part for part in parts if part) + _suffix(piece.name)


def _plain(supplier: str) -> str:
    """Return a name in letters and digits alone, joined by ``-``."""
    spelled = supplier.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("ß", "ss")
    decomposed = unicodedata.normalize("NFKD", spelled)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NO_LETTER.sub("-", bare)[:LONGEST_SUPPLIER].strip("-")


def _suffix(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""


def plain_name(name: str) -> str:
    """Return the name of a file in letters, digits, ``-`` and its suffix: any disk takes it."""
    return (_plain(PurePath(name).stem) or "fichier") + _suffix(name)
