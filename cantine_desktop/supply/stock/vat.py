"""VAT on food: part of what it costs, unless the canteen recovers it."""

from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import policy
from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.values.money import Money

USUAL_VAT = Decimal("0.055")
"""Rate of food when nobody said: the reduced rate of food products. Source: CGI-278-0-bis."""


def recovers_vat(session: Session) -> bool:
    """Tell whether the VAT on the food of meals is recovered, as the board decided."""
    decided = policy(session)
    return decided.vat is VatStatus.LIABLE and not decided.is_sectorised


def gross(session: Session, cents: Fraction, rate: Decimal | None) -> Fraction:
    """Return exact cents without taxes as what they cost the canteen.

    Args:
        session: Where to read whether VAT is recovered.
        cents: Taxes left out.
        rate: Rate of VAT, of one; ``None`` where nobody said: that of most food.
    """
    return cents if recovers_vat(session) else taxed(cents, rate)


def taxed(cents: Fraction, rate: Decimal | None) -> Fraction:
    """Return exact cents with VAT; see ``gross``."""
    return cents * (1 + Fraction(USUAL_VAT if rate is None else rate))


def with_vat(session: Session, net: Money, rate: Decimal | None) -> Money:
    """Return an amount without taxes as what it costs the canteen, rounded once."""
    return rounded(gross(session, Fraction(net.cents), rate))
