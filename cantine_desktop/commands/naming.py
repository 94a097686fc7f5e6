"""Names on the command line: finding what one means, naming the files written."""

from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import process

from cantine_desktop.commands.parsing import UsageError
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

Thing = TypeVar("Thing")


def find(things: Mapping[str, Thing], name: str, unknown: str) -> Thing:
    """Return the thing of a name, or say which names are near.

    Args:
        things: By name.
        name: As typed.
        unknown: Says that there is none, with ``{name}``.

    Raises:
        UsageError: There is none.
    """
    by_folded = {fold(key): thing for key, thing in things.items()}
    if fold(name) in by_folded:
        return by_folded[fold(name)]
    near = [
        key for key, _score, _n in process.extract(name, list(things), limit=3, score_cutoff=60)
    ]
    text = unknown.format(name=name)
    if near or things:
        text += " " + tr("Choix possibles : {names}.").format(names=", ".join(near or things))
    raise UsageError(text)


def period_name(period: Period) -> str:
    """Return how a period is written in a file name: ``2026-11-02_2026-11-08``."""
    if len(period.days) == 1:
        return period.first.isoformat()
    return f"{period.first.isoformat()}_{period.last.isoformat()}"
