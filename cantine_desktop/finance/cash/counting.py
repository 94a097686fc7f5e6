"""Counting the till: what is there, what should be, and what the difference turns out to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.chain import Happening, append
from cantine_desktop.finance.cash.denominations import (
    Pieces,
    for_bank_of,
    refuse_impossible,
    total_of,
)
from cantine_desktop.finance.cash.holdings import held_on, refuse_overdraw
from cantine_desktop.finance.cash.model import (
    CashCount,
    CountLine,
    DifferenceResolution,
    EventKind,
    Reason,
)
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.i18n import money, tr
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

ZERO = Money(0)
TOLERATED = Money(100)
"""A difference up to this needs no reason: change is given by hand (screens, W2)."""

TABLE = "cash_count"
RESOLUTIONS = "difference_resolution"


@dataclass(frozen=True)
class CountFacts:
    """A count of the till.

    Attributes:
        pieces: Notes and coins, by value.
        counted_by: Initials of who counted.
        float_amount: What stays in the till to give change.
        checked_by: Initials of who counted again.
        reason: Why the till differs from the book.
        bag: Number of the bag of what goes to the bank.
        service: What it was counted for.
        aside: Cash of the book that lies elsewhere and was not counted: a bag for the bank.
        tolerated: Difference that needs no reason.
    """

    day: date
    pieces: Mapping[Money, Pieces]
    counted_by: str
    float_amount: Money = ZERO
    checked_by: str = ""
    reason: Reason | None = None
    note: str = ""
    bag: str = ""
    service: str = ""
    aside: Money = ZERO
    tolerated: Money = TOLERATED


@dataclass(frozen=True)
class ResolutionFacts:
    """What a difference turned out to be.

    Attributes:
        amount: What it takes back: positive for money missing then, negative for too much.
        account: Where the other side goes: the till when the money itself was found.
    """

    day: date
    amount: Money
    note: str
    account: str = Role.CASH


def count(session: Session, facts: CountFacts, now: datetime) -> CashCount:
    """Keep a count of the till; a difference is written into the accounts at once.

    Args:
        session: The session of an action.
        facts: What was counted.
        now: Present instant, aware.

    Raises:
        UserError: The day is to come, nobody signs, or a difference beyond what is tolerated
            has no reason.
    """
    expected = held_on(session, facts.day) - facts.aside
    counted = total_of(facts.pieces)
    _refuse_wrong(facts, counted - expected, now)
    row = CashCount(
        reference=f"FC{facts.day.year}-{next_number(session, 'cash-count', facts.day.year):03d}",
        day=facts.day,
        at=now,
        float_amount=facts.float_amount,
        expected=expected,
        counted=counted,
        counted_by=facts.counted_by.strip(),
        checked_by=facts.checked_by.strip(),
        reason=facts.reason if counted != expected else None,
        note=facts.note.strip(),
        bag=facts.bag.strip(),
        service=facts.service.strip(),
        aside=facts.aside,
    )
    row.lines = [
        CountLine(denomination=d, quantity=p.quantity, rolls=p.rolls, for_bank=p.for_bank)
        for d, p in sorted(facts.pieces.items(), reverse=True)
        if p.number(d)
    ]
    session.add(row)
    session.flush()
    entry = _post_difference(session, row)
    row.entry_id = entry.id if entry else None
    seal(session, [row], now)
    if row.difference.cents < 0:
        refuse_overdraw(session, row.day)
    append(session, _counted(row), now)
    return row


def _refuse_wrong(facts: CountFacts, difference: Money, now: datetime) -> None:
    if facts.day > civil_date(now):
        raise UserError(tr("On ne compte pas la caisse d’un jour à venir."))
    refuse_impossible(facts.pieces)
    if not facts.counted_by.strip():
        raise UserError(tr("Mettez les initiales de qui a compté la caisse."))
    if facts.checked_by.strip() and facts.checked_by.strip() == facts.counted_by.strip():
        raise UserError(tr("Les deux visas sont de deux personnes différentes."))
    if facts.float_amount.cents < 0:
        raise UserError(tr("Le fond de caisse n’est pas négatif."))
    if facts.aside.cents < 0:
        raise UserError(tr("Ce qui est mis de côté pour la banque n’est pas négatif."))
    if abs(difference.cents) > facts.tolerated.cents and facts.reason is None:
        raise UserError(
            tr(
                "Il y a {gap} d’écart : choisissez une raison, « inexpliqué pour l’instant » "
                "s’il le faut."
            ).format(gap=money(difference))
        )
    if facts.reason is Reason.OTHER and not facts.note.strip():
        raise UserError(tr("Écrivez la raison de l’écart."))


def _post_difference(session: Session, row: CashCount) -> Entry | None:
    gap = row.difference
    if not gap:
        return None
    other = Role.CASH_OVERAGE if gap.cents > 0 else Role.CASH_SHORTAGE
    return post(
        session,
        DraftEntry(
            "CA",
            row.day,
            tr("Écart de caisse {reference}").format(reference=row.reference),
            row.reference,
            (debit(Role.CASH, gap), credit(other, gap, activity="REPAS")),
            fact="cash-difference",
            origin=(TABLE, row.id),
        ),
    )


def _counted(row: CashCount) -> Happening:
    content = {
        "reference": row.reference,
        "expected": row.expected.cents,
        "counted": row.counted.cents,
        "float": row.float_amount.cents,
        "reason": row.reason.value if row.reason else None,
        "bag": row.bag,
        "pieces": [
            [line.denomination.cents, line.quantity, line.rolls, line.for_bank]
            for line in row.lines
        ],
    }
    if row.aside:
        content["aside"] = row.aside.cents
    return Happening(
        EventKind.COUNT, row.day, (TABLE, row.id), cash=row.difference, content=content
    )


def for_bank(row: CashCount) -> Money:
    """Return what a count puts into the bag."""
    return for_bank_of({line.denomination: Pieces(for_bank=line.for_bank) for line in row.lines})


def left_of(session: Session, row: CashCount) -> Money:
    """Return what of a difference nothing took back yet."""
    taken = session.scalars(
        select(DifferenceResolution.amount).where(DifferenceResolution.cash_count_id == row.id)
    )
    return row.difference + Money(sum(amount.cents for amount in taken))


def resolve(
    session: Session, count_id: int, facts: ResolutionFacts, now: datetime
) -> DifferenceResolution:
    """Take a difference back, once it is understood: the envelope that was found.

    Args:
        session: The session of an action.
        count_id: The count it was found at.
        facts: What it turned out to be.
        now: Present instant, aware.

    Raises:
        UserError: Nothing is left to take back, it is more than what is left, or it says
            nothing of what was found.
    """
    row = session.get_one(CashCount, count_id)
    _refuse_excess(facts, left_of(session, row), row)
    number = next_number(session, "cash-resolution", facts.day.year)
    reference = f"EC{facts.day.year}-{number:03d}"
    entry = _post_resolution(session, row, facts, reference)
    resolution = DifferenceResolution(
        reference=reference,
        cash_count_id=row.id,
        day=facts.day,
        amount=facts.amount,
        account=str(facts.account),
        note=facts.note.strip(),
        entry_id=entry.id,
    )
    session.add(resolution)
    session.flush()
    seal(session, [resolution], now)
    in_till = facts.account == Role.CASH
    if in_till and facts.amount.cents < 0:
        refuse_overdraw(session, facts.day)
    content = {
        "reference": reference,
        "count": row.reference,
        "amount": facts.amount.cents,
        "account": resolution.account,
    }
    cash = facts.amount if in_till else ZERO
    origin = RESOLUTIONS, resolution.id
    append(session, Happening(EventKind.COUNT, facts.day, origin, cash=cash, content=content), now)
    return resolution


def _refuse_excess(facts: ResolutionFacts, left: Money, row: CashCount) -> None:
    if not left:
        raise UserError(
            tr("Il ne reste aucun écart à résoudre sur {reference}.").format(
                reference=row.reference
            )
        )
    if facts.amount.cents * left.cents >= 0 or abs(facts.amount.cents) > abs(left.cents):
        raise UserError(
            tr("L’écart de {reference} est de {left} : on en reprend au plus {most}.").format(
                reference=row.reference, left=money(left), most=money(-left)
            )
        )
    if facts.day < row.day:
        raise UserError(tr("Un écart ne s’explique pas avant d’avoir été constaté."))
    if not facts.note.strip():
        raise UserError(tr("Écrivez ce qui explique l’écart, en quelques mots."))


def _post_resolution(
    session: Session, row: CashCount, facts: ResolutionFacts, reference: str
) -> Entry:
    other = Role.CASH_SHORTAGE if facts.amount.cents > 0 else Role.CASH_OVERAGE
    return post(
        session,
        DraftEntry(
            "CA" if facts.account == Role.CASH else "OD",
            facts.day,
            tr("Écart de {count} expliqué : {note}").format(count=row.reference, note=facts.note),
            reference,
            (
                debit(facts.account, facts.amount, activity=_activity(facts.account)),
                credit(other, facts.amount, activity="REPAS"),
            ),
            fact="cash-difference",
            origin=(TABLE, row.id),
        ),
    )


def _activity(account: str) -> str:
    return "REPAS" if str(account).startswith(("6", "7")) else ""


def usual_float(session: Session) -> Money:
    """Return the float of the last count, nothing before the first."""
    last = select(func.max(CashCount.id)).scalar_subquery()
    found = session.scalar(select(CashCount.float_amount).where(CashCount.id == last))
    return found or ZERO
