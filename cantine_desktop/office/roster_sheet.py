"""The week of the team on paper (D24): a poster of people by day, and a sheet for each person."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO

from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.i18n import long_day, mark, short_day, tr, trn, weekday
from cantine_desktop.office.roster_services import roster_meals
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.staff.rosters.board import Board, BoardCell, BoardRow, board_of
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.staff.rosters.model import POSTS, SHORT_POSTS, RosterWeek
from cantine_desktop.staff.rosters.publishing import changes_told
from cantine_desktop.staff.rosters.typed_hours import shift_text
from cantine_desktop.values.period import DAY, Period

_FEW, _LARGE, _SMALL = 10, 11, 8.5
"""People that one page holds in large type, and heights of type on A4, in points."""


def write_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the week as a poster on A4, lying down."""
    _write_poster(session, period, now, target, A4, 1)


def write_large_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the week as a poster on A3, lying down, to be read from afar."""
    _write_poster(session, period, now, target, A3, 1.4)


def _write_poster(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    paper: tuple[float, float],
    scale: float,
) -> None:
    week = Period.week(period.first)
    board = board_of(session, week.first, now)
    size = scale * (_LARGE if len(board.rows) <= _FEW else _SMALL)
    columns = [Column(tr("Équipe"), 1.5), *_days(board), Column(tr("Total"), 0.8, Align.RIGHT)]
    story: list[Flowable] = [ruled_table(columns, _rows(session, board, week), size)]
    note = session.scalar(select(RosterWeek.note).where(RosterWeek.monday == week.first))
    if note:
        story += [Spacer(0, 3 * mm), paragraph(note)]
    told = changes_told(session, week)
    if told:
        count = trn(
            "{n} jour changé", "{n} jours changés", len({(c.member_id, c.day) for c in told})
        )
        last = short_day(civil_date(told[-1].changed_at))
        words = tr("{count} depuis la première publication ; dernier changement le {day}.")
        story += [Spacer(0, 2 * mm), small(words.format(count=count, day=last))]
    frame = PageFrame(
        canteen_name(session),
        tr("Planning de la semaine"),
        in_words(week),
        now,
        footer=_footer(board),
        landscape=True,
        paper=paper,
    )
    write_document(target, frame, story)


def _days(board: Board) -> list[Column]:
    return [
        Column(f"{weekday(day)[:3]}. {day.day}" + (f" · {holiday}" if holiday else ""), 1.25)
        for day, holiday in zip(board.days, board.holidays, strict=True)
    ]


def _rows(session: Session, board: Board, week: Period) -> Iterable[Row]:
    meals: dict[date, list[Slot]] = {}
    for meal in roster_meals(session, week):
        meals.setdefault(meal.day, []).append(meal)
    yield [tr("Services"), *(_meals(meals.get(day, [])) for day in board.days), ""]
    bound = [row for row in board.rows if not row.status.is_volunteer]
    offered = [row for row in board.rows if row.status.is_volunteer and _comes(row)]
    for title, rows in ((tr("Salarié·es et volontaires"), bound), (tr("Bénévoles"), offered)):
        if rows:
            yield Band(title)
        for row in rows:
            total = duration(row.minutes) if row.minutes and not row.status.is_volunteer else ""
            yield [row.name, *(_cell(cell) for cell in row.cells), total]


def _comes(row: BoardRow) -> bool:
    return any(cell.shifts for cell in row.cells)


def _meals(meals: Sequence[Slot]) -> str:
    return "\n".join(f"{meal.title} {meal.meal_at:%H:%M} ({meal.diners})" for meal in meals)


def _cell(cell: BoardCell) -> str:
    """Return what others may read: of an absence, that there is one."""
    if not cell.shifts:
        return tr("absent·e") if cell.absence else ""
    lines = [
        f"{shift_text(each)}\n{tr(SHORT_POSTS[each.post])}" if each.post else shift_text(each)
        for each in cell.shifts
    ]
    return "\n".join(lines)


def _footer(board: Board) -> str:
    if board.published_at is None:
        return tr("Brouillon : ce planning n’est pas publié.")
    told = tr("Publié le {day}, version {n}. p30 : 30 min de pause. Art. D3171-1 et suivants.")
    return told.format(day=short_day(civil_date(board.published_at)), n=board.revision)


def write_people(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write a sheet for each person, with the days of a period on which they come."""
    weeks = _weeks(session, period, now)
    story: list[Flowable] = []
    for key, name in _people(weeks):
        if story:
            story.append(PageBreak())
        rows = [row for board in weeks for row in board.rows if row.key == key]
        story += [heading(name), _person(rows, period)]
    if not story:
        story = [paragraph(tr("Personne n’est au planning pendant cette période."))]
    frame = PageFrame(
        canteen_name(session),
        tr("Planning individuel"),
        in_words(period),
        now,
        footer=tr("Chaque changement est dit avec le délai de la convention, ou votre accord."),
    )
    write_document(target, frame, story)


def _weeks(session: Session, period: Period, now: datetime) -> list[Board]:
    monday, found = Period.week(period.first).first, list[Board]()
    while monday < period.end:
        found.append(board_of(session, monday, now))
        monday += 7 * DAY
    return found


def _people(weeks: Sequence[Board]) -> list[tuple[int, str]]:
    coming = [(row.key, row.name) for board in weeks for row in board.rows if _comes(row)]
    return list(dict.fromkeys(coming))


def _person(rows: Sequence[BoardRow], period: Period) -> Flowable:
    columns = [
        Column(tr("Jour"), 2),
        Column(tr("Horaire"), 2),
        Column(tr("Poste"), 2),
        Column(tr("Durée"), 1, Align.RIGHT),
    ]
    lines: list[Row] = []
    minutes = 0
    for cell in (cell for row in rows for cell in row.cells if cell.spot.day in period):
        if cell.absence and not cell.shifts:
            lines.append([long_day(cell.spot.day), cell.absence_words, "", ""])
        for shift in cell.shifts:
            minutes += shift.minutes
            post = tr(POSTS[shift.post]) if shift.post else ""
            words = long_day(cell.spot.day)
            lines.append([words, shift_text(shift), post, duration(shift.minutes)])
    lines.append(Total([tr("Total"), "", "", duration(minutes)]))
    return ruled_table(columns, lines)


DOCUMENTS: tuple[Document, ...] = (
    Document("roster-week", mark("Planning de la semaine"), write_poster, "D24", area="staff"),
    Document(
        "roster-week-a3",
        mark("Planning de la semaine, grande affiche"),
        write_large_poster,
        "D24",
        area="staff",
    ),
    Document(
        "roster-people",
        mark("Planning de chacun"),
        write_people,
        "D24",
        cadence=Cadence.MONTH,
        area="staff",
    ),
)
