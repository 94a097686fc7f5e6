"""Guessing what the columns of a bank file mean: headings first, then what the cells hold."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cantine_desktop.finance.bank.csv_cells import (
    are_amounts,
    are_currencies,
    are_days,
    cells_of,
    is_amount,
)
from cantine_desktop.finance.bank.csv_headless import read_headless
from cantine_desktop.finance.bank.csv_mapping import CsvMapping, Sample, Sign
from cantine_desktop.finance.bank.csv_profiles import FOREIGN_ACCOUNT, SHAPES, SIGNED, profile_of
from cantine_desktop.finance.bank.csv_table import Row, Table
from cantine_desktop.finance.bank.csv_words import Role, meaning_of, plain_heading
from cantine_desktop.finance.bank.days import named_day, orders_of, parts_of
from cantine_desktop.i18n import tr

HEADING_SEARCH = 60
MOST_ACCOUNTS = 5
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
        start: Rank of the first row below; what stands above speaks of the account.
        questions: What a person should confirm; empty when all is told by the file.
    """

    mapping: CsvMapping
    heading: int
    start: int
    sample: Sample
    questions: tuple[str, ...]


def guess(table: Table) -> Guess:
    """Guess what the columns of a table mean."""
    heading = find_headings(table)
    is_known = heading >= 0
    if not is_known:
        heading = _strange_headings(table)
    headings = table.rows[heading].cells if heading >= 0 else ()
    start, profile, columns = heading + 1, profile_of(headings), {}
    if is_known:
        columns = _by_headings(headings, table.rows[start : start + SAMPLE_ROWS])
    else:
        below, shape, columns = read_headless(table.rows[start : start + SAMPLE_ROWS])
        start, profile = start + below, (shape if heading < 0 else "") or profile
    if profile in FOREIGN_ACCOUNT:
        columns.pop(Role.ACCOUNT, None)
    body = table.rows[start : start + SAMPLE_ROWS]
    width = max((len(row.cells) for row in body), default=len(headings))
    orders = orders_of(cells_of(body, _first(columns, *DAYS)))
    mapping = CsvMapping(
        profile=profile,
        headings=tuple(map(plain_heading, headings)),
        width=width,
        columns=columns,
        order=orders[0] if orders else "dmy",
    )
    is_named = is_known or profile in SHAPES
    questions = _questions(mapping, headings if is_known else (), body, orders, is_named=is_named)
    sample = Sample(headings, tuple(row.cells for row in body[:12]))
    return Guess(mapping, heading, start, sample, questions)


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
        if has_day and any(is_amount(cell, ".") for cell in row.cells):
            above = table.rows[rank - 1].cells if rank else ()
            is_heading = len(above) >= 3 and not any(re.search(r"\d", cell) for cell in above)
            return rank - 1 if is_heading else -1
    return -1


def _first(columns: dict[Role, tuple[int, ...]], *roles: Role) -> int:
    return next((columns[role][0] for role in roles if columns.get(role)), -1)


def _by_headings(headings: Sequence[str], body: Sequence[Row]) -> dict[Role, tuple[int, ...]]:
    """Return the columns of each role; a heading is believed when its cells do not belie it."""
    ranked: dict[Role, list[tuple[bool, int, int]]] = {}
    for column, heading in enumerate(headings):
        meaning = meaning_of(heading)
        cells = [cell for cell in cells_of(body, column) if cell]
        role = _confirmed(meaning.role, cells) if meaning is not None else None
        if meaning is not None and role is not None:
            is_empty = not cells and role is not Role.LABEL
            if role is Role.ACCOUNT and not _is_own(cells, body):
                role = Role.DETAILS
            ranked.setdefault(role, []).append((is_empty, meaning.rank, column))
    if Role.LABEL not in ranked:
        ranked[Role.LABEL] = [(False, 0, column) for column in _words(headings, body, ranked)]
    return {
        role: tuple(column for _empty, _rank, column in sorted(columns))
        for role, columns in ranked.items()
        if columns
    }


def _is_own(cells: Sequence[str], body: Sequence[Row]) -> bool:
    """Tell whether a column holds the account of the file, and not whom each row pays."""
    is_full = len(cells) >= 0.8 * len(body)
    return is_full and len(set(cells)) <= max(MOST_ACCOUNTS, len(cells) // 5)


def _words(
    headings: Sequence[str],
    body: Sequence[Row],
    ranked: Mapping[Role, Sequence[tuple[bool, int, int]]],
) -> list[int]:
    """Return the column that holds most words among those nobody knows."""
    known = {column for columns in ranked.values() for _empty, _rank, column in columns}
    lengths = [
        (sum(map(str.isalpha, "".join(cells))), -column)
        for column in range(len(headings))
        if column not in known and not are_amounts(cells := cells_of(body, column))
    ]
    return [-column for length, column in sorted(lengths)[-1:] if length]


def _confirmed(role: Role, cells: Sequence[str]) -> Role | None:
    """Return the role a column plays, once its cells have been looked at."""
    if role is Role.VALUE_DAY and cells and are_currencies(cells):
        return Role.CURRENCY
    if role is Role.SIDE and not any(side_of(cell) for cell in cells):
        return Role.CODE
    is_believed = not cells
    if role in DAYS:
        is_believed = is_believed or are_days(cells)
    elif role in AMOUNTS:
        is_believed = is_believed or are_amounts(cells, 0.4)
    elif role is Role.CURRENCY:
        is_believed = is_believed or are_currencies(cells)
    else:
        is_believed = role is not Role.ACCOUNT or not any("," in cell for cell in cells)
    if not is_believed and role in {Role.DEBIT, Role.CREDIT}:
        return Role.DETAILS
    return role if is_believed else None


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
    mapping: CsvMapping,
    headings: Sequence[str],
    body: Sequence[Row],
    orders: Sequence[str],
    *,
    is_named: bool,
) -> tuple[str, ...]:
    """Return what the file does not tell by itself."""
    asked: list[str] = []
    if _first(mapping.columns, *DAYS) < 0:
        asked.append(tr("Quelle colonne est la date ?"))
    if _first(mapping.columns, *_ESSENTIAL) < 0:
        asked.append(tr("Quelle colonne est le montant ?"))
    if not is_named and not asked:
        asked.append(
            tr("Ce fichier n’a pas de titres de colonnes : vérifiez ce qu’elles contiennent.")
        )
    words = " ".join(headings)
    if {"dmy", "mdy"} <= set(orders) and _ENGLISH.search(words) and not _FRENCH.search(words):
        asked.append(tr("Les dates commencent-elles par le jour ou par le mois ?"))
    if mapping.is_complete and _is_sign_unsure(mapping, body):
        asked.append(tr("Ces montants entrent-ils sur le compte, ou en sortent-ils ?"))
    return tuple(asked)


def _is_sign_unsure(mapping: CsvMapping, body: Sequence[Row]) -> bool:
    """Tell whether nothing says which way the amounts go: one column, no minus, no balance."""
    if mapping.profile in SIGNED or mapping.sign is not Sign.AS_WRITTEN:
        return False
    if mapping.column(Role.DEBIT) >= 0 or mapping.column(Role.SIDE) >= 0:
        return False
    cells = [cell for cell in cells_of(body, mapping.column(Role.NET, Role.AMOUNT)) if cell]
    has_minus = any(re.search(r"[-−(]|DR|DB", cell) for cell in cells)
    balances = [cell for cell in cells_of(body, mapping.column(Role.BALANCE)) if cell]
    return not has_minus and len(balances) < 2
