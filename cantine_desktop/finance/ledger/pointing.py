"""What points at an entry or at one of its lines, in whatever part of the application."""

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Entry, LetteredLine, Line
from cantine_desktop.i18n import tr
from cantine_desktop.storage.base import Base, tables_by_name

_OWN = frozenset({(Line.__tablename__, "entry_id"), (LetteredLine.__tablename__, "line_id")})
"""What goes with the entry itself: its lines, and what settles them."""


def refuse_pointed_at(session: Session, entry: Entry) -> None:
    """Let an entry pass that nothing points at.

    Raises:
        UserError: A deposit, a count, a match, a piece… points at it: what it proves would
            be lost.
    """
    keys = {Entry.__tablename__: [entry.id], Line.__tablename__: [line.id for line in entry.lines]}
    models = tables_by_name()
    for column, target in _pointers():
        found = select(column).where(column.in_(keys[target])).limit(1)
        if session.scalar(found) is not None:
            raise UserError(
                tr(
                    "Cette écriture ne s’efface pas : « {noun} » la désigne. Défaites cela "
                    "d’abord, ou corrigez l’écriture là où elle est née."
                ).format(noun=tr(models[column.table.name].noun))
            )


def _pointers() -> list[tuple[Column[int], str]]:
    """Return the columns of every table that hold the key of an entry or of a line."""
    return [
        (key.parent, key.column.table.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {Entry.__tablename__, Line.__tablename__}
        and (table.name, key.parent.name) not in _OWN
    ]
