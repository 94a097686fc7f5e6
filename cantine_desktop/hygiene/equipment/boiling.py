"""At how many degrees water boils where the canteen stands."""

from decimal import Decimal

from cantine_desktop.i18n import round_half_up

LOWEST, HIGHEST = -400, 5000
"""Altitudes of places where people cook, in metres."""

_SEA_LEVEL_PA = Decimal(101325)
_LAPSE = Decimal("0.0000225577")
_EXPONENT = Decimal("5.25588")
_A, _B, _C = Decimal("8.07131"), Decimal("1730.63"), Decimal("233.426")
_PA_PER_MMHG = Decimal("133.322")


def boiling_point(altitude: int) -> Decimal:
    """Return the temperature at which water boils, in °C, to a tenth.

    The mean air pressure at an altitude is that of the international standard atmosphere
    (ISO 2533): ``101325 (1 − 0.0000225577 h)^5.25588`` pascals. The temperature at which
    water boils under it follows from the equation of Antoine for water between 1 and 100 °C:
    ``1730.63 / (8.07131 − log10(P)) − 233.426``, P in millimetres of mercury. The weather moves
    the pressure, and with it this temperature, by some 0.5 °C: the tolerance holds it.

    Source: BP.

    Args:
        altitude: Metres above the sea, −400 to 5 000.

    Raises:
        ValueError: Nobody cooks at that altitude.
    """
    if not LOWEST <= altitude <= HIGHEST:
        raise ValueError(f"no canteen at {altitude} m")
    pascals = _SEA_LEVEL_PA * (1 - _LAPSE * altitude) ** _EXPONENT
    celsius = _B / (_A - (pascals / _PA_PER_MMHG).log10()) - _C
    return round_half_up(celsius, 1)
