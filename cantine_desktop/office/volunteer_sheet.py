"""What the hours given are worth on paper, those of the cooks of each service among them."""

from datetime import date, datetime
from decimal import Decimal
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, small
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.i18n import mark, money, number, tr, trn
from cantine_desktop.office.volunteer_hours import CooksMonth, GivenMonth, given_month
from cantine_desktop.staff.hours.volunteering import basis_words, level_title
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_valuation(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what the hours given in a period are worth, month by month, and what it rests on.

    Source: ANC-2018-06.
    """
    columns = [
        Column(tr("Mission"), 3),
        Column(tr("Heures"), 1, Align.RIGHT),
        Column(tr("Une heure"), 1, Align.RIGHT),
        Column(tr("Valeur"), 1.2, Align.RIGHT),
        Column(tr("Dans les comptes"), 1.2, Align.RIGHT),
    ]
    rows: list[Row] = []
    notes: list[str] = []
    first, total = period.first.replace(day=1), 0
    while first < period.end:
        month = given_month(session, first)
        rows += _rows(first, month)
        notes += _notes(first, month)
        total += sum(each.value.cents for each in month.rows)
        first = Period.month(first).end
    rows.append(Total((tr("Total"), "", "", money(Money(total)), "")))
    rests_on = tr(
        "Contributions volontaires en nature, classe 8 : 864 Personnel bénévole, "
        "875 Bénévolat (règlement ANC n° 2018-06)."
    )
    story: list[Flowable] = [
        ruled_table(columns, rows),
        *(small(note) for note in notes),
        small(tr("Base : {basis}.").format(basis=basis_words(session))),
        small(rests_on),
    ]
    frame = PageFrame(canteen_name(session), tr("Valorisation du bénévolat"), in_words(period), now)
    write_document(target, frame, story)


def _rows(first: date, month: GivenMonth) -> list[Row]:
    if not month.rows:
        return []
    lines = (
        (
            level_title(each.level),
            _hundredths(each.hundredths),
            money(each.rate),
            money(each.value),
            _hundredths(each.posted),
        )
        for each in month.rows
    )
    return [Band(in_words(Period.month(first))), *lines]


def _notes(first: date, month: GivenMonth) -> list[str]:
    """Say what the cooks of the services are of a month, or that they are missing from it."""
    name = in_words(Period.month(first))
    if month.cooks is None:
        return [
            tr("{month} : sans les cuisiniers des services, que vous ne pouvez pas lire.").format(
                month=name
            )
        ]
    if not month.cooks.cooks:
        return []
    said = tr("{month}, d’après les clôtures : {cooks}.").format(
        month=name, cooks=cooks_words(month.cooks)
    )
    return [said]


def cooks_words(cooks: CooksMonth) -> str:
    """Say what the cooks of some services gave: how many times, and how long."""
    words = trn(
        "{n} participation en cuisine, {hours}",
        "{n} participations en cuisine, {hours}",
        cooks.cooks,
    ).format(hours=duration(cooks.minutes))
    if cooks.known:
        words += trn(
            " ({n} de plus a ses heures à son nom, comptées là)",
            " ({n} de plus ont leurs heures à leur nom, comptées là)",
            cooks.known,
        )
    return words


def question(month: GivenMonth) -> str:
    """Say what would be written to the accounts, a line a level, and what the cooks are of it."""
    lines = [
        tr("{level} : {hours} h à {rate}, {value}").format(
            level=level_title(each.level),
            hours=_hundredths(each.waiting),
            rate=money(each.rate),
            value=money(each.waiting_value),
        )
        for each in month.rows
        if each.waiting
    ]
    if month.cooks is not None and month.cooks.cooks:
        lines.append(
            tr("Dont, d’après les clôtures : {cooks}.").format(cooks=cooks_words(month.cooks))
        )
    return "\n".join(lines)


def _hundredths(value: int) -> str:
    """Write hundredths as people do: 16,25; 30."""
    return number((Decimal(value) / 100).normalize() + 0)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "volunteer-valuation",
        mark("Valorisation du bénévolat"),
        write_valuation,
        "",
        Cadence.MONTH,
        "staff",
        screen="hours",
    ),
)
