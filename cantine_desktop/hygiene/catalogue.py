"""Every register and every sheet of days of the plan, in the order of an inspector's index."""

from cantine_desktop.hygiene.cleaning.matrices import MATRICES
from cantine_desktop.hygiene.equipment.calibration import CALIBRATION
from cantine_desktop.hygiene.food.cooking import COOKING
from cantine_desktop.hygiene.food.cooling import COOLING
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.food.making import MAKING
from cantine_desktop.hygiene.food.oil import OIL
from cantine_desktop.hygiene.food.reheating import REHEATING
from cantine_desktop.hygiene.food.samples import SAMPLES
from cantine_desktop.hygiene.food.services import SERVICES
from cantine_desktop.hygiene.food.use_by import USE_BY
from cantine_desktop.hygiene.kitchen.briefing import BRIEFING
from cantine_desktop.hygiene.kitchen.refusals import REFUSALS
from cantine_desktop.hygiene.kitchen.training import TRAINING
from cantine_desktop.hygiene.labels.uses import USES
from cantine_desktop.hygiene.registers.register import Register

__all__ = ["MATRICES", "REGISTERS", "register_of"]

REGISTERS: tuple[Register, ...] = (
    GOODS,
    USE_BY,
    MAKING,
    COOKING,
    COOLING,
    REHEATING,
    SERVICES,
    OIL,
    SAMPLES,
    USES,
    CALIBRATION,
    BRIEFING,
    TRAINING,
    REFUSALS,
)
"""Add a register by a line here: its screen, sheets, files and place in the file follow."""


def register_of(key: str) -> Register:
    """Return the register of a key.

    Raises:
        KeyError: There is none.
    """
    return next(register for register in REGISTERS if register.key == key)
