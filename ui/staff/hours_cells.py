"""How the week of hours is shown: a row a person, a column a day, then planned and done."""

from collections.abc import Collection, Sequence
from datetime import date

from cantine_desktop.i18n import tr, weekday
from cantine_desktop.staff.contracts.words import STATUSES
from cantine_desktop.staff.hours.judging import Said
from cantine_desktop.staff.hours.queries import DayHours, DayState, PersonWeek
from cantine_desktop.staff.hours.typing_day import NOT_DONE
from cantine_desktop.staff.law.wording import duration
from ui.kit.cells import Cell, Head, State

DAYS = 7
_WIDTH, _CLOSED, _TOTAL = 105, 62, 64
"""Pixels at 100 % of a day, of one when the canteen does not open, of a total."""


def row_heads(people: Sequence[PersonWeek]) -> list[Head]:
    """Return the names, with what ties each person to the canteen."""
    return [Head(each.name, note=tr(STATUSES[each.status])) for each in people]


def planned_weekdays(people: Sequence[PersonWeek]) -> set[int]:
    """Return the ISO weekdays for which something was planned; what is typed changes none."""
    return {rank for each in people for rank, day in enumerate(each.days, start=1) if day.planned}


def column_heads(days: Sequence[date], open_weekdays: Collection[int]) -> list[Head]:
    """Return the days of the week, then the totals.

    Args:
        days: From Monday on.
        open_weekdays: ISO weekdays of service; they share the room that the others leave.
    """
    opened = sum(day.isoweekday() in open_weekdays for day in days)
    spare = (_WIDTH - _CLOSED) * (len(days) - opened)
    wide = _WIDTH + min(spare // opened, _WIDTH // 3) if opened else _WIDTH
    narrow = _CLOSED if opened else _WIDTH
    heads = [
        Head(
            f"{weekday(day)} {day.day}",
            width=wide if day.isoweekday() in open_weekdays else narrow,
            align="center",
        )
        for day in days
    ]
    return [*heads, Head(tr("Prévu"), width=_TOTAL), Head(tr("Fait"), width=_TOTAL)]


def cell_of(person: PersonWeek, column: int, *, may: bool) -> Cell:
    """Return a cell of the grid: what was done or, while nobody said it, what was planned."""
    if column == DAYS:
        return Cell(_total(person.planned), State.CLOSED)
    if column > DAYS:
        return Cell(_total(person.done), State.CLOSED, _state_words(person))
    day = person.days[column]
    if person.is_signed:
        return Cell(_text(day), State.SEALED, _signed_tip(person, day), wraps=True)
    return Cell(_text(day), _STATES[day.state], _tip(day), editable=may, wraps=True)


def judged(cell: Cell, said: Said | None) -> Cell:
    """Return a cell with what the rules say of its day or week; a signed day keeps its lock."""
    if said is None:
        return cell
    state = State.TOLERATED if said.is_bad and cell.state is not State.SEALED else cell.state
    tip = f"{said.words} {cell.tip}".strip()
    return cell._replace(state=state, tip=tip, editable=cell.is_open)


def _total(minutes: int) -> str:
    return duration(minutes) if minutes else ""


_STATES = {
    DayState.EMPTY: State.SPARE,
    DayState.AHEAD: State.SPARE,
    DayState.WAITING: State.MISSING,
    DayState.AS_PLANNED: State.CONFORM,
    DayState.OTHERWISE: State.PLAIN,
    DayState.NOT_DONE: State.PLAIN,
    DayState.AWAY: State.PLAIN,
}


def _text(day: DayHours) -> str:
    match day.state:
        case DayState.AWAY:
            return day.away
        case DayState.NOT_DONE:
            return NOT_DONE
        case DayState.WAITING | DayState.AHEAD:
            return day.planned
        case _:
            return day.done


def _tip(day: DayHours) -> str:
    match day.state:
        case DayState.WAITING:
            words = tr(
                "Prévu : {planned}. Entrée : fait comme prévu ; sinon tapez les heures, « - » si "
                "rien n’est fait, ou un code d’absence (CP, MAL…)."
            ).format(planned=day.planned)
        case DayState.AHEAD:
            words = tr("Prévu : {planned}. Pas encore fini.").format(planned=day.planned)
        case DayState.AS_PLANNED:
            words = tr("Fait comme prévu : {hours}.").format(hours=day.done)
        case DayState.OTHERWISE if day.planned:
            words = tr("Fait : {hours}. Prévu : {planned} ; tapez « = » pour y revenir.").format(
                hours=day.done, planned=day.planned
            )
        case DayState.OTHERWISE:
            words = tr("Fait : {hours}.").format(hours=day.done)
        case DayState.NOT_DONE:
            words = tr("Prévu : {planned}. Rien n’a été fait.").format(planned=day.planned)
        case DayState.AWAY:
            words = tr("{absence}. Suppr la retire ce jour.").format(absence=day.away_words)
        case _:
            words = tr("Tapez des heures, comme « 8:30-15:30 », ou un code d’absence.")
    if day.away_words and day.state is not DayState.AWAY:
        words = f"{words} {day.away_words}."
    return words


def _signed_tip(person: PersonWeek, day: DayHours) -> str:
    said = tr("Signé par {who}. Ctrl+Maj+C corrige ce jour en disant pourquoi.").format(
        who=person.signed_by
    )
    if day.done:
        said = f"{day.done}. {said}"
    if day.reason:
        said = tr("{said} Corrigé : {reason}.").format(said=said, reason=day.reason)
    return said


def _state_words(person: PersonWeek) -> str:
    if person.state is None:
        return tr("Semaine pas encore confirmée.")
    if person.is_signed:
        return tr("Semaine signée par {who}.").format(who=person.signed_by)
    return tr("Semaine confirmée, à signer.")
