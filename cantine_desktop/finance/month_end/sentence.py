"""The sentence of a month: what it was, in figures, before somebody reads it again."""

from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.postings.means import Purpose
from cantine_desktop.finance.postings.model import Takings, TakingsPart
from cantine_desktop.i18n import money, number, round_half_up, tr, trn
from cantine_desktop.i18n import month as month_name
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def proposed(session: Session, month: Period) -> str:
    """Return a sentence on a month: meals, mean contribution, what they cover, the result."""
    meals = session.scalar(
        select(func.sum(Takings.meals)).where(
            Takings.day >= month.first, Takings.day < month.end, ~_replaced()
        )
    )
    paid = session.scalar(
        select(func.sum(TakingsPart.amount))
        .join(Takings, TakingsPart.takings_id == Takings.id)
        .where(TakingsPart.purpose == Purpose.MEALS)
        .where(Takings.day >= month.first, Takings.day < month.end, ~_replaced())
    )
    sums = balances(session, month, opening=False)
    charges = sum(b.net.cents for b in sums if b.number[0] == "6")
    income = -sum(b.net.cents for b in sums if b.number[0] == "7")
    contributions = paid.cents if paid else 0
    parts: list[str] = []
    if meals:
        mean = round_half_up(Decimal(contributions) / meals, 0)
        counted = trn("{n} repas", "{n} repas", meals).format(n=number(Decimal(meals), 0))
        parts += [counted, tr("moyenne {mean}").format(mean=money(Money(int(mean))))]
    if meals and charges > 0:
        share = round_half_up(Decimal(100 * contributions) / charges, 0)
        parts.append(tr("charges couvertes à {share} %").format(share=number(share, 0)))
    result = Money(income - charges)
    parts.append(
        tr("excédent de {amount}").format(amount=money(result))
        if result.cents >= 0
        else tr("il manque {amount}").format(amount=money(-result))
    )
    name = month_name(month.first)
    return f"{name[:1].upper()}{name[1:]} : {', '.join(parts)}."


def _replaced() -> ColumnElement[bool]:
    later = select(Takings.corrects_id).where(Takings.corrects_id.is_not(None))
    return Takings.id.in_(later)
