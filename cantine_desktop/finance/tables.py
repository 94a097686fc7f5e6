"""Every table of finance, in one import."""

from cantine_desktop.finance.bank import model as bank
from cantine_desktop.finance.budget import model as budget
from cantine_desktop.finance.cash import model as cash
from cantine_desktop.finance.fec import model as fec
from cantine_desktop.finance.grants import model as grants
from cantine_desktop.finance.ledger import model as ledger
from cantine_desktop.finance.matching import model as matching
from cantine_desktop.finance.month_end import model as month_end
from cantine_desktop.finance.pack import model as pack
from cantine_desktop.finance.pieces import model as pieces
from cantine_desktop.finance.postings import model as postings
from cantine_desktop.finance.price import model as price
from cantine_desktop.finance.statements import model as statements
from cantine_desktop.finance.treasury import model as treasury

__all__ = [
    "bank",
    "budget",
    "cash",
    "fec",
    "grants",
    "ledger",
    "matching",
    "month_end",
    "pack",
    "pieces",
    "postings",
    "price",
    "statements",
    "treasury",
]
