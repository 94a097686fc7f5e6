"""The chapter of the plan: the regime, and the versions in force over the period."""

from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.plan.in_force import version_in_force
from cantine_desktop.hygiene.plan.wording import REGIMES
from cantine_desktop.i18n import tr


def regime_words(session: Session, day: date) -> str:
    """Return the regime declared on a day, in words; empty until the book says it."""
    version = version_in_force(session, day)
    return "" if version is None else tr(REGIMES[version.regime])
