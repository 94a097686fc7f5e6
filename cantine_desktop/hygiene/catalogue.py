"""Every register of the sanitary control plan, in the order of an inspector's index."""

from cantine_desktop.hygiene.equipment.calibration import CALIBRATION
from cantine_desktop.hygiene.labels.uses import USES
from cantine_desktop.hygiene.registers.register import Register

REGISTERS: tuple[Register, ...] = (USES, CALIBRATION)
"""Add a register by a line here: its screen, sheets, files and place in the file follow."""


def register_of(key: str) -> Register:
    """Return the register of a key.

    Raises:
        KeyError: There is none.
    """
    return next(register for register in REGISTERS if register.key == key)
