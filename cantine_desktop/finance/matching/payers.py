"""The canteen’s accounts that can pay by transfer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.finance.pieces.identifiers import is_iban
from cantine_desktop.finance.pieces.payment_file import Payer


def payers(session: Session, holder: str) -> dict[str, Payer]:
    """Return the bank accounts whose IBAN is known, by name.

    Args:
        session: A session that reads.
        holder: In whose name they are: the canteen.
    """
    query = (
        select(BankAccount)
        .where(BankAccount.is_active, BankAccount.kind == AccountKind.BANK)
        .order_by(BankAccount.id)
    )
    return {
        account.name: Payer(holder, account.iban, account.bic, account.id)
        for account in session.scalars(query)
        if is_iban(account.iban)
    }
