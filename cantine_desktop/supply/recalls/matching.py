"""Which lots a public notice may touch: what speaks for each, added up.

A bar code or a long lot number is enough. Elsewhere two clues are needed: the lot number, the
name, the date, the brand or the seller. Too many lots to look at is a nuisance; one forgotten
is a danger: what is unsure is shown, and said to be unsure.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.deliveries.model import DeliveryLine
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.recalls.notice_list import Notice
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.text import fold

ENOUGH = 4
"""Points from which a lot is shown."""

SURE = 5
"""Points from which it is set aside at once."""

LOT, BAR_CODE, NAME, MAKER, DAY = 3, 5, 2, 2, 1
OTHER_LOT = -1
"""What speaks against: the notice names lot numbers, the lot has one, and it is another."""

LONG_LOT = 8
"""Characters from which a lot number alone is enough: nobody else has the same."""

SHORT_LOT = 3
OLDEST = timedelta(days=3 * 365)
"""How long before a notice food may have come in: flour and tins keep for years."""

LATEST = timedelta(days=60)
"""How long after it a recalled thing may still come in."""

_RUNS = re.compile(r"[,;|$\[\]\"'()«»:\n]+")
_LOT_WORD = re.compile(r"^lots?(?:n|no|numero)?(?=[a-z]{0,3}\d)")
_OWN = re.compile(r"L20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d+")
"""A number that the canteen gave by itself: the day and a rank."""
_SPLIT = re.compile(r"[^a-z0-9]+")
_DAYS = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_ALL_LOTS = re.compile(r"tous (les |)lots|toutes (les |)(dlc|ddm|dates)")
_EMPTY_WORDS = frozenset({
    *("de", "du", "des", "la", "le", "les", "aux", "avec", "sans", "pour", "par", "sur", "sous"),
    *("vrac", "frais", "fraiche", "bio", "nature", "entier", "entiere", "lot", "colis", "piece"),
    *("boite", "sachet", "barquette", "france", "origine"),
})
_SHORTEST_WORD = 3
_BAR_CODE_DIGITS = 13


@dataclass(frozen=True)
class Candidate:
    """A lot as it is held beside a notice.

    Attributes:
        names: The product, the article and the line it came in with.
        seller: Who it came from.
        bar_code: Thirteen digits, or empty.
    """

    lot_id: int
    code: str
    names: tuple[str, ...]
    seller: str
    bar_code: str
    received_on: date
    until: date | None

    @cached_property
    def lot_key(self) -> str:
        """The lot number without signs; empty when it is the canteen's own or tells nothing."""
        plain = _bare(squeeze(self.code))
        own = _OWN.fullmatch(self.code.strip()) is not None
        tells = len(plain) >= SHORT_LOT and any(char.isdigit() for char in plain)
        return plain if tells and not own else ""

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """The telling words of each of its names."""
        found = (frozenset(telling_words(name)) for name in self.names)
        return tuple(each for each in found if each)


@dataclass(frozen=True)
class Match:
    """A lot that a notice may touch.

    Attributes:
        points: How much speaks for it; ``ENOUGH`` at least.
        why: What speaks for it, in words.
    """

    lot_id: int
    points: int
    why: str

    @property
    def is_sure(self) -> bool:
        """Whether it is to be set aside before anybody looks."""
        return self.points >= SURE


