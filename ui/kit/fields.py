"""Fields for numbers, sums of money and temperatures; never a spin box."""

from decimal import Decimal

from PySide6.QtCore import Qt
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import number, tr
from cantine_desktop.values.money import Money
from ui.kit.date_field import DateEdit
from ui.kit.field import Field
from ui.kit.search_field import Item, SearchCombo
from ui.kit.sentences import read_number, typable

__all__ = [
    "DateEdit",
    "Field",
    "Item",
    "MoneyEdit",
    "NumberEdit",
    "SearchCombo",
    "TemperatureEdit",
    "TextEdit",
]


class NumberEdit(Field[Decimal]):
    """A number, typed with comma or point, or as a small sum.

    Args:
        name: What the field is called, for screen readers.
        places: Decimals that are kept; a number with more is refused.
        unit: Shown muted at the right.
        minimum: Smallest good value.
        maximum: Largest good value.
        required: Whether an empty field is refused.
    """

    def __init__(
        self,
        name: str,
        *,
        places: int | None = None,
        unit: str = "",
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        required: bool = False,
    ) -> None:
        super().__init__(name, unit=unit, required=required)
        self._places = places
        self._bounds = (minimum, maximum)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    @override
    def read(self, text: str) -> Decimal:
        value = read_number(text, self._places)
        low, high = self._bounds
        if low is not None and value < low:
            raise UserError(tr("Au moins {n}.").format(n=number(low)))
        if high is not None and value > high:
            raise UserError(tr("Au plus {n}.").format(n=number(high)))
        return value

    @override
    def write(self, value: Decimal) -> str:
        return typable(value)


class TemperatureEdit(NumberEdit):
    """Degrees Celsius, one decimal, between −60 and 300."""

    def __init__(self, name: str, *, required: bool = False) -> None:
        super().__init__(
            name,
            places=1,
            unit="°C",
            minimum=Decimal(-60),
            maximum=Decimal(300),
            required=required,
        )


LARGEST = 10**13
"""Cents that are believed when typed."""


class MoneyEdit(Field[Money]):
    """An amount in euros, to the cent.

    Args:
        name: What the field is called, for screen readers.
        negative: Whether it may be below zero.
        required: Whether an empty field is refused.
    """

    def __init__(self, name: str, *, negative: bool = False, required: bool = False) -> None:
        super().__init__(name, unit="€", required=required)
        self._negative = negative
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    @override
    def read(self, text: str) -> Money:
        amount = Money.from_decimal(read_number(text, 2))
        if amount.cents < 0 and not self._negative:
            raise UserError(tr("Un montant positif est attendu."))
        if abs(amount.cents) > LARGEST:
            raise UserError(tr("Ce montant est trop grand pour être juste : vérifiez-le."))
        return amount

    @override
    def write(self, value: Money) -> str:
        return typable(value.euros)


class TextEdit(Field[str]):
    """A line of words."""

    def __init__(self, name: str, *, required: bool = False, longest: int = 200) -> None:
        super().__init__(name, required=required)
        self.line.setMaxLength(longest)

    @override
    def read(self, text: str) -> str:
        return " ".join(text.split())

    @override
    def write(self, value: str) -> str:
        return value
