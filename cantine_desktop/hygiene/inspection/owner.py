"""Does a file come from this book, and does the book still say the same?"""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.inspection.check import State, Verified
from cantine_desktop.hygiene.inspection.keys import signer_of
from cantine_desktop.hygiene.inspection.records import compare, differences_words
from cantine_desktop.i18n import tr
from cantine_desktop.storage.history import Action


class Compared(NamedTuple):
    """What comparing a file with a book found.

    Attributes:
        is_ours: The book's own key signed it.
        is_good: It did, and the records still say the same.
        sentences: In French.
    """

    is_ours: bool
    is_good: bool
    sentences: tuple[str, ...]


_COMPARABLE = frozenset({State.INTACT, State.RESAVED, State.EXTENDED})


def compare_with_book(session: Session, found: Verified) -> Compared:
    """Tell whether the key of a book signed a verified file, and what changed since."""
    signer = signer_of(session)
    if not found.fingerprint:
        said = tr("Rien ne prouve que ce fichier vienne de ce livre.")
        return Compared(False, False, (said,))
    if signer is None or signer.fingerprint != found.fingerprint:
        words = [tr("Ce n’est pas la clé de ce livre qui a signé ce dossier.")]
        if _same_history(session, found):
            words.append(
                tr("Il annonce pourtant la même histoire : quelqu’un a pu signer à sa place.")
            )
        return Compared(False, False, tuple(words))
    said = tr("La clé de ce livre a signé ce dossier.")
    if found.state not in _COMPARABLE:
        return Compared(True, False, (said,))
    differences = compare(session, found.records)
    if differences is None:
        unread = tr("Ses enregistrements ne peuvent pas être relus par cette version.")
        return Compared(True, False, (said, unread))
    return Compared(True, not differences.any, (said, *differences_words(differences)))


def _same_history(session: Session, found: Verified) -> bool:
    first = session.scalar(select(Action.hash).order_by(Action.id).limit(1))
    return first is not None and first in str(found.facts.get("book"))
