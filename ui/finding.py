"""Finding things by a few letters, whatever the accents, the case or the order of words."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cantine_desktop.values.text import fold

FUZZY_FROM = 4
"""Letters a query needs before spelling mistakes are forgiven."""

_FUZZY_SCORE = 78
_ENOUGH = 5

ASKED_BY_NAME = -1
"""Weight of what was asked for by its very name, such as a sheet id: it comes first."""


class RecordAsked(NamedTuple):
    """A record wanted on a screen that shows those of several tables.

    Attributes:
        table: Name of its table.
        key: Its key there.
    """

    table: str
    key: int


class Offer(NamedTuple):
    """Something the palette offers.

    Attributes:
        key: Same for the same thing from one start to the next: ``"screen:readings"``.
        title: What it is, in the language in use.
        run: Goes there, or does it.
        detail: Where it belongs: ``"Hygiène"``, ``"Imprimer"``.
        shortcut: Keys that do the same; may be empty.
        icon: Name of an icon.
        words: Other words that find it.
        weight: 0 for a place to work at, 2 for what is found as well but comes after.
    """

    key: str
    title: str
    run: Callable[[], object]
    detail: str = ""
    shortcut: str = ""
    icon: str = ""
    words: str = ""
    weight: int = 0


def search(offers: Sequence[Offer], query: str, recent: Sequence[str], limit: int) -> list[Offer]:
    """Return what matches a query, best first, what was used lately before the rest.

    Best are titles that start with the query, then those with a word starting with
    each of its words, then the other words of the offer; failing that, letters
    inside words; failing that, spelling is forgiven. Equals keep their order.
    """
    words = fold(query).split()
    ranks = {key: rank for rank, key in enumerate(recent)}
    scored = sorted(
        (score, ranks.get(offer.key, len(ranks)), index)
        for index, offer in enumerate(offers)
        if (score := _score(offer, words)) is not None
    )
    found = [offers[index] for *_, index in scored[:limit]]
    if len(found) < _ENOUGH and len(query.strip()) >= FUZZY_FROM:
        known = {offer.key for offer in found}
        found += [offer for offer in _resembling(offers, words, limit) if offer.key not in known]
    return found[:limit]


def latest(offers: Sequence[Offer], recent: Iterable[str], limit: int) -> list[Offer]:
    """Return what was used lately, latest first, then the first offers."""
    by_key = {offer.key: offer for offer in offers}
    used = [by_key[key] for key in recent if key in by_key]
    return [*used, *(offer for offer in offers if offer not in used)][:limit]


def _score(offer: Offer, words: list[str]) -> int | None:
    title, rest = _folded(offer.title), _folded(f"{offer.detail} {offer.words}")
    if not all(word in title or word in rest for word in words):
        return None
    if title.startswith(" ".join(words)):
        return offer.weight
    titled, whole = f" {title}", f" {title} {rest}"
    if all(f" {word}" in titled for word in words):
        return 1 + offer.weight
    if all(f" {word}" in whole for word in words):
        return 2 + offer.weight
    return 4 if all(word in title for word in words) else 5


def _resembling(offers: Sequence[Offer], words: list[str], limit: int) -> list[Offer]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  -- 30 ms, only for spelling mistakes

    folded = [_folded(f"{offer.title} {offer.words}") for offer in offers]
    close = process.extract(
        " ".join(words),
        folded,
        scorer=fuzz.partial_token_ratio if len(words) > 1 else fuzz.partial_ratio,
        limit=limit,
        score_cutoff=_FUZZY_SCORE,
    )
    return [offers[index] for _text, _score, index in close]


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(fold(text).replace("’", " ").replace("'", " ").split())