class _Read:
    """A notice, its texts folded once for all lots."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        lots = fold(notice.lots)
        pieces = _pieces(lots)
        self.keys = frozenset(pieces | _joined(lots))
        self.squeezed = squeeze(lots)
        self.lot_numbers = [key for key in pieces if _may_be_lot(key)]
        self.words = frozenset(telling_words(f"{notice.product} {notice.category}"))
        self.brand = frozenset(telling_words(notice.brand))
        self.sellers = f" {' '.join(_SPLIT.split(fold(notice.sellers)))} "
        self.days = sorted(_days(notice.lots))
        self.all_lots = _ALL_LOTS.search(lots) is not None


def candidates(session: Session, lots: Collection[int] | None = None) -> list[Candidate]:
    """Return lots as they are held beside notices, those used up too: they were eaten.

    Args:
        session: Where to read.
        lots: Keys of some; ``None`` is every one.
    """
    query = (
        select(
            *(Lot.id, Lot.code, Product.name, Article.name, DeliveryLine.name, Supplier.name),
            *(Article.code, Lot.received_on, Lot.use_by, Lot.best_before),
        )
        .join(Product, Lot.product_id == Product.id)
        .outerjoin(Supplier, Lot.supplier_id == Supplier.id)
        .outerjoin(DeliveryLine, Lot.delivery_line_id == DeliveryLine.id)
        .outerjoin(Article, DeliveryLine.article_id == Article.id)
    )
    if lots is not None:
        query = query.where(Lot.id.in_(list(lots)))
    found: list[Candidate] = []
    for key, lot, product, article, line, seller, code, came, dlc, ddm in session.execute(query):
        names = tuple(dict.fromkeys(filter(None, (product, article, line))))
        digits = (code or "").strip()
        bar_code = digits if digits.isdigit() and len(digits) == _BAR_CODE_DIGITS else ""
        found.append(Candidate(key, lot, names, seller or "", bar_code, came, dlc or ddm))
    return found


def match_all(
    notices: Sequence[Notice], lots: Iterable[Candidate]
) -> list[tuple[Notice, list[Match]]]:
    """Return the notices that may touch a lot, each with its lots, the surest first."""
    known = list(lots)
    found: list[tuple[Notice, list[Match]]] = []
    for notice in notices:
        read = _Read(notice)
        matches = [match for lot in known if (match := _match(read, lot)) is not None]
        if matches:
            found.append((notice, sorted(matches, key=lambda each: -each.points)))
    return found


def _match(read: _Read, lot: Candidate) -> Match | None:
    first = read.notice.sold_from or read.notice.published_on - OLDEST
    if not first <= lot.received_on <= read.notice.published_on + LATEST:
        return None
    clues = [clue for clue in (_by_code(read, lot), _by_name(read, lot)) if clue]
    if not clues:
        return None
    clues += [clue for clue in (_by_day(read, lot), _by_maker(read, lot)) if clue]
    is_other = bool(lot.lot_key and read.lot_numbers) and clues[0][0] < LOT
    points = sum(worth for worth, _words_ in clues) + (OTHER_LOT if is_other else 0)
    if points < ENOUGH:
        return None
    return Match(lot.lot_id, points, ", ".join(words for _worth, words in clues))


def _by_code(read: _Read, lot: Candidate) -> tuple[int, str] | None:
    if lot.bar_code and lot.bar_code in read.keys:
        return BAR_CODE, tr("même code-barres")
    key = lot.lot_key
    if not key:
        return None
    is_long = len(key) >= LONG_LOT
    if key in read.keys or key.removeprefix("l") in read.keys or (is_long and key in read.squeezed):
        worth = LOT + 2 if is_long else LOT
        return worth, tr("même numéro de lot {lot}").format(lot=lot.code)
    return None


def _by_name(read: _Read, lot: Candidate) -> tuple[int, str] | None:
    for words in lot.words:
        if words <= read.words:
            return NAME, tr("même nom")
    return None


def _by_day(read: _Read, lot: Candidate) -> tuple[int, str] | None:
    if read.all_lots:
        return DAY, tr("tous les lots sont rappelés")
    if lot.until is None or not read.days:
        return None
    if read.days[0] <= lot.until <= read.days[-1]:
        return DAY, tr("date du {day}").format(day=short_day(lot.until))
    return None


def _by_maker(read: _Read, lot: Candidate) -> tuple[int, str] | None:
    seller = " ".join(_SPLIT.split(fold(lot.seller))).strip()
    if len(seller) > _SHORTEST_WORD and f" {seller} " in read.sellers:
        return MAKER, tr("vendu par {seller}").format(seller=lot.seller)
    written = frozenset[str]().union(*lot.words, telling_words(lot.seller))
    if read.brand and read.brand <= written:
        return MAKER, tr("marque {brand}").format(brand=read.notice.brand)
    return None


def telling_words(text: str) -> list[str]:
    """Return the telling words of a text, without their plural."""
    return [
        word.rstrip("sx") if len(word) > _SHORTEST_WORD else word
        for word in _SPLIT.split(fold(text))
        if len(word) >= _SHORTEST_WORD and word not in _EMPTY_WORDS and not word.isdigit()
    ]


def _pieces(folded: str) -> set[str]:
    """Return what may be a lot number or a bar code in a text: pieces with a digit."""
    return set(_telling(squeeze(piece) for run in _RUNS.split(folded) for piece in run.split()))


def _joined(folded: str) -> set[str]:
    """Return neighbouring pieces as one: some write « HB 4512 » what others write « HB4512 »."""
    found: set[str] = set()
    for run in _RUNS.split(folded):
        pieces = [squeeze(piece) for piece in run.split()]
        for count in (2, 3):
            found |= {"".join(pieces[at : at + count]) for at in range(len(pieces) - count + 1)}
    return set(_telling(found))


def _telling(keys: Iterable[str]) -> Iterable[str]:
    bare = (_bare(key) for key in keys)
    return (key for key in bare if len(key) >= SHORT_LOT and any(c.isdigit() for c in key))


def _bare(key: str) -> str:
    """Return a squeezed number without the word « lot » before it."""
    return _LOT_WORD.sub("", key)


def _may_be_lot(key: str) -> bool:
    """Tell whether a key may be a lot number: neither a bar code nor a date."""
    is_bar_code = key.isdigit() and len(key) == _BAR_CODE_DIGITS
    is_date = re.fullmatch(r"20\d{6}|\d{4}20\d{2}", key) is not None
    return not is_bar_code and not is_date


def squeeze(text: str) -> str:
    """Return a lot number without its signs: « HB-4512 » and « hb 4512 » are one."""
    return _SPLIT.sub("", fold(text))


def _days(text: str) -> Iterable[date]:
    for found in _DAYS.finditer(text):
        year, month, day, *french = found.groups()
        if year is None:
            day, month, year = french
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue
