"""The sheet of the board on two pages: activity and money, then team, hygiene, decisions (D30)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.charts import Series, bar_chart, line_chart
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import (
    Align,
    box,
    heading,
    lead,
    paragraph,
    small,
    writing_lines,
)
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.finance.budget.following import follow
from cantine_desktop.finance.budget.sheets import result_words
from cantine_desktop.finance.grants.following import due_words, followed_grants
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.price.contributions import meals_of, spread_of
from cantine_desktop.finance.price.costing import Costing, costing, covered_words
from cantine_desktop.finance.treasury.curve import (
    AS_PLANNED,
    LATE_GRANT,
    curves,
    runway_words,
    trouble_words,
)
from cantine_desktop.finance.treasury.sheets import curve_chart
from cantine_desktop.i18n import mark, money, number, round_half_up, tr
from cantine_desktop.network.indicators import figures
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP

HEIGHT = 37.0
"""Of a chart, in millimetres: four stand on the first page with their sentences."""


def write_board_sheet(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the two pages: a sentence before each chart, room for decisions at the end."""
    today = civil_date(now)
    months = _months(period.last, today)
    costs = [costing(session, month) for month in months]
    story: list[Flowable] = [
        *_activity(session, months),
        *_coverage(session, period, today, costs),
        *_solidarity(session, months[-1]),
        *_treasury(session, today),
        PageBreak(),
        *_budget(session, today),
        *_figures(session, period, today),
        *_grants(session, today),
        heading(tr("Décisions à prendre")),
        writing_lines(tr("Proposition, qui la porte, pour quand"), 5),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Fiche du conseil d’administration"),
        in_words(period),
        now,
        footer=tr("Tirée des comptes le jour de l’impression, brouillons compris."),
    )
    write_document(target, frame, story)


def _months(last: date, today: date) -> list[Period]:
    """Return the twelve months up to the last one that began."""
    month = Period.month(min(last, today))
    found = [month]
    while len(found) < 12:
        found.append(Period.month(found[-1].first - DAY))
    return found[::-1]


def _activity(session: Session, months: Sequence[Period]) -> list[Flowable]:
    served = [meals_of(session, month).served for month in months]
    last, before = served[-1], served[-2]
    words = tr("{n} repas en {month} ; {before} le mois d’avant ; {total} en douze mois.").format(
        n=number(Decimal(last)),
        month=in_words(months[-1]),
        before=number(Decimal(before)),
        total=number(Decimal(sum(served))),
    )
    chart = bar_chart(
        _labels(months),
        [Series(tr("Repas servis"), [Decimal(count) for count in served])],
        alternative=words,
        height_mm=HEIGHT,
    )
    return [lead(words), chart]


def _coverage(
    session: Session, period: Period, today: date, costs: Sequence[Costing]
) -> list[Flowable]:
    whole = Period(period.first, min(period.end, today + DAY)) if period.first <= today else period
    words = covered_words(costing(session, whole))
    series = [
        Series(tr("Coût complet"), [_euros(cost.cost) for cost in costs]),
        Series(tr("Contribution moyenne"), [_euros(cost.average) for cost in costs]),
        Series(tr("Prix affiché"), [_euros(cost.displayed) for cost in costs]),
    ]
    labels = _labels([cost.period for cost in costs])
    return [lead(words), line_chart(labels, series, alternative=words, height_mm=HEIGHT)]


def _solidarity(session: Session, month: Period) -> list[Flowable]:
    found = spread_of(session, month)
    if not found.counted or found.price is None:
        return [paragraph(tr("Aucune contribution décomptée ce mois-ci."))]
    words = tr(
        "En {month}, {above} contributions au-dessus du prix affiché paient l’équivalent de"
        " {meals} repas."
    ).format(month=in_words(month), above=found.above, meals=found.meals_paid_for)
    pairs = sorted(found.counts.items())
    chart = bar_chart(
        [number(amount.euros, 2 if amount.cents % 100 else 0) for amount, _ in pairs],
        [Series(tr("Personnes"), [Decimal(count) for _, count in pairs])],
        alternative=words,
        height_mm=HEIGHT,
    )
    return [lead(words), chart]


def _treasury(session: Session, today: date) -> list[Flowable]:
    found = curves(session, today, (AS_PLANNED, LATE_GRANT))
    words = f"{runway_words(found[0].runway, today)} {trouble_words(found[0])}"
    return [lead(words), curve_chart(found, HEIGHT)]


def _budget(session: Session, today: date) -> list[Flowable]:
    year = find_year(session, today)
    if year is None:
        return []
    followed = follow(session, year, today)
    costs, income = followed.sums("6"), followed.sums("7")
    words = result_words(followed)
    chart = bar_chart(
        [tr("Charges"), tr("Produits")],
        [
            Series(name, [Decimal(costs[place].cents // 100), Decimal(income[place].cents // 100)])
            for name, place in (
                (tr("Budget"), 0),
                (tr("Réel à ce jour"), 2),
                (tr("Prévu"), 4),
                (tr("N-1"), 5),
            )
        ],
        alternative=words,
        height_mm=HEIGHT + 6,
    )
    return [lead(words), chart]


def _figures(session: Session, period: Period, today: date) -> list[Flowable]:
    rows: list[tuple[str, str, str]] = []
    for figure in figures(session, period, today):
        if figure.value is None:
            continue
        unit = figure.indicator.unit
        places = 2 if unit == "€" else None
        value = round_half_up(figure.value, 2) if places else figure.value
        written = number(value) + (f"{NBSP}{tr(unit)}" if unit else "")
        rows.append((figure.indicator.code, tr(figure.indicator.title), written))
    half = -(-len(rows) // 2)
    pairs: list[Row] = [
        (*rows[place], *(rows[place + half] if place + half < len(rows) else ("", "", "")))
        for place in range(half)
    ]
    columns = [
        Column("", 0.7),
        Column(tr("Chiffre"), 4),
        Column("", 1.6, Align.RIGHT),
        Column("", 0.7),
        Column(tr("Chiffre"), 4),
        Column("", 1.6, Align.RIGHT),
    ]
    return [heading(tr("Équipe, hygiène, argent : les chiffres")), ruled_table(columns, pairs, 8)]


def _grants(session: Session, today: date) -> list[Flowable]:
    urgent = [grant for grant in followed_grants(session, today) if grant.is_urgent]
    if not urgent:
        return [small(tr("Aucun compte rendu de subvention n’est dû dans les soixante jours."))]
    lines = [
        f"{grant.title} ({grant.funder}, {money(grant.granted or Money(0))}) : {due_words(grant)}"
        for grant in urgent
    ]
    return [box(tr("Comptes rendus à envoyer"), lines)]


def _labels(months: Sequence[Period]) -> list[str]:
    return [f"{month.first:%m/%y}" for month in months]


def _euros(amount: Money | None) -> Decimal | None:
    return None if amount is None else amount.euros


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "board-sheet",
        mark("Fiche du conseil d’administration"),
        write_board_sheet,
        "D30",
        Cadence.MONTH,
        "finance",
    ),
)
