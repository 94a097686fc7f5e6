"""The declarative base and the kinds of columns tables are made of."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from cantine_desktop.storage.types import FixedPoint, MoneyType, UtcDateTime
from cantine_desktop.values.money import Money

Celsius = Annotated[Decimal, mapped_column(FixedPoint(1))]
Quantity = Annotated[Decimal, mapped_column(FixedPoint(3))]


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Base of every table; rows are built with keyword arguments.

    Attributes:
        area: What the table belongs to, for rights: ``"hygiene"``, ``"finance"``…
    """

    area: ClassVar[str] = "system"

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
