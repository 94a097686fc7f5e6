"""Taking cash and cheques to the bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.chain import Happening, append
from cantine_desktop.finance.cash.denominations import Pieces, refuse_impossible, total_of
from cantine_desktop.finance.cash.holdings import refuse_overdraw
from cantine_desktop.finance.cash.model import (
    CashDeposit,
    Cheque,
    ChequeSlip,
    DepositLine,
    EventKind,
    SlipLine,
)
from cantine_desktop.finance.cash.taking_back import keep_taken_back, refuse_twice, take_back
from cantine_desktop.finance.cash.waiting import WaitingCheques, waiting_cheques
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.postings.movements import post_cash_deposit
from cantine_desktop.i18n import money, tr
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

DEPOSITS = "cash_deposit"
SLIPS = "cheque_slip"


@dataclass(frozen=True)
class ChequeFacts:
    """A cheque taken to the bank.

    Attributes:
        number: Its number, or empty.
        bank: Bank it is drawn on, or empty.
        drawer: Who signed it, or empty.
    """

    amount: Money
    number: str = ""
    bank: str = ""
    drawer: str = ""


def deposit_cash(
    session: Session,
    day: date,
    amount: Money,
    now: datetime,
    bag: str = "",
    *,
    bank: str = "",
    pieces: Mapping[Money, int] | None = None,
) -> CashDeposit:
    """Take cash out of the till for the bank: 580 holds it until the bank shows it.

    Args:
        session: The session of an action.
        day: Day it leaves the till.
        amount: How much, more than nothing.
        now: Present instant, aware.
        bag: Number of the bag or envelope.
        bank: Bank it goes to, in words.
        pieces: Notes and coins, by value; they sum to the amount. ``None`` when not told.

    Raises:
        UserError: The till does not hold it that day or would lack it later, or the notes and
            coins do not sum to it.
    """
    lines = _counted(amount, pieces or {})
    reference = f"RE{day.year}-{next_number(session, 'cash-deposit', day.year):03d}"
    entry = post_cash_deposit(session, day, amount, reference, None)
    deposit = CashDeposit(
        reference=reference,
        day=day,
        amount=amount,
        entry_id=entry.id,
        bag=bag.strip(),
        bank=bank.strip(),
    )
    deposit.lines = lines
    session.add(deposit)
    session.flush()
    entry.origin_table, entry.origin_key = DEPOSITS, deposit.id
    refuse_overdraw(session, day)
    seal(session, [deposit], now)
    content = {"reference": reference, "amount": amount.cents, "bag": deposit.bag}
    append(
        session,
        Happening(EventKind.DEPOSIT, day, (DEPOSITS, deposit.id), cash=-amount, content=content),
        now,
    )
    return deposit


def _counted(amount: Money, pieces: Mapping[Money, int]) -> list[DepositLine]:
    """Return the lines of a deposit.

    Raises:
        UserError: It is of nothing, or the notes and coins do not sum to it.
    """
    if amount.cents <= 0:
        raise UserError(tr("Une remise d’espèces est d’un montant positif."))
    parts = {d: Pieces(quantity=n) for d, n in pieces.items() if n}
    refuse_impossible(parts)
    if parts and total_of(parts) != amount:
        raise UserError(
            tr("Billets et pièces font {counted}, la remise {amount}.").format(
                counted=money(total_of(parts)), amount=money(amount)
            )
        )
    return [
        DepositLine(denomination=d, quantity=p.quantity)
        for d, p in sorted(parts.items(), reverse=True)
    ]


def take_deposit_back(
    session: Session, deposit_id: int, day: date, reason: str, now: datetime
) -> CashDeposit:
    """Put a deposit back into the till: it never left, or was written twice.

    Args:
        session: The session of an action.
        deposit_id: The deposit.
        day: Day of the correction.
        reason: Why, in a few words.
        now: Present instant, aware.

    Raises:
        UserError: It was taken back already, or no reason is given.
    """
    wrong = session.get_one(CashDeposit, deposit_id)
    refuse_twice(session, wrong, reason)
    number = next_number(session, "cash-deposit", day.year)
    entry = take_back(session, wrong.entry_id, day, reason)
    back = CashDeposit(
        reference=f"RE{day.year}-{number:03d}",
        day=day,
        amount=-wrong.amount,
        entry_id=entry.id,
        bag=wrong.bag,
        bank=wrong.bank,
        cancels_id=wrong.id,
    )
    keep_taken_back(session, wrong, back, EventKind.DEPOSIT, reason, now, cash=wrong.amount)
    return back


def deposit_cheques(
    session: Session,
    day: date,
    what: Sequence[int | ChequeFacts],
    now: datetime,
    *,
    bank: str = "",
) -> ChequeSlip:
    """Make the slip of cheques that go to the bank; they wait on 511200 until it shows them.

    Args:
        session: The session of an action.
        day: Day of the slip.
        what: Keys of lines of the ledger that wait on 511200, the cheques themselves, or both.
            Without keys the oldest lines are taken, and the last of them is split when only a
            part of it goes.
        now: Present instant, aware.
        bank: Bank and account it goes to, in words.

    Raises:
        UserError: There is nothing to take, a line does not wait, or the cheques are worth more
            than what waits.
    """
    cheques = [each for each in what if isinstance(each, ChequeFacts)]
    if any(cheque.amount.cents <= 0 for cheque in cheques):
        raise UserError(tr("Un chèque est d’un montant positif."))
    lines = _chosen(session, day, [each for each in what if isinstance(each, int)], cheques)
    total = Money(sum(each.amount.cents for each in cheques or lines))
    reference = f"RC{day.year}-{next_number(session, 'cheque-slip', day.year):03d}"
    slip = ChequeSlip(reference=reference, day=day, total=total, bank=bank.strip())
    slip.cheques = [
        Cheque(
            amount=each.amount,
            number=each.number.strip(),
            bank=each.bank.strip(),
            drawer=each.drawer.strip(),
        )
        for each in cheques or [ChequeFacts(line.amount, drawer=line.label) for line in lines]
    ]
    taken = _exactly(session, lines, total, day, reference)
    slip.lines = [SlipLine(line_id=key) for key in taken]
    session.add(slip)
    session.flush()
    seal(session, [slip], now)
    content = {"reference": reference, "total": total.cents, "cheques": len(slip.cheques)}
    append(session, Happening(EventKind.CHEQUE_SLIP, day, (SLIPS, slip.id), content=content), now)
    return slip


def take_slip_back(
    session: Session, slip_id: int, day: date, reason: str, now: datetime
) -> ChequeSlip:
    """Take a slip back: its cheques wait again.

    Raises:
        UserError: It was taken back already, or no reason is given.
    """
    wrong = session.get_one(ChequeSlip, slip_id)
    refuse_twice(session, wrong, reason)
    number = next_number(session, "cheque-slip", day.year)
    back = ChequeSlip(
        reference=f"RC{day.year}-{number:03d}",
        day=day,
        total=-wrong.total,
        bank=wrong.bank,
        cancels_id=wrong.id,
    )
    keep_taken_back(session, wrong, back, EventKind.CHEQUE_SLIP, reason, now)
    return back


def _chosen(
    session: Session, day: date, keys: Sequence[int], cheques: Sequence[ChequeFacts]
) -> list[WaitingCheques]:
    """Return the lines a slip takes, the oldest first when none is named.

    Raises:
        UserError: There is nothing to take, a line does not wait, or less waits than is asked.
    """
    waiting = waiting_cheques(session, day)
    asked = Money(sum(cheque.amount.cents for cheque in cheques))
    if not keys and not cheques:
        raise UserError(tr("Ce bordereau est vide : ajoutez un chèque au moins."))
    lines = [each for each in waiting if each.line_id in set(keys)] or _oldest(waiting, asked)
    if keys and len(lines) != len(set(keys)):
        raise UserError(tr("Un de ces chèques n’attend plus, ou pas encore ce jour-là."))
    held = Money(sum(line.amount.cents for line in lines))
    if asked.cents > held.cents:
        raise UserError(
            tr(
                "Ces chèques font {asked}, mais {held} seulement attendent d’être remis : notez "
                "d’abord la recette qui manque."
            ).format(asked=money(asked), held=money(held))
        )
    return lines


def _oldest(waiting: Sequence[WaitingCheques], asked: Money) -> list[WaitingCheques]:
    lines: list[WaitingCheques] = []
    for each in waiting:
        if sum(line.amount.cents for line in lines) >= asked.cents:
            break
        lines.append(each)
    return lines


def _exactly(
    session: Session, lines: Sequence[WaitingCheques], total: Money, day: date, reference: str
) -> list[int]:
    """Return keys of lines that sum to a slip, the last one split when only a part goes.

    Raises:
        UserError: The last line is of no use.
    """
    excess = sum(line.amount.cents for line in lines) - total.cents
    if not excess:
        return [line.line_id for line in lines]
    *whole, last = lines
    part = last.amount - Money(excess)
    if part.cents <= 0:
        raise UserError(
            tr("Des recettes choisies dépassent ces chèques : décochez celles qui restent.")
        )
    entry = post(
        session,
        DraftEntry(
            "CA",
            day,
            tr("Chèques de {piece} remis en partie").format(piece=last.piece_ref),
            reference,
            (
                debit(Role.CHEQUES, part),
                debit(Role.CHEQUES, Money(excess), label=last.label),
                credit(Role.CHEQUES, last.amount),
            ),
            fact="cheque-slip",
        ),
    )
    gone, _rest, out = entry.lines
    letter(session, [last.line_id, out.id], day)
    return [*(line.line_id for line in whole), gone.id]
