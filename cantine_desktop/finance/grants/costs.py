"""Which costs are told to which funder: lines of the project, and lines chosen one by one."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.model import Grant, GrantCost
from cantine_desktop.finance.ledger.model import Account, Entry, Line
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

NOT_COSTS = ("689", "6815")
"""Nothing was bought by putting money aside."""


class Cost(NamedTuple):
    """A cost told to a funder.

    Attributes:
        amount: The part told.
        whole: What the line cost.
        is_chosen: Chosen one by one; otherwise it carries the section of the project.
    """

    line_id: int
    day: date
    account: str
    account_title: str
    label: str
    piece_ref: str
    amount: Money
    whole: Money
    is_chosen: bool


class Candidate(NamedTuple):
    """A validated line that could be told, and what other grants leave of it."""

    line_id: int
    day: date
    account: str
    label: str
    piece_ref: str
    whole: Money
    left: Money


def costs_of(session: Session, grant: Grant) -> list[Cost]:
    """Return the costs told for a grant, by day: those of its project, and the chosen ones."""
    found = list(_of_project(session, grant))
    known = {cost.line_id for cost in found}
    found += [cost for cost in _chosen(session, grant) if cost.line_id not in known]
    return sorted(found, key=_by_day)


def _by_day(cost: Cost) -> tuple[date, int]:
    return cost.day, cost.line_id


def _of_project(session: Session, grant: Grant) -> Iterator[Cost]:
    if grant.project_id is None:
        return
    query = (
        select(Line, Entry, Account)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Line.project_id == grant.project_id, Account.number.startswith("6"))
    )
    for line, entry, account in session.execute(query):
        is_told = not account.number.startswith(NOT_COSTS)
        if is_told and (grant.first or entry.day) <= entry.day <= (grant.last or entry.day):
            amount = line.debit - line.credit
            yield _cost(line, entry, account, amount, is_chosen=False)


def _chosen(session: Session, grant: Grant) -> Iterator[Cost]:
    query = (
        select(Line, Entry, Account, GrantCost.amount)
        .join(GrantCost, GrantCost.line_id == Line.id)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(GrantCost.grant_id == grant.id)
    )
    for line, entry, account, amount in session.execute(query):
        yield _cost(line, entry, account, amount, is_chosen=True)


def _cost(line: Line, entry: Entry, account: Account, amount: Money, *, is_chosen: bool) -> Cost:
    return Cost(
        line.id,
        entry.day,
        account.number,
        account.title,
        line.label or entry.label,
        entry.piece_ref,
        amount,
        line.debit - line.credit,
        is_chosen,
    )


def told_sums(session: Session) -> dict[int, Money]:
    """Return what is told for each grant, by key: the sums of ``costs_of``, in two questions."""
    of_project = (
        (Line.project_id == Grant.project_id)
        & Account.number.startswith("6")
        & and_(*(~Account.number.startswith(each) for each in NOT_COSTS))
        & (func.coalesce(Grant.first, Entry.day) <= Entry.day)
        & (func.coalesce(Grant.last, Entry.day) >= Entry.day)
    )
    by_project = (
        select(Grant.id, func.sum(Line.debit), func.sum(Line.credit))
        .select_from(Grant)
        .join(Line, Line.project_id == Grant.project_id)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(of_project)
        .group_by(Grant.id)
    )
    one_by_one = (
        select(Grant.id, func.sum(GrantCost.amount))
        .select_from(GrantCost)
        .join(Grant, GrantCost.grant_id == Grant.id)
        .join(Line, GrantCost.line_id == Line.id)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(case((of_project, 1), else_=0) == 0)
        .group_by(Grant.id)
    )
    sums = {key: taken - given for key, taken, given in session.execute(by_project)}
    for key, chosen in session.execute(one_by_one):
        sums[key] = sums.get(key, Money(0)) + chosen
    return sums


def candidates(session: Session, grant: Grant, period: Period) -> list[Candidate]:
    """Return the validated expenses of a period that could still be told for a grant, by day."""
    told = (
        select(func.coalesce(func.sum(GrantCost.amount), 0))
        .where(GrantCost.line_id == Line.id)
        .correlate(Line)
        .scalar_subquery()
    )
    query = (
        select(
            Line.id,
            Entry.day,
            Account.number,
            Line.label,
            Entry.label,
            Entry.piece_ref,
            Line.debit,
            told,
        )
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Account.number.startswith("6"), Line.debit > Money(0))
        .where(Entry.validated_on.is_not(None), Line.project_id.is_(None))
        .where(Entry.day >= period.first, Entry.day < period.end)
        .order_by(Entry.day, Line.id)
    )
    mine = set(session.scalars(select(GrantCost.line_id).where(GrantCost.grant_id == grant.id)))
    found: list[Candidate] = []
    for key, day, number, label, words, piece, whole, taken in session.execute(query):
        left = whole.cents - int(getattr(taken, "cents", taken))
        if left > 0 and key not in mine and not number.startswith(NOT_COSTS):
            found.append(Candidate(key, day, number, label or words, piece, whole, Money(left)))
    return found


def tell_cost(session: Session, grant: Grant, line_id: int, amount: Money | None = None) -> None:
    """Tell a validated line, or a part of it, as a cost of a grant.

    Args:
        session: The session of an action.
        grant: The grant.
        line_id: A line of class 6.
        amount: The part told; ``None`` is all that other grants leave.

    Raises:
        UserError: The line is not validated, no cost, or told already for all it cost.
    """
    line = session.get_one(Line, line_id)
    entry = session.get_one(Entry, line.entry_id)
    account = session.get_one(Account, line.account_id)
    if entry.validated_on is None:
        raise UserError(tr("Seule une écriture validée se retient : terminez d’abord son mois."))
    if account.number[0] != "6" or not line.debit:
        raise UserError(tr("Seule une charge se retient dans un compte rendu."))
    others = session.scalars(
        select(GrantCost).where(GrantCost.line_id == line_id, GrantCost.grant_id != grant.id)
    )
    left = line.debit.cents - sum(each.amount.cents for each in others)
    kept = amount.cents if amount is not None else left
    if kept <= 0 or kept > left:
        raise UserError(
            tr("Il reste {left} à retenir sur cette dépense de {whole}.").format(
                left=money(Money(left)), whole=money(line.debit)
            )
        )
    known = session.scalar(
        select(GrantCost).where(GrantCost.line_id == line_id, GrantCost.grant_id == grant.id)
    )
    if known is None:
        known = GrantCost(grant_id=grant.id, line_id=line_id, amount=Money(kept))
        session.add(known)
    known.amount = Money(kept)
    session.flush()


def take_back_cost(session: Session, grant: Grant, line_id: int) -> None:
    """Tell a line no more as a cost of a grant."""
    row = session.scalar(
        select(GrantCost).where(GrantCost.line_id == line_id, GrantCost.grant_id == grant.id)
    )
    if row is not None:
        session.delete(row)
        session.flush()
