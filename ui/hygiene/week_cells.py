"""Cells of the week grid: how a reading is shown, how a typed text is understood."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.hygiene import queries
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.queries import UnitRow
from cantine_desktop.hygiene.words import (
    BREACH_SIGN,
    TOLERATED_SIGN,
    gap_name,
    limit_text,
    slot_name,
    value_text,
    verdict_name,
)
from cantine_desktop.i18n import celsius, day_and_month, long_day, short_day, tr, weekday
from cantine_desktop.values.text import NBSP, fold
from ui.kit.cells import Cell, Edit, Head, State
from ui.kit.sentences import read_number

ASK = "/"
"""Typed alone in a cell: nothing was read, and the reason is to be asked."""

LEAST_REPEATED = 3
"""Cells of a pasted block that hold the same number, from which it is pointed out."""

STATES = {
    Verdict.CONFORM: State.CONFORM,
    Verdict.TOLERATED: State.TOLERATED,
    Verdict.BREACH: State.BREACH,
    Verdict.NOT_DONE: State.SKIPPED,
    Verdict.NOT_APPLICABLE: State.CLOSED,
}


class Typed(NamedTuple):
    """What a text typed in a cell means.

    Attributes:
        celsius: A temperature.
        gap: Why there is none.
        note: More words about the gap.
        asks: The reason is still to be asked.
    """

    celsius: Decimal | None = None
    gap: Gap | None = None
    note: str = ""
    asks: bool = False


def understand(text: str) -> Typed:
    """Read a text typed in a cell: a temperature, or why there is none.

    ``/`` alone asks for the reason; ``oubli``, ``/ o``, ``panne compresseur`` give it.

    Raises:
        NotANumber: It is neither.
        Ambiguous: It has two readings.
    """
    if text.strip() == ASK:
        return Typed(asks=True)
    word, _, note = text.strip().removeprefix(ASK).strip().partition(" ")
    gap = _gap_of(fold(word), short=text.startswith(ASK))
    if gap is not None:
        return Typed(gap=gap, note=note.strip())
    if text.startswith(ASK):
        return Typed(gap=Gap.OTHER, note=text.removeprefix(ASK).strip())
    return Typed(celsius=read_number(text, 1))


def repeated(edits: Iterable[Edit]) -> str:
    """Return what to say of a block where one number stands again and again, or nothing.

    Fridges do repeat themselves: nothing is refused, the person is asked to look again.
    """
    found = Counter(edit.text for edit in edits if edit.text[-1:].isdigit())
    text, times = found.most_common(1)[0] if found else ("", 0)
    if times < LEAST_REPEATED:
        return ""
    return tr("{n} cases disent « {text} » : vérifiez que chacune a bien été lue.").format(
        n=times, text=text
    )


def _gap_of(word: str, *, short: bool) -> Gap | None:
    for gap in Gap:
        name = fold(gap_name(gap))
        if word == name or (short and word and name.startswith(word)):
            return gap
    return None


def shown(unit: UnitRow, spot: queries.Round, today: date, *, signed: bool) -> Cell:
    """Return a cell of the grid with its mark and the sentence that explains it."""
    day, _slot = spot
    cell = unit.cells.get(spot)
    if cell is None:
        return _empty(unit, spot, today, signed=signed)
    text = value_text(cell.value)
    state = STATES[cell.verdict]
    if signed:
        sign = {State.BREACH: BREACH_SIGN, State.TOLERATED: TOLERATED_SIGN}.get(state, "")
        text = f"{sign}{NBSP}{text}" if sign else text
        state = state if state is State.CLOSED else State.SEALED
    return Cell(text, state, explanation(unit, day, cell, signed=signed))


def _empty(unit: UnitRow, spot: queries.Round, today: date, *, signed: bool) -> Cell:
    day, slot = spot
    if not unit.in_service(day):
        return Cell("", State.CLOSED, tr("{unit} n’était pas en service.").format(unit=unit.name))
    if signed:
        return Cell("", State.SEALED, tr("Rien n’a été noté avant la signature."))
    if not unit.is_due(day, slot):
        tip = tr("{unit} se relève une fois par jour, le matin : rien n’est dû ici.").format(
            unit=unit.name
        )
        return Cell("", State.SPARE, tip, editable=day <= today)
    if day > today:
        return Cell("", State.PLAIN, tr("Ce jour n’est pas encore venu."), editable=False)
    tip = tr("{unit}, {day} {slot} : à saisir. / : dire pourquoi il n’y a pas de relevé.").format(
        unit=unit.name, day=weekday(day), slot=slot_name(slot)
    )
    return Cell("", State.MISSING, tip)


def explanation(unit: UnitRow, day: date, cell: queries.Cell, *, signed: bool) -> str:
    """Say in full what stands in a cell: verdict, limit, who, when, what it replaced."""
    if cell.value.gap is Gap.CLOSED:
        return tr("{unit}, {day} : fermé.").format(unit=unit.name, day=long_day(day))
    parts = [tr("{unit} : {verdict}").format(unit=unit.name, verdict=verdict_name(cell.verdict))]
    if cell.value.celsius is not None:
        parts.append(tr("limite {limit}").format(limit=limit_text(cell.limit)))
    parts += [cell.value.note] if cell.value.note else []
    parts += [tr("visa {initials}").format(initials=cell.initials)] if cell.initials else []
    if cell.late:
        parts.append(tr("noté le {day}").format(day=short_day(cell.recorded_on)))
    for value in cell.former:
        was = gap_name(value.gap) if value.celsius is None and value.gap else None
        was = was or celsius(value.celsius or Decimal(0))
        parts.append(tr("corrigé, était : {was}").format(was=was))
    if signed:
        parts.append(tr("semaine signée"))
    return ", ".join(parts) + "."


def column_heads(days: list[date]) -> list[Head]:
    """Return the heads of the columns: each day over its morning and its evening."""
    short = {Slot.MORNING: tr("mat."), Slot.EVENING: tr("soir")}
    return [
        Head(
            short[slot],
            group=f"{weekday(day)} {day.day}",
            width=84,
            align="center",
            tip=f"{weekday(day)} {day_and_month(day)}, {slot_name(slot)}",
        )
        for day in days
        for slot in Slot
    ]
