"""Diets of a day as counts tied to nobody, and what was asked in writing.

Source: RGPD-9.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.reservations.model import DIETS, Diet, DietCount, DietRequest
from cantine_desktop.values.text import fold

LONGEST = 366
"""Days a written request is kept, counted from the writing."""

_SEVERAL = {
    Diet.VEGETARIAN: mark("végétariens"),
    Diet.VEGAN: mark("végétaliens"),
    Diet.SMALL: mark("petites faims"),
    Diet.OTHER: mark("autres"),
}

_WRITTEN = {
    Diet.VEGETARIAN: r"v[ée]g[ée]tarien(?:ne)?s?|v[ée]g[ée]s?|sans viande",
    Diet.VEGAN: r"v[ée]g[ée]talien(?:ne)?s?|v[ée]gane?s?",
    Diet.NO_PORK: r"sans porc",
    Diet.NO_GLUTEN: r"sans gluten",
    Diet.NO_MILK: r"sans lait|sans lactose|sans produits? laitiers?",
    Diet.NO_EGG: r"sans (?:œ|oe)ufs?",
    Diet.NO_NUTS: r"sans fruits? (?:à|a) coque|sans noix",
    Diet.NO_FISH: r"sans poisson",
    Diet.SMALL: r"petites? faims?|petites? parts?",
    Diet.OTHER: r"autres?",
}
"""How people write each diet on a line of paper."""


class Asked(NamedTuple):
    """What a person asked in writing.

    Attributes:
        key: Its number.
        name: Who asked.
        words: What is done for them, in words of dishes.
        asked_on: Day of their writing.
        until: First day it is no longer kept.
    """

    key: int
    name: str
    words: str
    asked_on: date
    until: date


def set_diets(session: Session, service_id: int, wanted: Mapping[Diet, int]) -> None:
    """Keep how many diners of a service ask for each diet, in place of what was kept.

    Raises:
        UserError: A count is below zero.
    """
    if any(count < 0 for count in wanted.values()):
        raise UserError(tr("Un nombre de convives n’est pas négatif."))
    query = select(DietCount).where(DietCount.service_id == service_id)
    rows = {row.diet: row for row in session.scalars(query)}
    for diet in Diet:
        count, row = wanted.get(diet, 0), rows.get(diet)
        if row is None:
            if count:
                session.add(DietCount(service_id=service_id, diet=diet, count=count))
        elif count:
            row.count = count
        else:
            session.delete(row)
    session.flush()


def diets_of(session: Session, service_id: int) -> dict[Diet, int]:
    """Return how many diners of a service ask for each diet; those nobody asks left out."""
    query = select(DietCount).where(DietCount.service_id == service_id)
    found = {row.diet: row.count for row in session.scalars(query)}
    return {diet: found[diet] for diet in Diet if diet in found}


def adaptation(session: Session, service_id: int) -> str:
    """Say what the kitchen adapts: « 2 sans gluten, 1 végétarien »; empty when nothing."""
    return ", ".join(starmap(diet_words, diets_of(session, service_id).items()))


def diet_words(diet: Diet, count: int) -> str:
    """Return so many diners of a diet in words: « 2 végétariens »."""
    return f"{count} {tr(DIETS[diet] if count == 1 else _SEVERAL.get(diet, DIETS[diet]))}"


def add_diets(session: Session, service_id: int, more: Mapping[Diet, int]) -> None:
    """Count a few more diners who ask for diets, beside those already counted."""
    if more:
        held = diets_of(session, service_id)
        set_diets(session, service_id, {d: held.get(d, 0) + more.get(d, 0) for d in Diet})


def read_diets(text: str) -> dict[Diet, int]:
    """Read « 2 sans gluten, 1 végétarien »; a diet without a number counts one.

    Raises:
        UserError: A part is no diet that the kitchen counts.
    """
    found: dict[Diet, int] = {}
    for part in filter(None, (each.strip() for each in re.split(r"[,;+\n]| et ", text))):
        rest, taken = take_diets(part, with_other=True)
        if rest or not taken:
            raise UserError(
                tr(
                    "« {part} » n’est pas un régime que la cuisine compte. Tapez par exemple "
                    "« 2 sans gluten, 1 sans porc », sans nom."
                ).format(part=part)
            )
        for diet, count in taken.items():
            found[diet] = found.get(diet, 0) + count
    return found


def take_diets(text: str, *, with_other: bool = False) -> tuple[str, dict[Diet, int]]:
    """Take the diets out of a line: « Odile sans gluten » is « Odile », and one more to count.

    Args:
        text: A line as it was typed.
        with_other: « autre » counts too; in a line of names it may be a name.
    """
    found: dict[Diet, int] = {}
    rest = unicodedata.normalize("NFC", text)
    for diet, pattern in _patterns().items():
        if diet is Diet.OTHER and not with_other:
            continue
        while (match := pattern.search(rest)) is not None:
            found[diet] = found.get(diet, 0) + int(match["n"] or 1)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    return re.sub(r"[\s,;]+$", "", " ".join(rest.split())), found


def _patterns() -> dict[Diet, re.Pattern[str]]:
    """Return how each diet is written, in French and in the language in use."""
    return {
        diet: re.compile(
            rf"(?<!\w)(?:(?P<n>\d{{1,3}})\s*)?(?:{'|'.join(_ways(diet))})(?!\w)", re.IGNORECASE
        )
        for diet in Diet
    }


def _ways(diet: Diet) -> list[str]:
    words = [_WRITTEN[diet], re.escape(tr(DIETS[diet]))]
    return [*words, re.escape(tr(_SEVERAL[diet]))] if diet in _SEVERAL else words


def remember(
    session: Session,
    name: str,
    words: str,
    until: date,
    now: datetime,
    *,
    asked_on: date | None = None,
) -> DietRequest:
    """Keep what a person asked in writing to be remembered, for a year at most.

    Args:
        session: The session of an action.
        name: Who asked.
        words: What is done for them, in words of dishes; never why.
        until: First day it is no longer kept.
        now: Present instant, aware.
        asked_on: Day of their writing; ``None`` is today.

    Raises:
        UserError: No name, no words, a writing to come, or an end that is past or more than
            a year after the writing.
    """
    today = civil_date(now)
    asked = asked_on or today
    if not name.strip() or not words.strip():
        raise UserError(tr("Écrivez le nom de la personne, et ce qu’elle a demandé."))
    if asked > today:
        raise UserError(tr("La demande est datée d’un jour à venir : donnez le jour de l’écrit."))
    if until <= today or (until - asked).days > LONGEST:
        raise UserError(tr("Donnez une date de fin à venir, dans un an au plus."))
    row = DietRequest(name=name.strip(), words=words.strip(), asked_on=asked, until=until)
    session.add(row)
    session.flush()
    return row


def requests(session: Session, today: date) -> list[Asked]:
    """Return what people asked in writing, still in force, by name."""
    query = select(DietRequest).where(DietRequest.until > today)
    rows = [Asked(r.id, r.name, r.words, r.asked_on, r.until) for r in session.scalars(query)]
    return sorted(rows, key=lambda row: (fold(row.name), row.key))
