"""From the rows of a CSV file to statements: one for each account and currency, proven."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cantine_desktop.exchange.problems import Problem, whole_file
from cantine_desktop.finance.bank.amounts import is_exact, rounded, to_money
from cantine_desktop.finance.bank.csv_mapping import CsvMapping
from cantine_desktop.finance.bank.csv_parsed import Parsed
from cantine_desktop.finance.bank.csv_preamble import Said
from cantine_desktop.finance.bank.csv_profiles import FEE_APART, SIGNED
from cantine_desktop.finance.bank.csv_proving import Proven, Told, follow, moved, prove, signs_told
from cantine_desktop.finance.bank.csv_words import Role
from cantine_desktop.finance.bank.ibans import is_iban, plain_account
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.i18n import tr

_NAMES = {"€": "EUR", "$": "USD", "£": "GBP", "EURO": "EUR", "EUROS": "EUR"}
_MOST_BREAKS = 10


def statements_of(
    parsed: Sequence[Parsed],
    remarks: Sequence[Problem],
    mapping: CsvMapping,
    said: Said,
) -> Iterator[ReadStatement]:
    """Give a statement for each account and currency; remarks go with the first one."""
    groups: dict[tuple[str, str], list[Parsed]] = {}
    account = _only({row.account for row in parsed})
    currency = _only({row.currency for row in parsed})
    for row in parsed:
        key = (row.account or account, row.currency or currency)
        groups.setdefault(key, []).append(row)
    form = f"csv:{mapping.profile}"[:32]
    if not groups:
        empty = whole_file(tr("ce fichier ne contient aucune ligne"))
        yield ReadStatement(form, said.account, remarks=(*remarks, empty))
    left = list(remarks)
    for (number, unit), rows in groups.items():
        held = plain_account(number) or said.account
        read = _statement(rows, mapping, form, held, _NAMES.get(unit, unit)[:3] or "EUR")
        if len(groups) == 1:
            read = _with_balances(read, said)
        yield _with_remarks(read, left)
        left = []


def _only(values: set[str]) -> str:
    """Return the only value that is not empty; empty when there are several."""
    named = values - {""}
    return named.pop() if len(named) == 1 else ""


def _with_balances(read: ReadStatement, said: Said) -> ReadStatement:
    """Return a statement with the balances told apart from its rows, unless its rows tell them."""
    opening, closing = read.opening, read.closing
    if opening is None and closing is None:
        opening = to_money(said.opening) if said.opening is not None else None
        closing = to_money(said.closing) if said.closing is not None else None
    return replace(read, opening=opening, closing=closing)


def _with_remarks(read: ReadStatement, remarks: Sequence[Problem]) -> ReadStatement:
    return replace(read, remarks=(*remarks, *read.remarks))


def _statement(
    rows: Sequence[Parsed], mapping: CsvMapping, form: str, account: str, currency: str
) -> ReadStatement:
    booked = [row for row in rows if not row.is_pending]
    proven = prove([row.told for row in booked])
    is_single = mapping.column(Role.DEBIT) < 0 and mapping.column(Role.SIDE) < 0
    amounts, remarks = _amounts(rows, booked, proven, mapping, is_single=is_single)
    lines: list[ReadLine] = []
    for row in rows:
        amount = amounts[row.place]
        if not is_exact(amount):
            remarks.append(Problem(row.place, "", rounded(amount)))
        lines.append(row.as_line(amount))
    opening = closing = None
    if proven.is_proven:
        oldest, newest = (booked[0], booked[-1]) if proven.is_rising else (booked[-1], booked[0])
        if oldest.balance is not None:
            opening = to_money(oldest.balance - amounts[oldest.place])
        closing = to_money(newest.balance) if newest.balance is not None else None
    days = [row.day for row in booked] or [row.day for row in rows]
    return ReadStatement(
        form,
        account,
        account if is_iban(account) else "",
        currency,
        tuple(lines),
        min(days),
        max(days),
        opening,
        closing,
        tuple(remarks),
    )


def _amounts(
    rows: Sequence[Parsed],
    booked: Sequence[Parsed],
    proven: Proven,
    mapping: CsvMapping,
    *,
    is_single: bool,
) -> tuple[dict[int, Decimal], list[Problem]]:
    """Return what each row moves, by its line, and what the balances say against it."""
    told = [row.told for row in booked]
    remarks: list[Problem] = []
    apart = mapping.profile in FEE_APART if mapping.fee_apart is None else mapping.fee_apart
    sign = 1
    if proven.is_proven:
        apart = proven.fee_apart
        if proven.sign < 0 and is_single:
            sign = -1
        elif proven.sign < 0:
            remarks.append(whole_file(tr("les soldes disent l’inverse des débits et des crédits")))
    amounts = {row.place: moved(row.told, sign=sign, fee_apart=apart) for row in rows}
    is_unsigned = is_single and all(row.amount >= 0 for row in rows)
    if is_unsigned and proven.share < 1 and (signs := _signs(told)) is not None:
        return _signed_by_balances(booked, signs)
    if proven.is_proven:
        remarks.extend(_breaks(booked, proven))
    elif mapping.profile not in SIGNED and is_single and any(row.amount < 0 for row in rows):
        remarks.append(
            whole_file(
                tr("aucun solde ne prouve le sens : les montants négatifs sont pris comme sorties")
            )
        )
    elif (
        mapping.profile not in SIGNED
        and any(row.fee for row in rows)
        and mapping.column(Role.NET) < 0
    ):
        remarks.append(whole_file(tr("aucun solde ne prouve si les frais sont déjà déduits")))
    return amounts, remarks


def _signs(told: Sequence[Told]) -> list[int] | None:
    for is_rising in (True, False):
        found = signs_told(told, is_rising=is_rising)
        if found is not None:
            return found
    return None


def _signed_by_balances(
    booked: Sequence[Parsed], signs: Sequence[int]
) -> tuple[dict[int, Decimal], list[Problem]]:
    amounts: dict[int, Decimal] = {}
    remarks: list[Problem] = []
    for row, sign in zip(booked, signs, strict=True):
        amounts[row.place] = row.amount * (sign or 1)
        if not sign:
            text = tr("aucun solde ne précède cette ligne : son sens n’est pas prouvé")
            remarks.append(Problem(row.place, "", text))
    return amounts, remarks


def _breaks(booked: Sequence[Parsed], proven: Proven) -> list[Problem]:
    """Return the places where the balance does not follow the one before."""
    steps = follow(
        [row.told for row in booked],
        is_rising=proven.is_rising,
        sign=proven.sign,
        fee_apart=proven.fee_apart,
    )
    broken = sorted(booked[rank].place for is_right, rank in steps if not is_right)
    text = tr(
        "le solde de cette ligne ne suit pas celui d’avant : il manque une ligne, ou un montant"
    )
    return [Problem(place, "", text) for place in broken[:_MOST_BREAKS]]
