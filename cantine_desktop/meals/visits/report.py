"""Who came in a period, on paper: by weekday and month, newcomers, cooks, slips."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import number, short_day, tr, trn, weekday
from cantine_desktop.meals.closing.model import HEARD
from cantine_desktop.meals.visits.attendance import Attendance, Share, attendance
from cantine_desktop.meals.visits.notes import notes_of
from cantine_desktop.meals.visits.slips import Result, results
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

MONDAY = date(2024, 1, 1)
_MONTHS = 12


def write_attendance(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write who came in a period."""
    found = attendance(session, period)
    story: list[Flowable] = [paragraph(summary(found))]
    if found.visits:
        story += [heading(tr("Convives par service, en moyenne")), *_heat(found)]
        story += _heard(found)
    story += _slips(results(session, period))
    notes = notes_of(session, period)
    if notes:
        story.append(heading(tr("Repères")))
        story += [paragraph(f"{short_day(each.day)} · {each.words}") for each in reversed(notes)]
    frame = PageFrame(
        canteen_name(session),
        tr("Fréquentation"),
        in_words(period),
        now,
        footer=tr("Convives : cuisinier·ères et enfants compris, équipe non comprise."),
        landscape=True,
    )
    write_document(target, frame, story)


def summary(found: Attendance) -> str:
    """Return the visits of a period in two or three sentences."""
    if not found.visits or found.mean is None:
        return tr("Aucun service clôturé dans cette période : rien à compter encore.")
    words = tr("{diners} convives en {services}, {mean} en moyenne.")
    services = trn("{n} service", "{n} services", len(found.visits))
    said = [
        words.format(
            diners=number(Decimal(found.diners)),
            services=services,
            mean=number(Decimal(str(round(found.mean, 1))), 1),
        )
    ]
    for share, sentence in (
        (found.newcomers, tr("Première visite : {rate} des convives.")),
        (found.cooks, tr("Cuisinier·ères : {rate} des convives.")),
    ):
        if share.rate is not None:
            said.append(sentence.format(rate=rate_words(share, len(found.visits))))
    return " ".join(said)


def rate_words(share: Share, services: int) -> str:
    """Write a share, and on how many services it was counted when not on all."""
    words = percent(share.rate)
    if share.services < services:
        words += tr(" (compté {n} fois sur {services})").format(n=share.services, services=services)
    return words


def percent(rate: float | None) -> str:
    """Write a share with one decimal: ``8,3 %``; a dash when unknown."""
    if rate is None:
        return "–"
    return f"{number(Decimal(str(round(100 * rate, 1))), 1)}{NBSP}%"


def weekday_name(place: int) -> str:
    """Return the short name of a weekday, Monday being 0."""
    return weekday(MONDAY + timedelta(days=place))


def _heat(found: Attendance) -> list[Flowable]:
    tables: list[Flowable] = []
    for start in range(0, len(found.months), _MONTHS):
        tables += [_heat_table(found, found.months[start : start + _MONTHS]), Spacer(0, 6)]
    return tables


def _heat_table(found: Attendance, months: Sequence[date]) -> Flowable:
    columns = [Column(tr("Jour"), 1.2)]
    columns += [Column(f"{month:%m/%y}", 1, Align.RIGHT) for month in months]
    rows: list[Row] = []
    for place in found.weekdays:
        cells = [found.cells.get((place, month)) for month in months]
        texts = [
            f"{number(Decimal(str(round(cell.mean, 1))), 1)} ({cell.services})" if cell else "–"
            for cell in cells
        ]
        rows.append([weekday_name(place), *texts])
    sums = [
        sum(cell.diners for (_, on), cell in found.cells.items() if on == month) for month in months
    ]
    rows.append(Total([tr("Convives"), *(str(each) if each else "–" for each in sums)]))
    return ruled_table(columns, rows, 9.5)


def _heard(found: Attendance) -> list[Flowable]:
    if not found.heard:
        return []
    whole = sum(count for _heard, count in found.heard)
    columns = [Column(tr("Par où"), 4)]
    columns += [Column(tr("Nouveaux"), 1, Align.RIGHT), Column(tr("Part"), 1, Align.RIGHT)]
    rows: list[Row] = [
        [tr(HEARD[heard]), str(count), percent(count / whole)] for heard, count in found.heard
    ]
    return [heading(tr("Comment les nouveaux ont connu la cantine")), ruled_table(columns, rows)]


def _slips(found: Sequence[Result]) -> list[Flowable]:
    told = [each for each in found if each.n]
    if not told:
        return []
    story: list[Flowable] = [heading(tr("Petits papiers anonymes"))]
    for each in told:
        title = f"{tr(each.question.title)} (n = {each.n})"
        columns = [Column(title, 4), Column(tr("Papiers"), 1, Align.RIGHT)]
        columns.append(Column(tr("Part"), 1, Align.RIGHT))
        if not each.tells:
            story.append(small(few_words(each)))
            continue
        rows: list[Row] = [
            [tr(each.question.answers[answer]), str(count), percent(each.share(answer))]
            for answer, count in each.counts
        ]
        story += [ruled_table(columns, rows), Spacer(0, 6)]
    return story


def few_words(found: Result) -> str:
    """Say that too few slips answered a question to tell shares."""
    words = tr("{question} : {n} réponses seulement, trop peu pour en dire quelque chose.")
    return words.format(question=tr(found.question.title), n=found.n)
