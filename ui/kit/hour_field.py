"""A time of day, typed as people do."""

import re
from datetime import time

from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from ui.kit.field import Field

_TYPED = re.compile(r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?|(\d{1,2})(\d{2})", re.IGNORECASE)


class HourEdit(Field[time]):
    """Hours and minutes: ``9h30``, ``9:30``, ``930``, ``9``.

    Args:
        name: What the field is called, for screen readers.
        required: Whether an empty field is refused.
    """

    def __init__(self, name: str, *, required: bool = False) -> None:
        super().__init__(name, required=required)
        self.line.setMaxLength(8)

    @override
    def read(self, text: str) -> time:
        found = _TYPED.fullmatch(text.strip())
        if found is not None:
            hours, minutes = int(found[1] or found[3]), int(found[2] or found[4] or 0)
            if hours < 24 and minutes < 60:
                return time(hours, minutes)
        raise UserError(
            tr("« {text} » n’est pas une heure. Exemples : 9h30, 12:15, 19.").format(text=text)
        )

    @override
    def write(self, value: time) -> str:
        return f"{value:%H:%M}"
