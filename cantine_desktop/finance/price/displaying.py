"""The displayed price: a new version from a day on, and what it is on a day (K7)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.price.model import DisplayedPrice, PartKind, PricePart
from cantine_desktop.i18n import long_day, mark, money, tr
from cantine_desktop.values.money import Money

PARTS = {
    PartKind.FOOD: mark("Denrées"),
    PartKind.STAFF: mark("Équipe"),
    PartKind.OVERHEADS: mark("Lieu et fonctionnement"),
    PartKind.EQUIPMENT: mark("Matériel"),
}
REVIEW_AFTER = 365
"""Days after which a displayed price should be looked at again."""


class Displayed(NamedTuple):
    """A version of the displayed price."""

    key: int
    since: date
    amount: Money
    reason: str
    parts: dict[PartKind, Money]


def display(
    session: Session, since: date, parts: Mapping[PartKind, Money], reason: str = ""
) -> DisplayedPrice:
    """Display another price from a day on; the parts make the price.

    Raises:
        UserError: A part is negative, the price is zero, or that day has a version already.
    """
    total = Money(sum(amount.cents for amount in parts.values()))
    if any(amount.cents < 0 for amount in parts.values()) or total.cents <= 0:
        raise UserError(tr("Un prix affiché et ses parts sont plus grands que zéro."))
    if session.scalar(select(DisplayedPrice.id).where(DisplayedPrice.since == since)) is not None:
        raise UserError(
            tr("Un prix commence déjà le {day} : choisissez un autre jour.").format(
                day=long_day(since)
            )
        )
    price = DisplayedPrice(since=since, amount=total, reason=reason.strip())
    price.parts = [PricePart(kind=kind, amount=parts[kind]) for kind in PartKind if parts.get(kind)]
    session.add(price)
    session.flush()
    return price


def prices(session: Session) -> list[Displayed]:
    """Return every version, the last one first."""
    rows = session.scalars(select(DisplayedPrice).order_by(DisplayedPrice.since.desc()))
    return [
        Displayed(
            row.id,
            row.since,
            row.amount,
            row.reason,
            {part.kind: part.amount for part in row.parts},
        )
        for row in rows
    ]


def price_on(session: Session, day: date) -> Displayed | None:
    """Return the price displayed on a day, or ``None``."""
    return next((price for price in prices(session) if price.since <= day), None)


def drop_price(session: Session, price: DisplayedPrice, today: date) -> None:
    """Remove a version that is not displayed yet.

    Raises:
        UserError: It was displayed: what people read stays told.
    """
    if price.since <= today:
        raise UserError(tr("Ce prix a été affiché : il reste dans l’historique."))
    session.delete(price)
    session.flush()


def price_words(price: Displayed | None, today: date) -> str:
    """Return the displayed price in one sentence."""
    if price is None:
        return tr("Aucun prix d’équilibre n’est affiché.")
    words = tr("{price} affichés depuis le {day}.").format(
        price=money(price.amount), day=long_day(price.since)
    )
    if (today - price.since).days > REVIEW_AFTER:
        words += " " + tr("Plus d’un an : il est temps de le revoir.")
    return words
