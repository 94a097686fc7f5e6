"""What is proved of the accounts when a book is verified, part after part."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cantine_desktop.finance.bank import checks as bank
from cantine_desktop.finance.cash import checks as cash
from cantine_desktop.finance.grants import checks as grants
from cantine_desktop.finance.ledger import checks as ledger
from cantine_desktop.finance.matching import checks as matching
from cantine_desktop.finance.month_end import checks as month_end
from cantine_desktop.finance.pieces import checks as pieces
from cantine_desktop.storage.findings import Finding


def check_finance(session: Session) -> Iterator[Finding]:
    """Find what does not hold together in the accounts, part after part."""
    for part in (ledger, cash, bank, pieces, matching, grants, month_end):
        yield from part.check(session)
