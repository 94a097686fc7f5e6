"""What of a grant is not spent at the end of a year, and the entries that keep it aside.

Art. 132: 6894 to 194 for what is unspent, 194 to 7894 when it is used; the same with 195 for
financial contributions and 196 for gifts. Source: ANC-2018.
"""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.grants.costs import NOT_COSTS
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.model import Account, Axis, Entry, FiscalYear, Line, Section
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.statements.dedicated import dedicated_funds
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money


class _Source(NamedTuple):
    """A kind of money that may be dedicated, and its accounts."""

    income: tuple[str, ...]
    fund: Role
    kept: Role
    used: Role


SOURCES = (
    _Source(("74",), Role.DEDICATED_GRANTS, Role.DEDICATION_OF_GRANTS, Role.RELEASE_OF_GRANTS),
    _Source(
        ("755",),
        Role.DEDICATED_CONTRIBUTIONS,
        Role.DEDICATION_OF_CONTRIBUTIONS,
        Role.RELEASE_OF_CONTRIBUTIONS,
    ),
    _Source(("754",), Role.DEDICATED_GIFTS, Role.DEDICATION_OF_GIFTS, Role.RELEASE_OF_GIFTS),
)
"""In this order costs are met when a project has money of several kinds."""


class Dedication(NamedTuple):
    """What a project should keep aside, or use, at the end of a year.

    Attributes:
        fund: Account of the fund.
        opening: Kept aside before the year.
        income: Given to the project this year.
        costs: Spent on the project this year, of this kind of money.
        move: To write: positive is kept aside, negative is used; zero when all is written.
        is_over: The convention ends by the end of the year: what is left may be asked back.
    """

    project: str
    title: str
    fund: str
    opening: Money
    income: Money
    costs: Money
    move: Money
    is_over: bool

    @property
    def closing(self) -> Money:
        """What stays for later years."""
        return self.opening + self.income - self.costs


def propose(session: Session, year: FiscalYear) -> list[Dedication]:
    """Return what each project should keep aside or use at the end of a year.

    Grants to the canteen as a whole have no project: they are spent by themselves.
    """
    held = {(fund.account, fund.project): fund for fund in dedicated_funds(session, year)}
    found: list[Dedication] = []
    for project in session.scalars(
        select(Section).where(Section.axis == Axis.PROJECT).order_by(Section.code)
    ):
        sums = _sums(session, year, project.id)
        left = Money(sum(net for number, net in sums.items() if _is_cost(number)))
        is_over = _is_over(session, project.id, year)
        for source in SOURCES:
            fund = held.get((source.fund, project.code))
            opening = fund.opening if fund else Money(0)
            income = Money(-sum(net for number, net in sums.items() if _is_income(number, source)))
            if not opening and not income and fund is None:
                continue
            spent = Money(max(0, min(left.cents, opening.cents + income.cents)))
            left -= spent
            already = (fund.carried - fund.used) if fund else Money(0)
            move = opening + income - spent - opening - already
            found.append(
                Dedication(
                    project.code,
                    project.title,
                    str(source.fund),
                    opening,
                    income,
                    spent,
                    move,
                    is_over,
                )
            )
    return found


def post_dedications(session: Session, year: FiscalYear) -> list[Entry]:
    """Write what ``propose`` says, one draft a project and fund, on the last day of a year.

    Raises:
        UserError: Nothing is left to write.
    """
    entries = [_post(session, year, each) for each in propose(session, year) if each.move]
    if not entries:
        raise UserError(tr("Rien à écrire : les fonds dédiés sont à jour."))
    return entries


def words_of(each: Dedication) -> str:
    """Return a proposal in one sentence."""
    if not each.move:
        return tr("{title} : rien à écrire, {closing} restent dédiés.").format(
            title=each.title, closing=money(each.closing)
        )
    if each.move.cents > 0:
        words = tr(
            "{title} : {got} reçus ou mis de côté, {spent} dépensés ; {move} à mettre de côté."
        )
        if each.is_over:
            words += " " + tr(
                "La convention est finie : demandez au financeur si ce reste se garde ou se rend."
            )
    else:
        words = tr("{title} : {spent} dépensés ; {move} à reprendre de ce qui était mis de côté.")
    return words.format(
        title=each.title,
        got=money(each.opening + each.income),
        spent=money(each.costs),
        move=money(Money(abs(each.move.cents))),
    )


def _post(session: Session, year: FiscalYear, each: Dedication) -> Entry:
    source = next(one for one in SOURCES if one.fund == each.fund)
    amount = Money(abs(each.move.cents))
    if each.move.cents > 0:
        label = tr("Report en fonds dédiés : {title}").format(title=each.title)
        lines = (
            debit(source.kept, amount, activity="STRUCTURE", project=each.project),
            credit(source.fund, amount, project=each.project),
        )
    else:
        label = tr("Utilisation de fonds dédiés : {title}").format(title=each.title)
        lines = (
            debit(source.fund, amount, project=each.project),
            credit(source.used, amount, activity="STRUCTURE", project=each.project),
        )
    reference = f"FD{year.period.last.year}-{each.project}"
    return post(
        session,
        DraftEntry("OD", year.period.last, label, reference, lines, fact="dedicated"),
    )


def _sums(session: Session, year: FiscalYear, project_id: int) -> dict[str, int]:
    query = (
        select(Account.number, func.sum(Line.debit), func.sum(Line.credit))
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Line.project_id == project_id)
        .where(Entry.day >= year.first, Entry.day < year.end)
        .group_by(Account.number)
    )
    return {number: taken.cents - given.cents for number, taken, given in session.execute(query)}


def _is_cost(number: str) -> bool:
    return number[0] == "6" and not number.startswith(NOT_COSTS)


def _is_income(number: str, source: _Source) -> bool:
    return number.startswith(source.income) and not number.startswith("747")


def _is_over(session: Session, project_id: int, year: FiscalYear) -> bool:
    lasts = list(session.scalars(select(Grant.last).where(Grant.project_id == project_id)))
    return bool(lasts) and all(last is not None and last < year.end for last in lasts)
