"""The sheet of the board on two pages: activity and money, then team, hygiene, decisions (D30)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.charts import Series, bar_chart, chart, line_chart
from cantine_desktop.documents.fonts import SEMIBOLD
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import (
    Align,
    TextStyle,
    box,
    heading,
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
from cantine_desktop.network.indicators import Figure, figures
from cantine_desktop.network.spans import year_before
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 28.0
"""Of a chart, in millimetres: six stand on the first page with their sentences."""
SENTENCE = TextStyle(SEMIBOLD, 10, 13, before=5, after=2, company=40 * mm)
FAMILIES = (
    ("resources-meals", mark("Repas")),
    ("resources-memberships", mark("Adhésions")),
    ("resources-events", mark("Privatisations, ventes")),
    ("resources-gifts", mark("Dons, mécénat")),
    ("resources-grants", mark("Subventions")),
)
MOST = 40
"""Hundredths of the resources above which one source but meals weighs too much."""


def write_board_sheet(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the two pages: a sentence before each chart, room for decisions at the end."""
    today = civil_date(now)
    months = _months(period.last, today)
    costs = [costing(session, month) for month in months]
    found = figures(session, period, today)
    story: list[Flowable] = [
        *_activity(session, months),
        *_coverage(session, period, today, costs),
        *_solidarity(session, months[-1]),
        *_treasury(session, today),
        *_budget(session, today),
        *_resources(found),
        PageBreak(),
        *_figures(found, figures(session, year_before(period), today)),
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
    words = tr("{n} repas en {month} ; {before} le mois d’avant ; {total} en douze mois.").format(
        n=number(Decimal(last)),
        month=in_words(months[-1]),
        before=number(Decimal(before)),
        total=number(Decimal(sum(served))),
    )
    drawn = bar_chart(
        _labels(months),
        [Series(tr("Repas servis"), [Decimal(count) for count in served])],
        alternative=words,
        height_mm=HEIGHT,
    )
    return [_said(words), drawn]


def _coverage(
    session: Session, period: Period, today: date, costs: Sequence[Costing]
) -> list[Flowable]:
    whole = Period(period.first, min(period.end, today + DAY)) if period.first <= today else period
    words = covered_words(costing(session, whole))
    year = find_year(session, period.first)
    if year is None or (year.locked_until or year.first) < whole.end:
        words += " " + tr("(mois pas encore terminés : provisoire)")
    series = [
        Series(tr("Coût complet"), [_euros(cost.cost) for cost in costs]),
        Series(tr("Contribution moyenne"), [_euros(cost.average) for cost in costs]),
        Series(tr("Prix affiché"), [_euros(cost.displayed) for cost in costs]),
    ]
    labels = _labels([cost.period for cost in costs])
    return [_said(words), line_chart(labels, series, alternative=words, height_mm=HEIGHT)]


def _solidarity(session: Session, month: Period) -> list[Flowable]:
    found = spread_of(session, month)
    if not found.counted or found.price is None:
        return [paragraph(tr("Aucune contribution décomptée ce mois-ci."))]
    words = tr(
        "En {month}, {above} contributions au-dessus du prix affiché paient l’équivalent de"
        " {meals} repas."
    ).format(month=in_words(month), above=found.above, meals=found.meals_paid_for)
    pairs = sorted(found.counts.items())
    drawn = bar_chart(
        [number(amount.euros, 2 if amount.cents % 100 else 0) for amount, _ in pairs],
        [Series(tr("Personnes"), [Decimal(count) for _, count in pairs])],
        alternative=words,
        height_mm=HEIGHT,
    )
    return [_said(words), drawn]


def _treasury(session: Session, today: date) -> list[Flowable]:
    found = curves(session, today, (AS_PLANNED, LATE_GRANT))
    words = f"{runway_words(found[0].runway, today)} {trouble_words(found[0])}"
    return [_said(words), curve_chart(found, HEIGHT)]


def _budget(session: Session, today: date) -> list[Flowable]:
    year = find_year(session, today)
    if year is None:
        return []
    followed = follow(session, year, today)
    costs, income = followed.sums("6"), followed.sums("7")
    words = result_words(followed)
    places = ((tr("Budget"), 0), (tr("Réel à ce jour"), 2), (tr("Prévu"), 4), (tr("N-1"), 5))
    series = [
        Series(name, [Decimal(sums[place].cents // 100_000) for _, place in places])
        for name, sums in ((tr("Charges (k€)"), costs), (tr("Produits (k€)"), income))
    ]
    labels = [name for name, _ in places]
    return [_said(words), _roomy_bars(labels, series, words)]


def _resources(found: Sequence[Figure]) -> list[Flowable]:
    shares = {figure.indicator.key: figure.value for figure in found}
    if all(shares.get(key) is None for key, _ in FAMILIES):
        return []
    values = [(tr(title), shares.get(key) or Decimal(0)) for key, title in FAMILIES]
    heavy = [title for title, share in values[1:] if share > MOST]
    words = tr("Les repas apportent {share} des ressources ; aucune autre source ne passe 40 %.")
    if heavy:
        words = tr("Les repas apportent {share} des ressources ; {names} passe 40 %.")
    share = f"{number(values[0][1], 0)}{NBSP}%"
    words = words.format(share=share, names=", ".join(heavy))
    drawn = bar_chart(
        [title for title, _ in values],
        [Series(tr("Part en %"), [share for _, share in values])],
        alternative=words,
        height_mm=HEIGHT,
    )
    return [_said(words), drawn]


def _written(figure: Figure) -> str:
    if figure.value is None:
        return ""
    unit = figure.indicator.unit
    value = round_half_up(figure.value, 2) if unit == "€" else figure.value
    return number(value) + (f"{NBSP}{tr(unit)}" if unit else "")


def _figures(found: Sequence[Figure], before: Sequence[Figure]) -> list[Flowable]:
    """Return the figures beside those of money a year before; hygiene has no last year here."""
    last = {each.indicator.key: each for each in before if each.indicator.area != "hygiene"}
    rows: list[tuple[str, str, str]] = []
    for figure in found:
        if figure.value is not None:
            then = last.get(figure.indicator.key)
            words = tr(figure.indicator.title)
            rows.append((words, _written(figure), _written(then) if then else ""))
    half = -(-len(rows) // 2)
    pairs: list[Row] = [
        (*rows[place], *(rows[place + half] if place + half < len(rows) else ("", "", "")))
        for place in range(half)
    ]
    columns = [
        Column(tr("Chiffre"), 3.6),
        Column(tr("Période"), 1.5, Align.RIGHT),
        Column(tr("Un an avant"), 1.5, Align.RIGHT),
    ] * 2
    return [heading(tr("Équipe, hygiène, argent : les chiffres")), ruled_table(columns, pairs, 8)]


def _grants(session: Session, today: date) -> list[Flowable]:
    urgent = [grant for grant in followed_grants(session, today) if grant.is_urgent]
    if not urgent:
        return [small(tr("Aucun compte rendu de subvention n’est dû dans les soixante jours."))]
    lines = [
        f"{grant.title} ({grant.funder}, {money(grant.granted or Money(0))}) : {due_words(grant)}"
        for grant in urgent
    ]
    return [box(tr("Comptes rendus à envoyer"), lines)]


def _roomy_bars(labels: Sequence[str], series: Sequence[Series], words: str) -> Flowable:
    """Return bars whose values keep clear of the names above."""

    def draw(axes: "Axes") -> None:
        from cantine_desktop.documents.chart_shapes import draw_bars  # noqa: PLC0415  -- loads matplotlib

        draw_bars(axes, labels, series, 0, stacked=False)
        axes.set_ylim(0, 1.3 * axes.get_ylim()[1])

    return chart(draw, alternative=words, height_mm=HEIGHT + 4)


def _said(words: str) -> Flowable:
    """Return the sentence before a chart, close enough that six stand on a page."""
    return paragraph(words, SENTENCE)


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
