"""What was due and done, control by control: readings, then every register and every matrix."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene import catalogue, queries
from cantine_desktop.hygiene.cleaning.matrix import Matrix
from cantine_desktop.hygiene.cleaning.weeks import counts as matrix_counts
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Reading
from cantine_desktop.hygiene.queries import Completeness, UnitRow
from cantine_desktop.hygiene.registers import states
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.history import Action
from cantine_desktop.values.period import DAY, Period

READINGS = "readings"
READINGS_TITLE = mark("Températures des enceintes froides")

WORST = (
    Verdict.BREACH,
    Verdict.TOLERATED,
    Verdict.NOT_DONE,
    Verdict.CONFORM,
    Verdict.NOT_APPLICABLE,
)
"""Verdicts, the worst first."""

LETTERS = (
    *("T", "RE", "CU", "FR", "RT", "SV", "HU", "PT", "DL", "NE", "JO", "HE", "ET", "NU"),
    *("EA", "DE", "TR", "FO", "AC", "AL"),
)
"""Letters of the sheets in the order an inspector asks; those not named here come last.

Source: NS2012.
"""


class Control(NamedTuple):
    """A control of the plan over a period.

    Attributes:
        key: Key of its register or matrix; ``"readings"`` for cold units.
        title: French title, translated.
        letter: Letter of its sheets.
        counts: What was due and done.
        verdicts: How many records came to each verdict.
        on_event: Its records come with events: what is due is what was begun.
        screen: Key of the screen where it is written.
    """

    key: str
    title: str
    letter: str
    counts: Completeness
    verdicts: Mapping[Verdict, int]
    on_event: bool = False
    screen: str = READINGS

    @property
    def worst(self) -> Verdict | None:
        """The worst verdict met; ``None`` when there is no record."""
        return next((verdict for verdict in WORST if self.verdicts.get(verdict)), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was due and nothing was written."""
        return not any(self.counts) and not self.verdicts


def past(session: Session, period: Period, now: datetime) -> Period | None:
    """Return the days of a period that the book can speak of; ``None`` when there is none.

    They go up to today, and begin with the book: nothing was due in it before.
    """
    end = min(period.end, civil_date(now) + DAY)
    first = max(period.first, _beginning(session, now))
    return Period(first, end) if first < end else None


def _beginning(session: Session, now: datetime) -> date:
    """Return the day of the first action, or of the first reading where one was copied later."""
    made = session.scalar(select(func.min(Action.at)))
    read = session.scalar(select(func.min(Reading.day)))
    days = [civil_date(made)] if made else [civil_date(now)]
    return min([*days, read] if read else days)


def controls(session: Session, period: Period, now: datetime) -> list[Control]:
    """Return the controls of use to this canteen, in the order an inspector asks.

    Days still to come are not counted.

    Args:
        session: Where to read.
        period: Any days.
        now: The present instant.
    """
    counted = past(session, period, now)
    if counted is None:
        return []
    found = [readings_control(session, counted)]
    found += [register_control(session, each, counted) for each in catalogue.REGISTERS]
    found += [matrix_control(session, each, counted) for each in catalogue.MATRICES]
    in_use = {each.key for each in catalogue.REGISTERS if each.applies(session)}
    in_use |= {each.key for each in catalogue.MATRICES if each.applies(session)}
    kept = [each for each in found if each.key in in_use or not each.is_empty]
    return sorted(kept, key=_rank)


def readings_control(session: Session, period: Period) -> Control:
    """Return the control of cold units."""
    units = queries.readings_of(session, period)
    counts = queries.completeness(session, period)
    return Control(READINGS, tr(READINGS_TITLE), "T", counts, _reading_verdicts(units))


def register_control(session: Session, register: Register, period: Period) -> Control:
    """Return the control of a register."""
    counts = states.counts(session, register, period)
    on_event = register.expected(session, period) is None
    verdicts = _verdicts(session, register, period)
    title = tr(register.title)
    return Control(
        register.key, title, register.letter, counts, verdicts, on_event, screen="records"
    )


def matrix_control(session: Session, matrix: Matrix, period: Period) -> Control:
    """Return the control of a sheet of days."""
    counts = matrix_counts(session, matrix, period)
    verdicts = _verdicts(session, matrix, period)
    title = tr(matrix.title)
    return Control(matrix.key, title, matrix.letter, counts, verdicts, screen="cleaning")


def _reading_verdicts(units: list[UnitRow]) -> dict[Verdict, int]:
    found: dict[Verdict, int] = {}
    for unit in units:
        for cell in unit.cells.values():
            found[cell.verdict] = found.get(cell.verdict, 0) + 1
    return found


def _verdicts(session: Session, sheet: Register | Matrix, period: Period) -> dict[Verdict, int]:
    """Count the current records of a sheet by verdict."""
    model = sheet.model
    replaced = select(model.corrects_id).where(model.corrects_id.is_not(None))
    query = (
        select(model.verdict, func.count())
        .where(model.day >= period.first, model.day < period.end)
        .where(model.is_void.is_(False), model.id.not_in(replaced))
        .group_by(model.verdict)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _rank(control: Control) -> int:
    return LETTERS.index(control.letter) if control.letter in LETTERS else len(LETTERS)
