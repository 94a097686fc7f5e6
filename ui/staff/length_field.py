"""A length of work, typed in hours."""

import re
from decimal import Decimal

from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from ui.kit.field import Field

_TYPED = re.compile(r"([-−]?)(\d{1,4})(?:\s*h\s*([0-5]\d)?|[.,](\d{1,2}))?", re.IGNORECASE)


class LengthEdit(Field[int]):
    """Minutes, typed in hours: ``35``, ``17h30``, ``17,5``.

    Args:
        name: What the field is called, for screen readers.
        negative: Whether less than nothing makes sense.
        required: Whether an empty field is refused.
    """

    def __init__(self, name: str, *, negative: bool = False, required: bool = False) -> None:
        super().__init__(name, unit=tr("h"), required=required)
        self._negative = negative

    @override
    def read(self, text: str) -> int:
        found = _TYPED.fullmatch(text.strip())
        if found is None:
            raise UserError(
                tr("« {text} » n’est pas une durée. Exemples : 35, 17h30, 17,5.").format(text=text)
            )
        minutes = Decimal(int(found[2]) * 60 + int(found[3] or 0))
        if found[4]:
            minutes += Decimal(f"0.{found[4]}") * 60
        if minutes != int(minutes):
            raise UserError(tr("Cette durée ne tombe pas sur une minute : écrivez 17h20."))
        if found[1] and not self._negative:
            raise UserError(tr("Une durée positive est attendue."))
        return -int(minutes) if found[1] else int(minutes)

    @override
    def write(self, value: int) -> str:
        hours, rest = divmod(abs(value), 60)
        sign = "−" if value < 0 else ""
        return f"{sign}{hours}h{rest:02d}" if rest else f"{sign}{hours}"
