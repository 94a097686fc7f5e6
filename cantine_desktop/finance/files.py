"""Every file of finance that goes out or comes in."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.finance.bank import files as bank
from cantine_desktop.finance.budget import files as budget
from cantine_desktop.finance.cash import files as cash
from cantine_desktop.finance.fec import files as fec
from cantine_desktop.finance.grants import files as grants
from cantine_desktop.finance.ledger import files as ledger
from cantine_desktop.finance.matching import files as matching
from cantine_desktop.finance.pack import files as pack
from cantine_desktop.finance.pieces import files as pieces
from cantine_desktop.finance.statements import files as statements
from cantine_desktop.finance.transfer import files as transfer

EXPORTS: tuple[Export, ...] = (
    *ledger.EXPORTS,
    *cash.EXPORTS,
    *bank.EXPORTS,
    *pieces.EXPORTS,
    *matching.EXPORTS,
    *fec.EXPORTS,
    *budget.EXPORTS,
    *statements.EXPORTS,
    *grants.EXPORTS,
    *transfer.EXPORTS,
    *pack.EXPORTS,
)
IMPORTS: tuple[Import, ...] = (
    *ledger.IMPORTS,
    *cash.IMPORTS,
    *bank.IMPORTS,
    *pieces.IMPORTS,
    *matching.IMPORTS,
    *fec.IMPORTS,
    *budget.IMPORTS,
    *statements.IMPORTS,
    *grants.IMPORTS,
    *transfer.IMPORTS,
    *pack.IMPORTS,
)
