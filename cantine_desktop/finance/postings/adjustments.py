"""Stock counts and depreciation: what the end of a period adds."""

from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, credit, debit, post
from cantine_desktop.finance.postings.facts import DepreciationFacts, StockFacts
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY


def post_stock(session: Session, facts: StockFacts) -> Entry | None:
    """Bring the stock to its counted value; ``None`` when it is already there."""
    lines = _towards(session, Role.FOOD_STOCK, Role.FOOD_STOCK_CHANGE, facts.food, facts.day)
    if facts.consumables is not None:
        lines += _towards(
            session,
            Role.CONSUMABLE_STOCK,
            Role.CONSUMABLE_STOCK_CHANGE,
            facts.consumables,
            facts.day,
        )
    if not lines:
        return None
    return post(
        session,
        DraftEntry(
            "OD",
            facts.day,
            tr("Stock compté"),
            facts.reference,
            lines,
            fact="stock",
            origin=facts.origin,
        ),
    )


def _towards(session: Session, stock: str, change: str, value: Money, day: date) -> list[DraftLine]:
    gap = value - net_of(session, stock, day + DAY)
    return [debit(stock, gap), credit(change, gap, activity="REPAS")] if gap else []


def post_depreciation(session: Session, facts: DepreciationFacts) -> Entry:
    """Write the share of equipment used up: 6811 and 28."""
    return post(
        session,
        DraftEntry(
            "OD",
            facts.day,
            facts.label,
            facts.reference,
            (
                debit(Role.DEPRECIATION, facts.amount, activity=facts.activity),
                credit(facts.account, facts.amount),
            ),
            fact="depreciation",
            origin=facts.origin,
        ),
    )
