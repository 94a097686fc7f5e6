"""The chapter of the plan: the regime, and the versions in force over the period."""

from datetime import date

from sqlalchemy.orm import Session


def regime_words(_session: Session, _day: date) -> str:
    """Return the regime declared on a day, in words; empty until the book says it."""
    return ""
