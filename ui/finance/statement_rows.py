"""The rows of the statements on screen."""

from collections.abc import Sequence

from cantine_desktop.finance.statements.dedicated import Fund
from cantine_desktop.finance.statements.layout import Kind
from cantine_desktop.finance.statements.tables import BalanceSheet, Result, StatementRow
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.finance.rows_table import ShownRow, exact
from ui.kit.table import Column


def result_columns() -> list[Column]:
    """Return the columns of the result."""
    return [
        Column(tr("Compte de résultat"), 560),
        Column(tr("Exercice (€)"), 130, "right"),
        Column(tr("Exercice précédent (€)"), 160, "right"),
        Column(tr("Budget (€)"), 130, "right"),
    ]


def result_rows(found: Result) -> list[ShownRow]:
    """Return the lines of a result that hold something, its heads and totals."""
    return [_row(row, row.values) for row in kept_rows(found.rows)]


def balance_columns() -> list[Column]:
    """Return the columns of the balance sheet."""
    return [
        Column(tr("Bilan"), 500),
        Column(tr("Brut (€)"), 120, "right"),
        Column(tr("Amortissements (€)"), 140, "right"),
        Column(tr("Net (€)"), 120, "right"),
        Column(tr("Net précédent (€)"), 140, "right"),
    ]


def balance_rows(sheet: BalanceSheet) -> list[ShownRow]:
    """Return what is owned, then what is owed."""
    rows = [ShownRow(None, (tr("ACTIF"), "", "", "", ""), is_strong=True, tone="primary")]
    rows += [_row(row, row.values) for row in kept_rows(sheet.assets)]
    rows.append(ShownRow(None, (tr("PASSIF"), "", "", "", ""), is_strong=True, tone="primary"))
    for row in kept_rows(sheet.liabilities):
        shown = _row(row, row.values)
        name, now, before = shown.texts
        rows.append(
            ShownRow(
                shown.key, (name, "", "", now, before), is_strong=shown.is_strong, tone=shown.tone
            )
        )
    return rows


def fund_columns() -> list[Column]:
    """Return the columns of the table of dedicated funds."""
    return [
        Column(tr("Projet"), 320),
        Column(tr("Compte"), 80),
        Column(tr("À l’ouverture (€)"), 130, "right"),
        Column(tr("Reports (€)"), 120, "right"),
        Column(tr("Utilisations (€)"), 120, "right"),
        Column(tr("À la clôture (€)"), 130, "right"),
    ]


def fund_rows(funds: Sequence[Fund]) -> list[ShownRow]:
    """Return the dedicated funds, with their total."""
    rows = [
        ShownRow(
            fund,
            (
                f"{fund.project} {fund.title}".strip() or tr("Sans projet"),
                fund.account,
                exact(fund.opening),
                exact(fund.carried),
                exact(fund.used),
                exact(fund.closing),
            ),
        )
        for fund in funds
    ]
    if not rows:
        return []
    sums = [
        Money(sum(getattr(fund, name).cents for fund in funds))
        for name in ("opening", "carried", "used", "closing")
    ]
    total = (tr("Total"), "", *(exact(amount) for amount in sums))
    return [*rows, ShownRow(None, total, is_strong=True)]


def kept_rows(rows: Sequence[StatementRow]) -> list[StatementRow]:
    """Return the lines that hold something, and the heads and totals around them."""
    kept: list[StatementRow] = []
    for place, row in enumerate(rows):
        if row.kind is Kind.HEAD:
            inside = _inside(rows, place)
            if any(not one.is_empty for one in inside):
                kept.append(row)
        elif not row.is_empty or (row.kind is Kind.TOTAL and row.key == "result"):
            kept.append(row)
    return kept


def _inside(rows: Sequence[StatementRow], place: int) -> list[StatementRow]:
    found: list[StatementRow] = []
    for row in rows[place + 1 :]:
        if row.kind is Kind.HEAD:
            break
        if row.kind is Kind.LEAF:
            found.append(row)
    return found


def _row(row: StatementRow, values: Sequence[Money]) -> ShownRow:
    indent = {Kind.LEAF: "    ", Kind.OF_WHICH: "        "}.get(row.kind, "")
    texts = (indent + row.title, *(exact(value) for value in values))
    is_strong = row.kind in {Kind.HEAD, Kind.TOTAL}
    tone = "primary" if row.kind is Kind.HEAD else "muted" if row.kind is Kind.OF_WHICH else ""
    return ShownRow(row if row.accounts else None, texts, is_strong=is_strong, tone=tone)
