"""What suppliers ask for, what is delivered before its invoice, what volunteers paid."""

from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, credit, debit, post
from cantine_desktop.finance.postings.facts import (
    DeliveryFacts,
    ExpenseClaimFacts,
    PurchaseFacts,
    Share,
)
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

DEDUCTIBLE_VAT = "445660"


def post_purchase(session: Session, facts: PurchaseFacts) -> Entry:
    """Write the entry of an invoice: its shares at the debit, the supplier at the credit."""
    owed = Role.FIXED_ASSET_SUPPLIERS if facts.fixed_asset else Role.SUPPLIERS
    total = total_of(facts.shares) + facts.vat
    return post(
        session,
        DraftEntry(
            journal="HA",
            day=facts.day,
            label=facts.label,
            piece_ref=facts.number,
            lines=(
                *_at_debit(facts.shares),
                debit(DEDUCTIBLE_VAT, facts.vat),
                credit(owed, total, party=facts.party, due_day=facts.due_day),
            ),
            fact="purchase",
            origin=facts.origin,
        ),
    )


def post_delivery(session: Session, facts: DeliveryFacts, back: date) -> tuple[Entry, Entry]:
    """Write a delivery without invoice at month end, and its reversal the month after.

    Args:
        session: The session of an action.
        facts: What was delivered.
        back: First day of the month after.
    """
    total = total_of(facts.shares)
    lines = (*_at_debit(facts.shares), credit(Role.INVOICES_TO_COME, total))
    undone = (*_at_debit(facts.shares, sign=-1), debit(Role.INVOICES_TO_COME, total))
    return (
        post(
            session,
            DraftEntry(
                "OD",
                facts.day,
                facts.label,
                facts.reference,
                lines,
                fact="delivery",
                origin=facts.origin,
            ),
        ),
        post(
            session,
            DraftEntry(
                "OD",
                back,
                tr("Extourne : {label}").format(label=facts.label),
                facts.reference,
                undone,
                fact="delivery",
                origin=facts.origin,
            ),
        ),
    )


def post_expense_claim(session: Session, facts: ExpenseClaimFacts) -> tuple[Entry, Entry | None]:
    """Write what a volunteer paid for the canteen, and the waiver when it is given up."""
    claim = post(
        session,
        DraftEntry(
            "OD",
            facts.day,
            facts.label,
            facts.reference,
            (
                debit(facts.account, facts.amount, activity=facts.activity),
                credit(Role.VOLUNTEER_EXPENSES, facts.amount),
            ),
            fact="expense-claim",
            origin=facts.origin,
        ),
    )
    if not facts.is_waived:
        return claim, None
    waiver = post(
        session,
        DraftEntry(
            "OD",
            facts.day,
            tr("Abandon de frais : {label}").format(label=facts.label),
            facts.reference,
            (
                debit(Role.VOLUNTEER_EXPENSES, facts.amount),
                credit(Role.WAIVED_EXPENSES, facts.amount, activity="RESEAU"),
            ),
            fact="waiver",
            origin=facts.origin,
        ),
    )
    return claim, waiver


def total_of(shares: tuple[Share, ...]) -> Money:
    """Return the sum of shares."""
    return Money(sum(share.amount.cents for share in shares))


def _at_debit(shares: tuple[Share, ...], sign: int = 1) -> list[DraftLine]:
    return [
        debit(
            share.account,
            Money(sign * share.amount.cents),
            label=share.label,
            activity=share.activity,
            project=share.project,
        )
        for share in shares
    ]
