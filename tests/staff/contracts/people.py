"""People of a small team, as tests of contracts begin with."""

from datetime import UTC, date, datetime

from cantine_desktop.staff.contracts.engaging import ContractFacts, engage
from cantine_desktop.staff.contracts.keeping import MemberFacts, add_member
from cantine_desktop.staff.contracts.model import Sex, Status

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def member(session, name="Malik Benali", born=date(1991, 5, 4), **facts):
    """Write somebody; return the key."""
    usual = {"nationality": "française", "sex": Sex.MAN}
    return add_member(session, MemberFacts(name, born, **{**usual, **facts}), NOW).id


def hire(session, who, status=Status.PERMANENT, first=date(2026, 1, 5), end=None, **facts):
    """Write a contract; return the key."""
    usual = {"job": "Maître de maison", "weekly_minutes": 35 * 60}
    return engage(session, who, ContractFacts(status, first, end, **{**usual, **facts})).id


def plain(words):
    """Return words with ordinary spaces."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")
