"""Tables of suppliers and givers: how they are ordered from, when they deliver, what they ask."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity
from cantine_desktop.values.money import Money


class SupplierKind(StrEnum):
    """What somebody is to the kitchen: delivers, is gone to, or gives."""

    SUPPLIER = "supplier"
    SHOP = "shop"
    DONOR = "donor"


class OrderWay(StrEnum):
    """How an order reaches a supplier."""

    EMAIL = "email"
    PDF = "pdf"
    PHONE = "phone"
    ONLINE = "online"


class Supplier(Base):
    """Who food comes from: a supplier, a shop, a giver (fournisseur).

    Attributes:
        party_id: The same among the parties of the accounts, once it has been invoiced.
        account: The canteen’s customer number there.
        siret: Fourteen digits, or empty.
        minimum: Least amount of an order, taxes left out; ``None`` when there is none.
        minimum_grams: Least weight of an order; ``minimum_boxes``, least order units.
        free_from: Amount from which delivery is free (franco); ``None`` when it always is.
        fee: What delivery costs below it.
        is_local: Whether it is close by, the default of its articles.
    """

    __tablename__ = "supplier"
    __table_args__ = (UniqueConstraint("name"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Fournisseur")

    name: Mapped[str]
    kind: Mapped[SupplierKind] = mapped_column(default=SupplierKind.SUPPLIER)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), default=None)
    account: Mapped[str] = mapped_column(default="")
    siret: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    way: Mapped[OrderWay] = mapped_column(default=OrderWay.EMAIL)
    minimum: Mapped[Money | None] = mapped_column(default=None)
    minimum_grams: Mapped[Quantity | None] = mapped_column(default=None)
    minimum_boxes: Mapped[int | None] = mapped_column(default=None)
    free_from: Mapped[Money | None] = mapped_column(default=None)
    fee: Mapped[Money] = mapped_column(default=Money(0))
    is_local: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    days: Mapped[list["OrderDay"]] = relationship(
        order_by="(OrderDay.weekday, OrderDay.cut_off)", init=False, cascade="all, delete-orphan"
    )
    closures: Mapped[list["SupplierClosure"]] = relationship(
        order_by="SupplierClosure.first", init=False, cascade="all, delete-orphan"
    )
    papers: Mapped[list["SupplierPaper"]] = relationship(
        order_by="SupplierPaper.id", init=False, cascade="all, delete-orphan"
    )
    deposits: Mapped[list["Returnable"]] = relationship(
        order_by="Returnable.id", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its name, contact, phone and address of mail."""
        return " ".join(f"{self.name} {self.contact} {self.phone} {self.email}".split())


class OrderDay(Base):
    """A day of the week an order may leave, and when it is delivered (jour de commande).

    Attributes:
        weekday: Day the order leaves, 0 for Monday.
        cut_off: Minutes after midnight, local time, up to which it is taken the same day.
        lead_days: Civil days from that day to the delivery.
    """

    __tablename__ = "order_day"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"),
        CheckConstraint("cut_off BETWEEN 0 AND 1440", "cut_off"),
        CheckConstraint("lead_days BETWEEN 0 AND 60", "lead"),
    )
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Jour de commande")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True, init=False)
    weekday: Mapped[int]
    cut_off: Mapped[int]
    lead_days: Mapped[int] = mapped_column(default=1)


class SupplierClosure(Base):
    """Days a supplier neither prepares nor delivers (fermeture).

    Attributes:
        first: First civil day.
        end: The day after the last.
    """

    __tablename__ = "supplier_closure"
    __table_args__ = (CheckConstraint('"end" > first', "order"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Fermeture d’un fournisseur")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True, init=False)
    first: Mapped[date]
    end: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")


class SupplierPaper(Base):
    """A paper of a supplier: an organic certificate, an agreement, a price list.

    Attributes:
        valid_until: Last civil day it holds; ``None`` when it has no end.
    """

    __tablename__ = "supplier_paper"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Papier d’un fournisseur")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True, init=False)
    title: Mapped[str]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)


class Returnable(Base):
    """What a supplier lends against a deposit: a crate, a bottle (consigne).

    Attributes:
        deposit: What each is kept for.
        held: How many the canteen has at the moment.
    """

    __tablename__ = "returnable"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Consigne")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True, init=False)
    name: Mapped[str]
    deposit: Mapped[Money] = mapped_column(default=Money(0))
    held: Mapped[int] = mapped_column(default=0)
