"""Until when a food made, opened, thawed or frozen here may be eaten."""

from datetime import date, timedelta
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.labels.model import Labelled
from cantine_desktop.i18n import mark, short_day, tr


class Lifetime(NamedTuple):
    """How long a food is kept after it was begun.

    Attributes:
        label: French name of the case, marked.
        days: Days after the day it was begun; 3 is J+3, the third day after at the latest.
        source: Id in ``resources/sources.toml``.
    """

    label: str
    days: int
    source: str


LIFETIMES: dict[Labelled, Lifetime] = {
    Labelled.MADE: Lifetime(mark("Préparé ici"), 3, "AM09-IV-DLC"),
    Labelled.OPENED: Lifetime(mark("Entamé"), 3, "BP"),
    Labelled.THAWED: Lifetime(mark("Décongelé"), 3, "BP"),
    Labelled.FROZEN: Lifetime(mark("Congelé ici"), 90, "BP"),
}
"""Longest life of each, unless a validated study of the canteen says otherwise.

The three days of what is made here come from a text; the others are the plan's own choice.

Source: AM09-IV-DLC, BP.
"""


def last_day(reason: Labelled, begun_on: date, maker_use_by: date | None = None) -> date:
    """Return the last day a food may be eaten: its longest life, or the maker's own day if sooner.

    Freezing stops the maker's clock for food begun in time: its own day is kept on the
    label as a reminder and does not shorten the life.

    Source: AM09-IV-DLC, AM09-V2, BP.
    """
    longest = begun_on + timedelta(days=LIFETIMES[reason].days)
    if maker_use_by is None or reason is Labelled.FROZEN:
        return longest
    return min(longest, maker_use_by)


def check_dates(
    reason: Labelled, begun_on: date, use_by: date, maker_use_by: date | None, today: date
) -> None:
    """Let the days of a label pass.

    Raises:
        UserError: It begins in the future, ends before it begins, or lasts too long.
    """
    if begun_on > today:
        raise UserError(tr("Cette date n’est pas encore venue : on étiquette ce qui existe."))
    if maker_use_by is not None and maker_use_by < begun_on:
        raise UserError(
            tr(
                "La date du fabricant ({day}) était déjà passée : ce produit ne se garde pas."
            ).format(day=short_day(maker_use_by))
        )
    if use_by < begun_on:
        raise UserError(tr("La date limite vient avant la fabrication : vérifiez les deux jours."))
    latest = last_day(reason, begun_on, maker_use_by)
    if use_by > latest:
        raise UserError(
            tr(
                "Au plus tard le {day} : une étiquette peut raccourcir la durée, pas l’allonger."
            ).format(day=short_day(latest))
        )
