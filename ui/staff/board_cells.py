"""What each cell of the board shows: hours, posts, who is away, what the rules say."""

from collections.abc import Iterable, Sequence

from cantine_desktop.i18n import money, tr, trn, weekday
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.contracts.words import STATUSES
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.rosters.board import Board, BoardCell, BoardRow
from cantine_desktop.staff.rosters.coverage import Cover
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.staff.rosters.model import SHORT_POSTS
from cantine_desktop.staff.rosters.typed_hours import day_text
from ui.kit.cells import Cell, Head, State
from ui.staff.board_grid import hours_words
from ui.staff.board_reading import ShownWeek

_STATES = {
    Severity.FORBIDDEN: State.BREACH,
    Severity.TO_JUSTIFY: State.TOLERATED,
    Severity.ADVICE: State.PLAIN,
}


def heads(board: Board) -> list[Head]:
    """Return the titles of the seven days, and of the sum."""
    days = [
        Head(
            f"{weekday(day)[:3]}. {day.day}",
            width=88,
            align="center",
            tip=holiday,
            group=holiday,
        )
        for day, holiday in zip(board.days, board.holidays, strict=True)
    ]
    return [*days, Head(tr("Total"), width=92)]


def row_heads(shown: ShownWeek) -> list[Head]:
    """Return the titles of the rows: people, then the services and what they need."""
    people = [Head(row.name, _status(row.status), tip=row.job) for row in shown.board.rows]
    needs = [Head(tr(SHORT_POSTS[post]), tr("besoin")) for post in shown.posts]
    return [*people, Head(tr("Services")), *needs]


def _status(status: Status) -> str:
    short = {
        Status.CIVIC_SERVICE: tr("SC"),
        Status.APPRENTICE: tr("apprenti·e"),
        Status.PROFESSIONALISATION: tr("contrat pro"),
        Status.TRAINEE: tr("stage"),
        Status.DINER_COOK: tr("convive"),
        Status.BOARD_MEMBER: tr("CA"),
    }
    return short.get(status, tr(STATUSES[status]))


def person_cell(cell: BoardCell, status: Status, *, editable: bool) -> Cell:
    """Return a day of somebody."""
    text = day_text(cell.shifts)
    if not cell.is_bound:
        return Cell(text, State.CLOSED, tr("Ni contrat ni mandat ce jour-là."))
    state = _STATES.get(cell.worst, State.PLAIN) if cell.worst is not None else State.PLAIN
    if cell.absence and not text:
        return Cell(cell.absence, State.SKIPPED, cell.absence_words, editable, cell.absence_words)
    return Cell(text, state, " ".join(_tips(cell)), editable, _note(cell, status))


def _tips(cell: BoardCell) -> Iterable[str]:
    if cell.absence:
        yield tr("Absent·e : {why}.").format(why=cell.absence_words)
    for alert in cell.alerts:
        yield alert.sentence
        if alert.remedy:
            yield alert.remedy


def _note(cell: BoardCell, status: Status) -> str:
    if not cell.shifts:
        return ""
    parts = [tr("changé")] if cell.is_changed else []
    if cell.is_locked:
        parts.append(tr("fixe"))
    parts += [tr(SHORT_POSTS[post]) for post in cell.posts]
    if status.is_volunteer:
        parts.append(tr("s’est proposé·e"))
    return ", ".join(parts)


def total_cell(row: BoardRow) -> Cell:
    """Return the hours of somebody beside those agreed, and what the rules say of the week."""
    words = hours_words(row.minutes) if row.minutes or row.agreed is not None else ""
    note, tips = "", [alert.sentence for alert in row.alerts]
    state = _STATES[row.alerts[0].severity] if row.alerts else State.PLAIN
    if row.agreed is not None:
        note = tr("sur {hours}").format(hours=hours_words(row.agreed))
        beside = row.minutes - row.agreed
        if not beside and state is State.PLAIN:
            state = State.CONFORM
        elif beside:
            more, less = (
                tr("{hours} de plus que le contrat."),
                tr("{hours} de moins que le contrat."),
            )
            said = (more if beside > 0 else less).format(hours=hours_words(abs(beside)))
            tips.insert(0, said)
    return Cell(words, state, " ".join(tips), editable=False, note=note)


def under_cell(shown: ShownWeek, row: int, column: int) -> Cell:
    """Return a cell under the people: services first, then a row for each post they need."""
    board = shown.board
    if column >= 7:
        told = money(board.cost) if board.cost is not None and not row else ""
        words = hours_words(board.minutes) if not row else ""
        return Cell(words, editable=False, note=told)
    if not row:
        return _meals(shown.meals.get(board.days[column], ()))
    return _need(shown.covers(shown.posts[row - 1], board.days[column]))


def _need(covers: Sequence[Cover]) -> Cell:
    if not covers:
        return Cell("", State.CLOSED, editable=False)
    come = sum(len(each.counted) + len(each.helpers) for each in covers)
    state = State.CONFORM
    if any(each.short or not each.is_skilled for each in covers):
        state = State.TOLERATED
    if any(each.missing for each in covers):
        state = State.BREACH
    wanted = sum(each.target for each in covers)
    words = tr("{n} sur {wanted}").format(n=come, wanted=wanted)
    tip = " · ".join(each.sentence for each in covers)
    return Cell(words, state, tip, editable=False)


def _meals(here: Sequence[Slot]) -> Cell:
    if not here:
        return Cell("", State.CLOSED, tr("Pas de service ce jour-là."), editable=False)
    words = [f"{meal.title.lower()} {meal.diners}" for meal in here]
    told = [
        tr("{service} à {hour}, cuisine à {cook} : {count}").format(
            service=meal.title,
            hour=f"{meal.meal_at:%H:%M}",
            cook=f"{meal.cook_at:%H:%M}",
            count=trn("{n} inscrit", "{n} inscrits", meal.diners),
        )
        for meal in here
    ]
    first, *others = words
    return Cell(first, State.PLAIN, " · ".join(told), editable=False, note=", ".join(others))
