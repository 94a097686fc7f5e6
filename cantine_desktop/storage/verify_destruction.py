"""Holding what was destroyed against the certificates: these rows, and no others."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, or_, select

from cantine_desktop.i18n import tr
from cantine_desktop.storage.destruction import DestructionCertificate
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.keys import Ranges
from cantine_desktop.storage.stored import Spot, stream, table_of

Destroyed = dict[str, Ranges]
"""Keys that certificates name, by table."""


def certified(connection: Connection) -> Destroyed:
    """Return what all certificates together say was destroyed.

    The certificates themselves are recorded and sealed like any row: one that was forged
    or rewritten is found elsewhere.
    """
    keys = table_of(connection, DestructionCertificate.__tablename__).c["keys"]
    texts: dict[str, list[str]] = {}
    for (stored,) in connection.execute(select(keys)):
        for table, ranges in json.loads(stored).items():
            texts.setdefault(table, []).append(ranges)
    return {table: Ranges(*parts) for table, parts in texts.items()}


def uncertified(spot: Spot) -> Finding:
    """Say that values were emptied and no certificate names their row."""
    text = tr("Ses valeurs ont été effacées, et aucun certificat de destruction ne le couvre.")
    return at(spot, text)


def check_emptied(connection: Connection) -> Iterator[Finding]:
    """Find what is said to be destroyed and is still there, in history or in the seals."""
    changes, seals = table_of(connection, "change").c, table_of(connection, "seal").c
    kept = or_(changes.before.is_not(None), changes.after.is_not(None), changes.salt.is_not(None))
    halves = [
        (changes, kept),
        (seals, or_(seals.row.is_not(None), seals.salt.is_not(None))),
    ]
    text = tr("Ses valeurs sont dites détruites et sont encore là : elles ont pu être changées.")
    for columns, still_there in halves:
        query = (
            select(columns.table, columns.key)
            .where(columns.destroyed.is_not(None), still_there)
            .order_by(columns.id)
        )
        for table, key in stream(connection, query):
            yield at((table, key), text)
