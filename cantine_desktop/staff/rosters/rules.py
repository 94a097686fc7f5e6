"""Choosing which rules of work apply in the canteen."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.rosters.model import Branch, StaffRules
from cantine_desktop.values.money import Money

BRANCHES: dict[Branch, str] = {
    Branch.NONE: mark("Code du travail seul"),
    Branch.ECLAT: mark("ÉCLAT, animation (IDCC 1518)"),
    Branch.HCR: mark("HCR, hôtels, cafés, restaurants (IDCC 1979)"),
    Branch.ALISFA: mark("ALISFA, lien social et familial (IDCC 1261)"),
}
"""What the agreements are called."""

MOST_COST = Money(200_00)
"""An hour that costs more is a month’s wage typed by mistake."""


@dataclass(frozen=True)
class RulesFacts:
    """What the director chooses; see ``StaffRules``."""

    branch: Branch = Branch.NONE
    keeps_good_friday: bool = True
    minors_on_holidays: bool = False
    hour_cost: Money | None = None


def set_rules(session: Session, facts: RulesFacts) -> None:
    """Choose the agreement that applies, and what an hour costs.

    Raises:
        UserError: The cost of an hour is not one.
    """
    cost = facts.hour_cost
    if cost is not None and not Money(0) < cost <= MOST_COST:
        raise UserError(tr("Le coût d’une heure, charges comprises, est entre 0 et 200 €."))
    row = session.scalars(select(StaffRules)).one_or_none()
    if row is None:
        row = StaffRules()
        session.add(row)
    row.branch = facts.branch
    row.keeps_good_friday = facts.keeps_good_friday
    row.minors_on_holidays = facts.minors_on_holidays
    row.hour_cost = cost
    session.flush()
