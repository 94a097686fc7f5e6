"""Guessing what the columns of a bank file mean: headings first, then what the cells hold."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cantine_desktop.finance.bank.amounts import AmountError, decimal_mark, to_decimal
from cantine_desktop.finance.bank.csv_mapping import CsvMapping, Sample, Sign
from cantine_desktop.finance.bank.csv_profiles import SIGNED, profile_of
from cantine_desktop.finance.bank.csv_table import Row, Table
from cantine_desktop.finance.bank.csv_words import Role, meaning_of, plain_heading
from cantine_desktop.finance.bank.days import named_day, orders_of, parts_of
from cantine_desktop.i18n import tr

HEADING_SEARCH = 60
SAMPLE_ROWS = 200
DAYS = (Role.DAY, Role.OPERATION_DAY, Role.VALUE_DAY)
AMOUNTS = (Role.AMOUNT, Role.RECEIVED, Role.DEBIT, Role.CREDIT, Role.NET, Role.FEE, Role.BALANCE)
_ESSENTIAL = (Role.AMOUNT, Role.DEBIT, Role.CREDIT, Role.NET)
_FRENCH = re.compile(r"libell|montant|débit|crédit|solde|opération", re.IGNORECASE)
_ENGLISH = re.compile(
    r"amount|description|details|balance|currency|posted|transaction", re.IGNORECASE
)


class Guess(NamedTuple):
    """What a file most likely is.

    Attributes:
        heading: Rank of the row of headings; -1 when there is none.
        questions: What a person should confirm; empty when all is told by the file.
    """

    mapping: CsvMapping
    heading: int
    sample: Sample
    questions: tuple[str, ...]


def guess(table: Table) -> Guess:
    """Guess what the columns of a table mean."""
    heading = find_headings(table)
    is_known = heading >= 0
    if not is_known:
        heading = _strange_headings(table)
    headings = table.rows[heading].cells if heading >= 0 else ()
    body = table.rows[heading + 1 : heading + 1 + SAMPLE_ROWS]
    columns = _by_headings(headings, body) if is_known else _by_cells(body)
    profile = profile_of(headings)
    width = max((len(row.cells) for row in body), default=len(headings))
    orders = orders_of(_cells(body, _first(columns, *DAYS)))
    mapping = CsvMapping(
        profile=profile,
        headings=tuple(map(plain_heading, headings)),
        width=width,
        columns=columns,
        order=orders[0] if orders else "dmy",
    )
    questions = _questions(mapping, headings if is_known else (), body, orders)
    sample = Sample(headings, tuple(row.cells for row in body[:12]))
    return Guess(mapping, heading, sample, questions)


def find_headings(table: Table) -> int:
    """Return the rank of the row that names the columns; -1 when no row does."""
    best, found = 0, -1
    for rank, row in enumerate(table.rows[:HEADING_SEARCH]):
        if any(parts_of(cell) or re.search(r"\d[.,]\d\d$", cell) for cell in row.cells):
            continue
        meanings = [meaning_of(cell) for cell in row.cells]
        roles = {meaning.role for meaning in meanings if meaning is not None}
        has_day = any(role in roles for role in DAYS)
        score = len(roles) + 2 * has_day + 2 * any(role in roles for role in _ESSENTIAL)
        is_enough = has_day and len(roles) >= 3 and any(role in roles for role in _ESSENTIAL)
        if is_enough and score > best:
            best, found = score, rank
    return found


def _strange_headings(table: Table) -> int:
    """Return the rank of headings in words nobody knows: just above the first row of figures."""
    for rank, row in enumerate(table.rows[:HEADING_SEARCH]):
        has_day = any(parts_of(cell) or named_day(cell) for cell in row.cells)
        if has_day and any(_is_amount(cell, ".") for cell in row.cells):
            above = table.rows[rank - 1].cells if rank else ()
            is_heading = len(above) >= 3 and not any(re.search(r"\d", cell) for cell in above)
            return rank - 1 if is_heading else -1
    return -1


def _first(columns: dict[Role, tuple[int, ...]], *roles: Role) -> int:
    return next((columns[role][0] for role in roles if columns.get(role)), -1)


def _cells(body: Sequence[Row], column: int) -> list[str]:
    return [row.cell(column) for row in body] if column >= 0 else []


def _by_headings(headings: Sequence[str], body: Sequence[Row]) -> dict[Role, tuple[int, ...]]:
    """Return the columns of each role; a heading is believed when its cells do not belie it."""
    ranked: dict[Role, list[tuple[bool, int, int]]] = {}
    for column, heading in enumerate(headings):
        meaning = meaning_of(heading)
        cells = [cell for cell in _cells(body, column) if cell]
        role = _confirmed(meaning.role, cells) if meaning is not None else None
        if meaning is not None and role is not None:
            is_empty = not cells and role is not Role.LABEL
            ranked.setdefault(role, []).append((is_empty, meaning.rank, column))
    return {
        role: tuple(column for _empty, _rank, column in sorted(columns))
        for role, columns in ranked.items()
    }


def _confirmed(role: Role, cells: Sequence[str]) -> Role | None:
    """Return the role a column plays, once its cells have been looked at."""
    if role is Role.VALUE_DAY and cells and _are_currencies(cells):
        return Role.CURRENCY
    if role is Role.SIDE and not any(side_of(cell) for cell in cells):
        return Role.CODE
    is_believed = not cells
    if role in DAYS:
        is_believed = is_believed or _are_days(cells)
    elif role in AMOUNTS:
        is_believed = is_believed or _are_amounts(cells, 0.4)
    elif role is Role.CURRENCY:
        is_believed = is_believed or _are_currencies(cells)
    else:
        is_believed = role is not Role.ACCOUNT or not any("," in cell for cell in cells)
    if not is_believed and role in {Role.DEBIT, Role.CREDIT}:
        return Role.DETAILS
    return role if is_believed else None


def _by_cells(body: Sequence[Row]) -> dict[Role, tuple[int, ...]]:
    """Return the columns of a file without headings, by what their cells look like."""
    width = max((len(row.cells) for row in body), default=0)
    days: list[int] = []
    amounts: list[int] = []
    texts: list[tuple[float, int]] = []
    found: dict[Role, tuple[int, ...]] = {}
    for column in range(width):
        cells = [cell for cell in _cells(body, column) if cell]
        if not cells:
            continue
        if _are_days(cells):
            days.append(column)
        elif _are_amounts(cells) and any(re.search(r"[.,]\d{1,2}\D*$", cell) for cell in cells):
            amounts.append(column)
        elif _are_currencies(cells):
            found.setdefault(Role.CURRENCY, (column,))
        else:
            texts.append((sum(map(len, cells)) / len(cells), column))
    if days:
        found[Role.DAY] = (days[0],)
        found.update({Role.VALUE_DAY: (days[1],)} if len(days) > 1 else {})
    if texts:
        ranked = [column for _length, column in sorted(texts, reverse=True)]
        found[Role.LABEL] = (ranked[0],)
        found.update({Role.DETAILS: tuple(ranked[1:])} if ranked[1:] else {})
    return found | _amount_roles(body, amounts)


def _amount_roles(body: Sequence[Row], amounts: list[int]) -> dict[Role, tuple[int, ...]]:
    """Return the part each column of amounts plays: one of two filled in turn is a debit."""
    if len(amounts) >= 2:
        first, second = amounts[:2]
        both = sum(bool(row.cell(first)) and bool(row.cell(second)) for row in body)
        if not both:
            filled = [sum(bool(row.cell(each)) for row in body) for each in (first, second)]
            debit, credit = (first, second) if filled[0] >= filled[1] else (second, first)
            roles: dict[Role, tuple[int, ...]] = {Role.DEBIT: (debit,), Role.CREDIT: (credit,)}
            return roles | ({Role.BALANCE: (amounts[2],)} if amounts[2:] else {})
        return {Role.AMOUNT: (first,), Role.BALANCE: (amounts[-1],)}
    return {Role.AMOUNT: (amounts[0],)} if amounts else {}


def _are_days(cells: Sequence[str]) -> bool:
    return sum((parts_of(c) or named_day(c)) is not None for c in cells) >= 0.6 * len(cells)


def _are_currencies(cells: Sequence[str]) -> bool:
    return all(re.fullmatch(r"[A-Za-z]{3}|[€$£]|Euros?", cell) for cell in cells)


def _are_amounts(cells: Sequence[str], share: float = 0.8) -> bool:
    """Tell whether cells are amounts, a share of them at least."""
    mark = decimal_mark(cells) or "."
    return sum(_is_amount(cell, mark) for cell in cells) >= share * len(cells)


def _is_amount(cell: str, mark: str) -> bool:
    if re.fullmatch(r"[A-Za-z]{2,3}\d{6,}|\d{9,}", cell.replace(" ", "")):
        return False
    try:
        to_decimal(cell, mark)
    except AmountError:
        return False
    return True


_OUT = frozenset([
    "d",
    "db",
    "dr",
    "debit",
    "debits",
    "out",
    "outflow",
    "s",
    "soll",
    "af",
    "sortie",
    "-",
    "depense",
    "withdrawal",
    "kiadas",
    "uscita",
    "cargo",
    "dbit",
    "debet",
    "addebito",
    "debito",
    "paiement",
    "expense",
    "minus",
    "belastung",
    "terheles",
])
_IN = frozenset([
    "c",
    "cr",
    "cb",
    "credit",
    "credits",
    "in",
    "inflow",
    "h",
    "haben",
    "bij",
    "entree",
    "+",
    "recette",
    "deposit",
    "bevetel",
    "entrata",
    "abono",
    "crdt",
    "accredito",
    "credito",
    "income",
    "plus",
    "gutschrift",
    "jovairas",
])


def side_of(cell: str) -> int:
    """Return 1 for a word that says money comes in, -1 for one that says it goes out, 0 else."""
    plain = plain_heading(cell) or cell.strip()
    return -1 if plain in _OUT else int(plain in _IN)


def _questions(
    mapping: CsvMapping, headings: Sequence[str], body: Sequence[Row], orders: Sequence[str]
) -> tuple[str, ...]:
    """Return what the file does not tell by itself."""
    asked: list[str] = []
    if _first(mapping.columns, *DAYS) < 0:
        asked.append(tr("Quelle colonne est la date ?"))
    if _first(mapping.columns, *_ESSENTIAL) < 0:
        asked.append(tr("Quelle colonne est le montant ?"))
    if not headings and not asked:
        asked.append(
            tr("Ce fichier n’a pas de titres de colonnes : vérifiez ce qu’elles contiennent.")
        )
    words = " ".join(headings)
    if {"dmy", "mdy"} <= set(orders) and _ENGLISH.search(words) and not _FRENCH.search(words):
        asked.append(tr("Les dates commencent-elles par le jour ou par le mois ?"))
    if mapping.is_complete and _is_sign_unsure(mapping, body):
        asked.append(tr("Ces montants entrent-ils sur le compte, ou en sortent-ils ?"))
    return tuple(asked)


def _is_sign_unsure(mapping: CsvMapping, body: Sequence[Row]) -> bool:
    """Tell whether nothing says which way the amounts go: one column, no minus, no balance."""
    if mapping.profile in SIGNED or mapping.sign is not Sign.AS_WRITTEN:
        return False
    if mapping.column(Role.DEBIT) >= 0 or mapping.column(Role.SIDE) >= 0:
        return False
    cells = [cell for cell in _cells(body, mapping.column(Role.NET, Role.AMOUNT)) if cell]
    has_minus = any(re.search(r"[-−(]|DR|DB", cell) for cell in cells)
    balances = [cell for cell in _cells(body, mapping.column(Role.BALANCE)) if cell]
    return not has_minus and len(balances) < 2
