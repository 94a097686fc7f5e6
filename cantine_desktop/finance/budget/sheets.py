"""The budget on paper, beside what happened and what is foreseen (D31)."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.finance.budget.following import (
    EXPLAINED,
    OUTLOOKS,
    Followed,
    FollowedLine,
    follow,
    sums_of,
)
from cantine_desktop.finance.budget.planning import Version, planned_by_nature, versions
from cantine_desktop.finance.statements.sheets import write_statements, year_asked, year_words
from cantine_desktop.i18n import mark, money, number, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

FAMILIES = (
    ("6", mark("Charges")),
    ("7", mark("Produits")),
    ("86", mark("Emplois des contributions en nature")),
    ("87", mark("Contributions en nature")),
)


def write_budget(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the budget of the fiscal year a period is about."""
    year = year_asked(session, period)
    today = civil_date(now)
    followed = follow(session, year, today)
    story: list[Flowable] = [paragraph(result_words(followed)), _table(followed)]
    known = versions(session, year)
    if known:
        story.append(heading(tr("Versions du budget")))
        story += [paragraph(_version(each)) for each in known]
    story += [
        heading(tr("Comment l’exercice est prévu")),
        *(paragraph(f"{tr(OUTLOOKS[one])} : {tr(words)}") for one, words in EXPLAINED.items()),
        small(tr("Engagé : flux prévus (loyer, contrats…) d’ici la fin de l’exercice.")),
    ]
    until = today if today in year.period else None
    frame = PageFrame(
        canteen_name(session),
        tr("Budget, réel et prévision"),
        year_words(year, until),
        now,
        landscape=True,
        footer=tr("Montants en euros entiers, brouillons compris. Écart : prévu moins budget."),
    )
    write_document(target, frame, story)


def result_words(followed: Followed) -> str:
    """Return how the year would end, in one sentence."""
    costs, income = followed.sums("6"), followed.sums("7")
    foreseen, planned = income[4] - costs[4], income[0] - costs[0]
    words = (
        tr("L’exercice se terminerait avec un excédent de {result} ; le budget visait {planned}.")
        if foreseen.cents >= 0
        else tr(
            "L’exercice se terminerait avec un déficit de {result} ; le budget visait {planned}."
        )
    )
    return words.format(result=money(Money(abs(foreseen.cents))), planned=money(planned))


def _table(followed: Followed) -> Flowable:
    columns = [
        Column(tr("Comptes"), 0.9),
        Column(tr("Libellé"), 3.4),
        *(
            Column(title, 1.1, Align.RIGHT)
            for title in (
                tr("Budget"),
                tr("Réel"),
                tr("Engagé"),
                tr("Prévu"),
                tr("Écart"),
                tr("N-1"),
            )
        ),
        Column(tr("Commentaire"), 3.6),
    ]
    rows: list[Row] = []
    for beginning, title in FAMILIES:
        lines = [line for line in followed.lines if line.nature.startswith(beginning)]
        if lines:
            rows.append(Band(tr(title)))
            rows += [_line(line) for line in lines]
            rows.append(_total(tr("Total"), lines))
    rows.append(_result(followed))
    return ruled_table(columns, rows, 8.5)


def _line(line: FollowedLine) -> Row:
    label = f"{line.label} · {line.activity_title}" if line.activity_title else line.label
    comment = line.comment or ("" if line.key is not None else tr("hors budget"))
    amounts = (line.planned, line.actual, line.engaged, line.forecast)
    gap, last = signed(line.gap), whole(line.last_year)
    return (line.nature, label, *map(whole, amounts), gap, last, comment)


def _total(title: str, lines: Sequence[FollowedLine]) -> Total:
    planned, _due, actual, engaged, forecast, last = sums_of(lines)
    amounts = (planned, actual, engaged, forecast)
    gap = signed(forecast - planned)
    return Total(("", title, *map(whole, amounts), gap, whole(last), ""))


def _result(followed: Followed) -> Total:
    pairs = zip(followed.sums("7"), followed.sums("6"), strict=True)
    planned, _due, actual, _engaged, forecast, last = (got - spent for got, spent in pairs)
    amounts = (planned, actual, Money(0), forecast)
    gap = signed(forecast - planned)
    return Total(("", tr("Résultat"), *map(whole, amounts), gap, whole(last), ""))


def whole(amount: Money) -> str:
    """Return an amount in whole euros; nothing for zero."""
    return number(amount.euros, 0) if amount else ""


def signed(amount: Money) -> str:
    """Return a difference in whole euros with its sign; nothing under half a euro."""
    if abs(amount.cents) < 50:
        return ""
    return ("+" if amount.cents > 0 else "") + number(amount.euros, 0)


def _version(each: Version) -> str:
    words = tr("Version {n} du {day}").format(n=each.version, day=short_day(each.made_on))
    if each.adopted_on:
        words += tr(", votée le {day}").format(day=short_day(each.adopted_on))
    return f"{words}. {each.reason}".strip()


def write_year(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the statements of the fiscal year a period is about, its budget beside."""
    year = year_asked(session, period)
    write_statements(session, year, planned_by_nature(session, year) or None, now, target)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "statements",
        mark("Compte de résultat et bilan"),
        write_year,
        "D31",
        Cadence.YEAR,
        "finance",
        screen="statements",
    ),
    Document(
        "budget-report",
        mark("Budget, réel et prévision"),
        write_budget,
        "D31",
        Cadence.YEAR,
        "finance",
        screen="budget",
    ),
)
