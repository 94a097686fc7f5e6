"""Dishes by the lots written beside them when they were cooked."""

import re
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.model import Cooking

_BETWEEN = re.compile(r"\s*[,;+/]\s*|\s{2,}")
"""What parts lots on one line; a lot may hold a dash or a space."""


def lots_in(words: str) -> list[str]:
    """Return the lots of a line: « L12, A-7 ; B3 » names three."""
    return [lot for lot in _BETWEEN.split(words.strip()) if lot]


def dishes_with(session: Session, lot: str) -> set[tuple[date, str]]:
    """Return the dishes whose cooking names a lot, with their days; case does not matter.

    Only the records that no other corrects, and that are not void.
    """
    wanted = lot.strip().casefold()
    if not wanted:
        return set()
    corrected = select(Cooking.corrects_id).where(Cooking.corrects_id.is_not(None))
    query = select(Cooking).where(
        func.length(Cooking.lots) > 0,
        Cooking.is_void.is_(False),
        Cooking.id.not_in(corrected),
    )
    return {
        (cooking.day, cooking.dish)
        for cooking in session.scalars(query)
        if cooking.dish and wanted in map(str.casefold, lots_in(cooking.lots))
    }
