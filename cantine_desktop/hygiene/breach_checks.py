"""Breaches that name a record which is not there."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.catalogue import MATRICES, REGISTERS
from cantine_desktop.hygiene.model import READINGS, Reading
from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.recalls.model import RecallNotice


def records_of_breaches() -> dict[str, type[Any]]:
    """Return the class of the records of each register, by key; a recall is one too."""
    registers = {register.key: register.model for register in REGISTERS}
    matrices = {matrix.key: matrix.model for matrix in MATRICES}
    recalls = {RecallNotice.__tablename__: RecallNotice}
    return {READINGS: Reading, **registers, **matrices, **recalls}


def check_breaches(session: Session) -> Iterator[Finding]:
    """Find the breaches whose record is gone, or whose register nobody knows."""
    models = records_of_breaches()
    query = select(Breach.id, Breach.register, Breach.record_id)
    named: dict[str, list[tuple[int, int | None]]] = {}
    for key, register, record_id in session.execute(query.where(Breach.record_id.is_not(None))):
        named.setdefault(register, []).append((key, record_id))
    for register, pairs in named.items():
        model = models.get(register)
        if model is None:
            for key, _record in pairs:
                text = tr("vient d’une fiche inconnue : « {name} »")
                yield at(("breach", key), text.format(name=register))
            continue
        there = set(session.scalars(select(model.id)))
        for key, record_id in pairs:
            if record_id not in there:
                yield at(("breach", key), tr("son relevé n’existe plus"))
