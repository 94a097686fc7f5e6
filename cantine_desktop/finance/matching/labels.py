"""The words of bank labels: which of them tell who or what, and which only tell how."""

import re
from enum import StrEnum
from functools import lru_cache

from cantine_desktop.values.text import fold

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_MONTHS = (
    "janv janvier fev fevr fevrier mars avr avril mai juin juil juillet aou aout sep sept "
    "septembre oct octobre nov novembre dec decembre"
)
_MANNERS = (
    "achat assoc association auto avec banc banque bancaire cart carte cb client compte credit "
    "cpt date de debit des du echeance electronique eur euro euros facture fact fr france ics "
    "inst instantane la le les ligne livret mandat me mensuel mensuelle mlle mme motif mr mvt "
    "no nom num numero ope operation paie paiement par periode permanent pour prelevement prelev "
    "prlv prlvt prv psc recu ref reference referentiel reglement rem remise rum sarl sas sasu "
    "scop sct sepa sur trf un une valeur vers versement vir virement virt virts vrt bordereau bord"
)
STOP_WORDS = frozenset(f"{_MONTHS} {_MANNERS}".split())
"""Words that tell how or when money moved, never who moved it."""


class Manner(StrEnum):
    """How money moved, by the words of the bank."""

    CARDS = "cards"
    CHEQUES = "cheques"
    CASH = "cash"
    HELLOASSO = "helloasso"
    VOUCHERS = "vouchers"
    TRANSFER = "transfer"
    WAGES = "wages"
    UNKNOWN = ""


_MANNER_PATTERNS = (
    (Manner.HELLOASSO, re.compile(r"hello ?asso")),
    (Manner.CARDS, re.compile(r"sumup|zettle|smile ?pay|stripe|mollie|payplug|monetico")),
    (
        Manner.CARDS,
        re.compile(r"\b(rem(ise)?|encaiss\w*|vers\w*|vrst|telecollecte)\b.{0,14}\b(cb|cartes?)\b"),
    ),
    (
        Manner.CHEQUES,
        re.compile(r"\b(rem(ise)?|bordereau|encaiss\w*)\b.{0,12}\b(chq|chqs|cheques?)\b"),
    ),
    (Manner.CASH, re.compile(r"\b(rem(ise)?|vers\w*|vrst|depot)\b.{0,14}\b(especes?|esp)\b")),
    (
        Manner.VOUCHERS,
        re.compile(
            r"\bcrt\b|conecs|titres?.{0,3}rest|edenred|swile|up dejeuner|bimpli|sodexo pass"
        ),
    ),
    (Manner.WAGES, re.compile(r"\b(salaires?|paie|paye|remuneration)\b")),
    (Manner.TRANSFER, re.compile(r"virement interne|vir.{0,3} interne|\blivret\b|compte a compte")),
)


class Words:
    """A label taken apart, made once a line.

    Attributes:
        text: Folded, on one line.
        every: All its words, references too.
        telling: Those that tell who or what.
    """

    __slots__ = ("every", "telling", "text")

    def __init__(self, label: str) -> None:
        self.text = " ".join(_WORD.findall(fold(label)))
        self.every = frozenset(self.text.split())
        self.telling = frozenset(word for word in self.every if _tells(word))


@lru_cache(maxsize=65_536)
def words_of(label: str) -> Words:
    """Return the words of a label."""
    return Words(label)


@lru_cache(maxsize=65_536)
def manner_of(label: str) -> Manner:
    """Return how money moved, as far as the label says."""
    text = words_of(label).text
    for manner, pattern in _MANNER_PATTERNS:
        if pattern.search(text):
            return manner
    return Manner.UNKNOWN


def pattern_of(label: str) -> str:
    """Return the telling words of a label as a rule keeps them: ``"BIOCOOP STRASBOURG"``.

    A label with none, such as « COTISATION CARTE » where all is manner, gives all its words
    but numbers.
    """
    words = words_of(label)
    telling = words.telling or {w for w in words.every if w.isalpha() and len(w) > 1}
    return " ".join(sorted(telling)).upper()


@lru_cache(maxsize=65_536)
def plain_reference(reference: str) -> str:
    """Return letters and digits of a reference, folded: ``"F-0123"`` is ``"f0123"``."""
    return "".join(c for c in fold(reference) if c.isalnum())


def _tells(word: str) -> bool:
    if len(word) < 3 or word in STOP_WORDS:
        return False
    return not any(c.isdigit() for c in word)
