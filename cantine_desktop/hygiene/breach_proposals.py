"""What to propose to somebody who answers a breach: usual causes, actions of the plan."""

from typing import NamedTuple

from cantine_desktop.hygiene.breach_effects import Asks, effects_of, known_actions
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.hygiene.model import READINGS
from cantine_desktop.hygiene.phrases import ACTIONS, CAUSES, OTHER_CAUSES, Cause, Phrase
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.i18n import tr

MEASURED = frozenset({"°C", "%"})
"""Units that are measured again; minutes gone do not come back."""


class Proposals(NamedTuple):
    """Usual words, the likeliest first.

    Attributes:
        causes: Why it may have happened, each with its M.
        actions: What may be done, each with its codes; already in the language in use.
        measured: The recheck is a figure, in the unit of the breach; else it is seen.
    """

    causes: tuple[Cause, ...]
    actions: tuple[Phrase, ...]
    measured: bool

    def phrase(self, text: str) -> Phrase | None:
        """Return the usual action of a text; ``None`` for words of one's own."""
        words = text.strip().casefold()
        return next((each for each in self.actions if each.text.casefold() == words), None)


def proposals_for(row: BreachRow) -> Proposals:
    """Return what to propose for a breach: for its cold unit, or for its control point."""
    measured = row.limit is not None and row.unit in MEASURED
    if row.register == READINGS:
        said = (Phrase(tr(each.text), each.recheck, each.codes) for each in ACTIONS)
        return Proposals(CAUSES, tuple(said), measured)
    names = known_actions()
    point = shipped().points.get(row.point)
    first = [code for code in (point.actions if point else ()) if code in names]
    codes = dict.fromkeys([*first, *names])
    actions = tuple(Phrase(names[code], None, (code,)) for code in codes)
    return Proposals(OTHER_CAUSES, actions, measured)


def asks_of(phrase: Phrase | None) -> frozenset[Asks]:
    """Return what an action must be told, if it is a usual one."""
    return frozenset() if phrase is None else effects_of(phrase.codes).asks
