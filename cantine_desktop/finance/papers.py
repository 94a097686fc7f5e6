"""Every paper of finance."""

from cantine_desktop.documents.registry import Document
from cantine_desktop.finance.bank import sheets as bank
from cantine_desktop.finance.budget import sheets as budget
from cantine_desktop.finance.cash import sheets as cash
from cantine_desktop.finance.fec import sheets as fec
from cantine_desktop.finance.grants import sheets as grants
from cantine_desktop.finance.ledger import sheets as ledger
from cantine_desktop.finance.matching import sheets as matching
from cantine_desktop.finance.month_end import sheets as month_end
from cantine_desktop.finance.pack import sheets as pack
from cantine_desktop.finance.pieces import sheets as pieces
from cantine_desktop.finance.price import sheets as price
from cantine_desktop.finance.statements import sheets as statements
from cantine_desktop.finance.treasury import sheets as treasury

DOCUMENTS: tuple[Document, ...] = (
    *cash.DOCUMENTS,
    *bank.DOCUMENTS,
    *matching.DOCUMENTS,
    *pieces.DOCUMENTS,
    *ledger.DOCUMENTS,
    *fec.DOCUMENTS,
    *pack.DOCUMENTS,
    *statements.DOCUMENTS,
    *budget.DOCUMENTS,
    *treasury.DOCUMENTS,
    *grants.DOCUMENTS,
    *price.DOCUMENTS,
    *month_end.DOCUMENTS,
)
