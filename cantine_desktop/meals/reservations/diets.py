"""Diets of a day as counts tied to nobody, and what was asked in writing.

Source: RGPD-9.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.reservations.model import DIETS, Diet, DietCount, DietRequest

_SEVERAL = {
    Diet.VEGETARIAN: mark("végétariens"),
    Diet.VEGAN: mark("végétaliens"),
    Diet.SMALL: mark("petites faims"),
    Diet.OTHER: mark("autres"),
}


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
    return ", ".join(
        f"{count} {tr(DIETS[diet] if count == 1 else _SEVERAL.get(diet, DIETS[diet]))}"
        for diet, count in diets_of(session, service_id).items()
    )


def remember(session: Session, name: str, words: str, until: date, now: datetime) -> DietRequest:
    """Keep what a person asked in writing to be remembered, for a year at most.

    Args:
        session: The session of an action.
        name: Who asked.
        words: What they wrote.
        until: First day it is no longer kept.
        now: Present instant, aware.

    Raises:
        UserError: No name, no words, or an end that is past or more than a year away.
    """
    today = civil_date(now)
    if not name.strip() or not words.strip():
        raise UserError(tr("Écrivez le nom de la personne, et ce qu’elle a demandé."))
    if not 0 < (until - today).days <= 366:
        raise UserError(tr("Donnez une date de fin à venir, dans un an au plus."))
    row = DietRequest(name=name.strip(), words=words.strip(), asked_on=today, until=until)
    session.add(row)
    session.flush()
    return row
