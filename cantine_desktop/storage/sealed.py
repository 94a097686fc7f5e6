"""Refusing to touch what was closed for good."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from cantine_desktop.errors import SealedError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.stored import Row, Spot

SEALED_AT = "sealed_at"


class Sealable(MappedAsDataclass, kw_only=True):
    """What a table adds so that its rows can be closed for good (clos, scellé).

    Attributes:
        sealed_with: The foreign key column of the parent that seals this row with itself;
            a sealed parent neither gains nor loses such rows.
        sealed_at: Instant of sealing; ``None`` while the row may still change.
    """

    sealed_with: ClassVar[str] = ""

    sealed_at: Mapped[datetime | None] = mapped_column(default=None, init=False)

    @property
    def is_sealed(self) -> bool:
        """Tell whether the row is closed for good."""
        return self.sealed_at is not None


def place(table: str, key: int) -> str:
    """Name a row as people do: « relevé n° 12 »."""
    model = tables_by_name().get(table)
    noun = tr(model.noun) if model is not None and model.noun else f"« {table} »"
    return tr("{noun} n° {key}").format(noun=noun, key=key)


def is_sealed(row: Row | None) -> bool:
    """Tell whether a stored row is sealed."""
    return row is not None and row.get(SEALED_AT) is not None


def refuse_sealed(spot: Spot, row: Row | None) -> None:
    """Let a change of a stored row pass.

    Raises:
        SealedError: The row is sealed.
    """
    if is_sealed(row):
        raise SealedError(
            tr(
                "Élément clos ({place}) : il ne peut plus être modifié ni supprimé. "
                "Enregistrez une correction à la suite."
            ).format(place=place(*spot))
        )


def parents(model: type[Base], *rows: Mapping[str, Any] | None) -> set[Spot]:
    """Return the parents that rows of a table are sealed with."""
    held = _held_by(model)
    if held is None:
        return set()
    parent, column = held
    return {(parent, row[column]) for row in rows if row and row[column] is not None}


def needed(model: type[Base]) -> tuple[str, ...]:
    """Return the columns that tell whether rows of a table may be written: seal and parent."""
    if not issubclass(model, Sealable):
        return ()
    return (SEALED_AT, model.sealed_with) if model.sealed_with else (SEALED_AT,)


@cache
def _held_by(model: type[Base]) -> tuple[str, str] | None:
    """Return the table and the foreign key of what seals the rows of a table, if any does."""
    column = model.sealed_with if issubclass(model, Sealable) else ""
    return (parent_table(model, column), column) if column else None


def parent_table(model: type[Base], column: str) -> str:
    """Return the name of the table that a foreign key column points to."""
    (reference,) = model.__table__.columns[column].foreign_keys
    return reference.column.table.name


def refuse_sealed_parents(rows: Mapping[Spot, Row | None]) -> None:
    """Let a child come or go.

    Args:
        rows: The parents as stored.

    Raises:
        SealedError: One of the parents is sealed.
    """
    for spot, row in rows.items():
        if is_sealed(row):
            raise SealedError(
                tr(
                    "Élément clos ({place}) : on ne peut plus rien y ajouter ni en retirer. "
                    "Enregistrez une correction à la suite."
                ).format(place=place(*spot))
            )
