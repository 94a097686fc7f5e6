"""All the chapters of the file, in the order an inspector asks.

Registers and matrices are gone through as the catalogue has them: only their letters say
where they stand, and one that is not known here still has its chapter.
"""

from cantine_desktop.documents.archive import Attached
from cantine_desktop.documents.binder import Part
from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.inspection.breach_part import breach_part
from cantine_desktop.hygiene.inspection.controls import READINGS
from cantine_desktop.hygiene.inspection.cover import opening_parts
from cantine_desktop.hygiene.inspection.honesty_part import honesty_parts
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.matrix_part import matrix_part
from cantine_desktop.hygiene.inspection.papers_part import certificates_parts, equipment_part
from cantine_desktop.hygiene.inspection.plan_part import plan_part
from cantine_desktop.hygiene.inspection.readings_part import readings_parts
from cantine_desktop.hygiene.inspection.register_part import register_part

EARLY = ("FO",)
"""Letters of the sheets that stand before the temperatures: training comes with the papers."""


def contents(making: Making) -> tuple[list[Part], list[Attached]]:
    """Return the parts of the file, and the papers it carries."""
    certificates, annexes = certificates_parts(making)
    sheets = _sheets(making)
    parts: list[Part] = []
    parts += [
        plan_part(making),
        *certificates,
        *(part for letter, each in sheets if letter in EARLY for part in each),
        equipment_part(making),
        *(part for letter, each in sheets if letter not in EARLY for part in each),
        breach_part(making),
        *honesty_parts(making),
    ]
    whole: list[Part] = []
    whole += [*opening_parts(making, whole), *parts]
    return whole, [each.attached for each in annexes if each.attached is not None]


def _sheets(making: Making) -> list[tuple[str, list[Part]]]:
    """Return the parts of each control, with its letter, in the order of the controls."""
    registers = {register.key: register for register in catalogue.REGISTERS}
    matrices = {matrix.key: matrix for matrix in catalogue.MATRICES}
    found: list[tuple[str, list[Part]]] = []
    for control in making.controls:
        if control.key == READINGS:
            found.append((control.letter, readings_parts(making)))
        elif control.key in matrices:
            found.append((control.letter, [matrix_part(making, matrices[control.key], control)]))
        else:
            found.append((control.letter, [register_part(making, registers[control.key], control)]))
    return found
