"""Money that moves between the till, what waits, and the bank."""

from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import (
    DraftEntry,
    credit,
    debit,
    known_accounts,
    post,
)
from cantine_desktop.finance.postings.facts import BankMovement
from cantine_desktop.finance.postings.purchases import total_of
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money


def post_cash_deposit(
    session: Session, day: date, amount: Money, reference: str, origin: tuple[str, int] | None
) -> Entry:
    """Write cash taken out of the till towards the bank: it waits on 580 until it shows there."""
    return post(
        session,
        DraftEntry(
            "CA",
            day,
            tr("Remise d’espèces {reference}").format(reference=reference),
            reference,
            (debit(Role.TRANSFERS, amount), credit(Role.CASH, amount)),
            fact="cash-deposit",
            origin=origin,
        ),
    )


def post_bank(session: Session, facts: BankMovement) -> Entry:
    """Write a movement of the bank: the bank, the fee kept, and the other sides.

    Raises:
        UserError: The shares do not make the amount and the fee.
    """
    if total_of(facts.shares) != facts.amount + facts.fee:
        raise UserError(tr("Les parts ne font pas le montant du mouvement bancaire."))
    accounts = known_accounts(session, (share.account for share in facts.shares))
    with_parties = {number for number, account in accounts.items() if account.has_parties}
    return post(
        session,
        DraftEntry(
            facts.journal,
            facts.day,
            facts.label,
            facts.reference,
            (
                debit(facts.bank, facts.amount),
                debit(Role.BANK_FEES, facts.fee, activity="STRUCTURE"),
                *(
                    credit(
                        share.account,
                        share.amount,
                        party=share.party
                        or (facts.party if share.account in with_parties else None),
                        label=share.label,
                        activity=share.activity,
                        project=share.project,
                    )
                    for share in facts.shares
                ),
            ),
            fact=facts.fact,
            origin=facts.origin,
        ),
    )
