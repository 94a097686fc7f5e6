"""Which thermometer a sheet of temperatures was filled with: said once for the whole week.

Sheets with a column for it name it row by row; the others have one line on the paper and
one choice above the grid, which every row of the week then carries.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from cantine_desktop.errors import SealedError
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.register import Kind, Register
from cantine_desktop.hygiene.registers.signing import is_signed
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period


def names_one_probe(register: Register) -> bool:
    """Tell whether a sheet names its thermometer once: it measures, and has no column for it."""
    measures = any(
        (column.kind is Kind.CELSIUS and not column.is_given) or column.in_celsius
        for column in register.columns
    )
    return measures and all(column.key != "probe" for column in register.columns)


def probes_of(records: Iterable[Any]) -> tuple[str, ...]:
    """Return the thermometers that records name, each once, the first used first."""
    return tuple(dict.fromkeys(record.probe for record in records if record.probe))


def name_probe(session: Session, register: Register, week: Period, probe: str) -> int:
    """Say which thermometer a sheet was filled with; return how many rows changed.

    Rows that name one keep it: a probe that breaks on Wednesday did measure on Monday. One
    chosen by mistake is taken back first, from the whole sheet.

    Args:
        session: The session of an action.
        register: The sheet.
        week: Its ISO week.
        probe: Name or number, as on the instrument; empty takes back those that were named.

    Raises:
        SealedError: The week is signed.
    """
    if is_signed(session, register.key, week.first):
        raise SealedError(tr("La fiche est signée : la sonde ne s’y change plus."))
    records = records_of(session, register, week)
    wanted = probe.strip()
    changed = [record for record in records if bool(record.probe) is not bool(wanted)]
    for record in changed:
        record.probe = wanted
    session.flush()
    return len(changed)
