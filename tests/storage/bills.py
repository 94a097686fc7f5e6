"""Tables for tests alone, two of which can be sealed: they enter no real book."""

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money


class Bill(Sealable, Base):
    __tablename__ = "test_bill"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = "facture"

    number: Mapped[str] = mapped_column(unique=True)
    total: Mapped[Money] = mapped_column(default=Money(0))
    paid: Mapped[bool] = mapped_column(default=False)

    @override
    def search_line(self):
        return f"Facture {self.number}"


class BillLine(Sealable, Base):
    __tablename__ = "test_bill_line"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = "ligne"
    sealed_with: ClassVar[str] = "bill_id"

    bill_id: Mapped[int] = mapped_column(ForeignKey(Bill.__table__.c.id))
    text: Mapped[str]


class Shelf(Base):
    __tablename__ = "test_shelf"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = "étagère"

    name: Mapped[str]
    bill_id: Mapped[int | None] = mapped_column(ForeignKey(Bill.__table__.c.id), default=None)


TABLES = [Shelf.__table__, Bill.__table__, BillLine.__table__]

for _table in TABLES:
    Base.metadata.remove(_table)


def enter():
    for table in TABLES:
        Base.metadata._add_table(table.name, None, table)


def leave():
    for table in TABLES:
        Base.metadata.remove(table)
