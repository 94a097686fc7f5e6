"""Words made comparable, and the spaces of French typography."""

import unicodedata

NBSP = "\u00a0"
"""No-break space: before ``:`` and units, inside guillemets."""

NNBSP = "\u202f"
"""Narrow no-break space: thousands, before ``; ! ?``."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})


def fold(text: str) -> str:
    """Return a text without accents or case, for search and sorting.

    ``fold("Étagère à épices") == "etagere a epices"``.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
