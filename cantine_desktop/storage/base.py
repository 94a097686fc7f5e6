"""The declarative base and the kinds of columns tables are made of."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from sqlalchemy import Enum, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from typing_extensions import override

from cantine_desktop.storage.types import FixedPoint, MoneyType, UtcDateTime
from cantine_desktop.values.money import Money

Celsius = Annotated[Decimal, mapped_column(FixedPoint(1))]
Quantity = Annotated[Decimal, mapped_column(FixedPoint(3))]
OrderUnits = Annotated[Decimal, mapped_column(FixedPoint(6))]
"""Boxes and parts of a box: a third is 0.333333, which `packing.exact` takes for a third."""
Ratio = Annotated[Decimal, mapped_column(FixedPoint(9))]
"""Units of one kind in another: 0.0125 kg in a sachet of 12.5 g."""
UnitPrice = Annotated[Decimal, mapped_column(FixedPoint(4))]
"""Euros for one unit; a total is Money."""
Rate = Annotated[Decimal, mapped_column(FixedPoint(4))]
"""A share of one: ``0.055`` is 5,5 %."""


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Base of every table; rows are built with keyword arguments.

    Every table has an integer key that is never given twice, and references
    that may be checked at the end of a transaction, so that undo may put rows
    back in any order.

    Attributes:
        area: What the table belongs to, for rights: ``"hygiene"``, ``"finance"``…
        noun: The French word for one row, marked for translation, as in « relevé n° 12 ».
        recorded: The history keeps every change; only the storage's own tables say no.
    """

    area: ClassVar[str] = "system"
    noun: ClassVar[str] = ""
    recorded: ClassVar[bool] = True

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Money: MoneyType,
        datetime: UtcDateTime,
        StrEnum: Enum(StrEnum, native_enum=False, length=32, values_callable=_values),
    }

    id: Mapped[int] = mapped_column(primary_key=True, init=False)

    @override
    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            table.dialect_options["sqlite"]["autoincrement"] = True
            for reference in table.foreign_key_constraints:
                reference.deferrable = True

    def search_line(self) -> str | None:
        """Return the words by which the palette finds this row; ``None`` leaves it out.

        Only the row's own columns may enter: a change of another row does not
        write the line anew.
        """
        return None


def tables_by_name() -> Mapping[str, type[Base]]:
    """Return the class of each table known so far.

    A table without a class is outside history, undo and rights; its ``info``
    says ``recorded: False``.
    """
    # A class taken out of the metadata, as tests do with theirs, is no table of a book.
    return _classes(tuple(map(id, Base.metadata.tables.values())))


@lru_cache(maxsize=8)
def _classes(_tables: tuple[int, ...]) -> Mapping[str, type[Base]]:
    known = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    tables = ((table, known.get(table)) for table in Base.metadata.tables.values())
    return MappingProxyType({t.name: model for t, model in tables if model is not None})
