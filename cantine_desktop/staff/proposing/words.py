"""Hours, weeks and reasons of a proposal, as people read them."""

from collections.abc import Iterable, Sequence
from datetime import date

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.law.wording import clock, duration
from cantine_desktop.staff.law.wording import day as day_words
from cantine_desktop.staff.proposing.costs import COMPONENTS, Component
from cantine_desktop.staff.proposing.facts import Planned
from cantine_desktop.staff.rosters.model import POSTS


def hours_of_day(shifts: Iterable[Planned]) -> str:
    """Return the hours of a day with their posts; empty for a day off."""
    parts: list[str] = []
    for each in sorted(shifts, key=lambda x: x.start):
        words = tr("de {start} à {finish}, {post}").format(
            start=clock(each.start), finish=clock(each.finish % 1440), post=tr(POSTS[each.post])
        )
        if each.pause:
            words = tr("{hours}, pause de {pause}").format(hours=words, pause=duration(each.pause))
        parts.append(words)
    return " ; ".join(parts)


def change_words(day: date, before: str, after: str) -> str:
    """Return a changed day: « mardi 3 mars : de 8 h 30 à 15 h 30, Plonge, au lieu de repos »."""
    return tr("{day} : {after} (avant : {before})").format(
        day=day_words(day), after=after or tr("repos"), before=before or tr("repos")
    )


def hours_words(minutes: int, contract: int | None) -> str:
    """Return the hours of a week beside the contract."""
    if contract is None:
        return duration(minutes)
    return tr("{hours} pour {contract} au contrat").format(
        hours=duration(minutes), contract=duration(contract)
    )


def reasons_in_words(parts: Sequence[tuple[Component, int]]) -> list[str]:
    """Return why a week costs what it costs, what weighs most first: « why this choice »."""
    ordered = sorted(parts, key=lambda each: (-abs(each[1]), each[0]))
    return [
        tr("{what} : {points}").format(what=tr(COMPONENTS[name]), points=_signed(points))
        for name, points in ordered
        if points
    ]


def _signed(points: int) -> str:
    if points < 0:
        return trn("{n} point de mieux", "{n} points de mieux", -points)
    return trn("{n} point de moins bien", "{n} points de moins bien", points)
