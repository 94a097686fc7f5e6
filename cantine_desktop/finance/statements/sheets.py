"""The result, the balance sheet and the annexes on paper (D31)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Document
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.finance.chart.numbering import Numbering
from cantine_desktop.finance.ledger.model import Entry, FiscalYear
from cantine_desktop.finance.ledger.years import find_year, year_shown
from cantine_desktop.finance.statements.dedicated import Fund, dedicated_funds
from cantine_desktop.finance.statements.franchise import gauge, gauge_words
from cantine_desktop.finance.statements.layout import Kind
from cantine_desktop.finance.statements.policy import (
    DISCLAIMER,
    VAT_TITLES,
    Policy,
    consequences,
    policy,
)
from cantine_desktop.finance.statements.tables import (
    BalanceSheet,
    Result,
    StatementRow,
    balance_sheet,
    result,
)
from cantine_desktop.i18n import money, number, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP

SIZE = 9.0


def amount(value: Money) -> str:
    """Return an amount for a column in euros; nothing for zero."""
    return number(value.euros) if value else ""


def year_asked(session: Session, period: Period) -> FiscalYear:
    """Return the fiscal year a period is about; the calendar year where none was opened."""
    return find_year(session, period.first) or year_shown(session, period.last)


def year_words(year: FiscalYear, until: date | None) -> str:
    """Return a year in words, and up to which day it is counted."""
    words = tr("exercice du {first} au {last}").format(
        first=short_day(year.first), last=short_day(year.period.last)
    )
    return words + (tr(", arrêté au {day}").format(day=short_day(until)) if until else "")


def write_statements(
    session: Session,
    year: FiscalYear,
    planned: Mapping[str, Money] | None,
    now: datetime,
    target: IO[bytes],
) -> None:
    """Write the result, the balance sheet, dedicated funds and the hypotheses of a year.

    Args:
        session: A session that reads.
        year: The year.
        planned: Budget by beginning of accounts; ``None`` leaves its column out.
        now: The present instant.
        target: Where the PDF goes.
    """
    today = civil_date(now)
    until = today if today in year.period else None
    before = today + DAY if until else None
    found = result(session, year, before=before, planned=planned)
    sheet = balance_sheet(session, year, before=before)
    story: list[Flowable] = [
        heading(tr("Compte de résultat")),
        result_table(found),
        PageBreak(),
        heading(tr("Bilan : actif")),
        _assets(sheet),
        heading(tr("Bilan : passif")),
        _liabilities(sheet),
        PageBreak(),
        *_annexes(session, year, before, today),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Compte de résultat et bilan"),
        year_words(year, until),
        now,
        footer=_footer(session, year),
    )
    write_document(target, frame, story)


def _footer(session: Session, year: FiscalYear) -> str:
    """Say which layout this is, and how firm its entries are."""
    drafts = session.scalar(
        select(func.count(Entry.id)).where(Entry.fiscal_year_id == year.id, Entry.number.is_(None))
    )
    layout = (
        tr("Présentation ANC 2018-06, comptes de l’ANC 2022-06, de mémoire : à faire confirmer.")
        if year.numbering is Numbering.FROM_2025
        else tr("Présentation ANC 2018-06, de mémoire : à faire confirmer.")
    )
    if drafts:
        words = trn(
            "{n} écriture en brouillon comprise.", "{n} écritures en brouillon comprises.", drafts
        )
    elif year.is_sealed:
        words = tr("Exercice clos, écritures toutes validées.")
    else:
        words = tr("Écritures toutes validées.")
    return f"{layout} {words}"


def result_table(found: Result) -> Flowable:
    """Return the result as a table: this year, the one before, the budget when there is one."""
    columns = [
        Column(tr("Exercice (€)"), 1.6, Align.RIGHT),
        Column(tr("Précédent (€)"), 1.6, Align.RIGHT),
        Column(tr("Budget (€)"), 1.6, Align.RIGHT),
    ]
    places = [0, *([1] if found.has_previous else []), *([2] if found.has_budget else [])]
    return _table(Column("", 5), columns, found.rows, places)


def _table(
    first: Column, columns: Sequence[Column], rows: Sequence[StatementRow], places: Sequence[int]
) -> Flowable:
    """Return a statement with some of its columns only: a year before there is not is none."""
    shown = [first, *(columns[place] for place in places)]
    return ruled_table(shown, _rows(rows, places), SIZE)


def _assets(sheet: BalanceSheet) -> Flowable:
    columns = [
        Column(tr("Brut (€)"), 1.5, Align.RIGHT),
        Column(tr("Amort. (€)"), 1.5, Align.RIGHT),
        Column(tr("Net (€)"), 1.5, Align.RIGHT),
        Column(tr("Précédent (€)"), 1.5, Align.RIGHT),
    ]
    places = [0, 1, 2, *([3] if sheet.has_previous else [])]
    return _table(Column("", 4.4), columns, sheet.assets, places)


def _liabilities(sheet: BalanceSheet) -> Flowable:
    columns = [
        Column(tr("Exercice (€)"), 1.6, Align.RIGHT),
        Column(tr("Précédent (€)"), 1.6, Align.RIGHT),
    ]
    places = [0, *([1] if sheet.has_previous else [])]
    return _table(Column("", 6), columns, sheet.liabilities, places)


def _rows(rows: Sequence[StatementRow], places: Sequence[int]) -> list[Row]:
    """Return heads and numbered totals, all of them, and the lines that hold something."""
    found: list[Row] = []
    for row in rows:
        values = [row.values[place] for place in places]
        if row.kind is Kind.HEAD:
            found.append(Band(row.title))
        elif row.kind is Kind.TOTAL:
            found.append(Total((row.title, *(number(value.euros) for value in values))))
        elif not row.is_empty:
            indent = 4 * NBSP if row.kind is Kind.OF_WHICH else ""
            found.append((indent + row.title, *map(amount, values)))
    return found


def _annexes(
    session: Session, year: FiscalYear, before: date | None, today: date
) -> list[Flowable]:
    decided = policy(session)
    return [
        heading(tr("Variation des fonds dédiés")),
        fund_table(dedicated_funds(session, year, before)),
        heading(tr("Contributions volontaires en nature : hypothèses")),
        box("", hypotheses(decided)),
        heading(tr("TVA et impôts commerciaux")),
        paragraph(tr(VAT_TITLES[decided.vat])),
        box("", consequences(decided.vat)),
        paragraph(gauge_words(gauge(session, min(today, year.period.last)))),
        small(tr(DISCLAIMER)),
    ]


def hypotheses(decided: Policy) -> list[str]:
    """Return what hours and food given are valued by, one sentence each."""
    hours = (
        tr("Heures de bénévolat : {rate} l’heure. {basis}.").format(
            rate=money(decided.volunteer_rate), basis=decided.volunteer_basis
        )
        if decided.volunteer_rate
        else tr("Heures de bénévolat : aucune valeur horaire décidée.")
    )
    food = (
        tr("Denrées données : {rate} le kilo. {basis}.").format(
            rate=money(decided.food_rate), basis=decided.food_basis
        )
        if decided.food_rate
        else tr("Denrées données : valeur estimée à chaque don, aucune valeur au kilo décidée.")
    )
    return [hours, food]


def fund_table(funds: Sequence[Fund]) -> Flowable:
    """Return the dedicated funds of a year as a table, with their total."""
    if not funds:
        return paragraph(tr("Aucun fonds dédié."))
    columns = [
        Column(tr("Projet"), 4),
        Column(tr("Compte"), 1),
        Column(tr("À l’ouverture (€)"), 1.5, Align.RIGHT),
        Column(tr("Reports (€)"), 1.5, Align.RIGHT),
        Column(tr("Utilisations (€)"), 1.5, Align.RIGHT),
        Column(tr("À la clôture (€)"), 1.5, Align.RIGHT),
    ]
    rows: list[Row] = [
        (
            f"{fund.project} {fund.title}".strip() or tr("Sans projet"),
            fund.account,
            amount(fund.opening),
            amount(fund.carried),
            amount(fund.used),
            amount(fund.closing),
        )
        for fund in funds
    ]
    sums = [
        Money(sum(getattr(fund, name).cents for fund in funds))
        for name in ("opening", "carried", "used", "closing")
    ]
    rows.append(Total((tr("Total"), "", *map(amount, sums))))
    return ruled_table(columns, rows, SIZE)


DOCUMENTS: tuple[Document, ...] = ()
"""The statements are offered with the budget beside them: see ``budget.sheets``."""
