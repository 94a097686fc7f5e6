"""How this canteen closes its services: the amounts it tallies, what it tolerates, names or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.counting import TOLERATED
from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.facts import FLOAT
from cantine_desktop.meals.closing.model import ClosingPolicy
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.values.money import Money

AMOUNTS = tuple(Money(cents) for cents in (0, 500, 800, 1_000, 1_250, 1_500, 2_000))
MOST_AMOUNTS = 12
"""Amounts that a line of the screen and of the paper hold."""

LONGEST_KEPT = 365
"""Days a name may stay beside an amount."""


@dataclass(frozen=True)
class Policy:
    """How services are closed.

    Attributes:
        mode: How contributions are noted, unless a service says otherwise.
        names_allowed: The canteen chose to tie names to amounts; never by default.
        amounts: Amounts of the tally, the least first.
        tolerated: Difference of the till that needs no reason.
        float_amount: What stays in the till to give change.
        names_kept_days: Days after which names of contributions and reservations go.
    """

    mode: ContributionMode = ContributionMode.TALLY
    names_allowed: bool = False
    amounts: tuple[Money, ...] = AMOUNTS
    tolerated: Money = TOLERATED
    float_amount: Money = FLOAT
    names_kept_days: int = 30


def policy(session: Session) -> Policy:
    """Return how services are closed here; the usual ways until somebody chose."""
    row = session.scalar(select(ClosingPolicy).order_by(ClosingPolicy.id).limit(1))
    if row is None:
        return Policy()
    return Policy(
        row.mode,
        row.names_allowed,
        tuple(Money(int(cents)) for cents in row.amounts.split()),
        row.tolerated,
        row.float_amount,
        row.names_kept_days,
    )


def set_policy(session: Session, chosen: Policy) -> None:
    """Keep how services are closed from now on.

    Raises:
        UserError: An amount is impossible, or names are listed without being allowed.
    """
    amounts = _amounts(chosen.amounts)
    if min(chosen.tolerated.cents, chosen.float_amount.cents) < 0:
        raise UserError(tr("Le fond de caisse et l’écart toléré ne sont pas négatifs."))
    if not 1 <= chosen.names_kept_days <= LONGEST_KEPT:
        raise UserError(tr("Les noms se gardent de 1 à 365 jours."))
    if chosen.mode is ContributionMode.NAMED and not chosen.names_allowed:
        raise UserError(tr("Une liste avec les noms demande d’abord que la cantine l’ait choisi."))
    row = session.scalar(select(ClosingPolicy).order_by(ClosingPolicy.id).limit(1))
    if row is None:
        row = ClosingPolicy()
        session.add(row)
    row.mode, row.names_allowed = chosen.mode, chosen.names_allowed
    row.amounts = " ".join(str(amount.cents) for amount in amounts)
    row.tolerated, row.float_amount = chosen.tolerated, chosen.float_amount
    row.names_kept_days = chosen.names_kept_days
    session.flush()


def _amounts(wanted: Sequence[Money]) -> list[Money]:
    amounts = sorted(set(wanted))
    if not amounts or amounts[0].cents < 0 or len(amounts) > MOST_AMOUNTS:
        raise UserError(tr("Donnez de 1 à {n} montants, aucun négatif.").format(n=MOST_AMOUNTS))
    return amounts
