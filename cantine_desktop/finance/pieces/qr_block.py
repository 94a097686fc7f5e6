"""What is to pay, in words and as the square that the bank’s telephone application reads.

Source: EPC069-12.
"""

from collections.abc import Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD, wrap
from cantine_desktop.documents.styles import INK, MUTED, RULE
from cantine_desktop.finance.pieces.payment_file import sepa_text
from cantine_desktop.values.money import Money

SIDE = 34 * mm
"""Side of the square, in points."""

_PAD = 4 * mm
_LABEL = 8.5
_VALUE = 10.5


def payment_square(name: str, iban: str, amount: Money, label: str) -> list[list[bool]]:
    """Return the dark and light modules of a payment, row by row.

    Args:
        name: Who is paid; 70 letters are kept.
        iban: Where to.
        amount: From one cent to 999 999 999,99 €.
        label: What the person paid reads; 140 letters are kept.
    """
    from segno import helpers  # noqa: PLC0415  -- only when a payment is printed

    code = helpers.make_epc_qr(
        sepa_text(name, 70), iban, amount.euros, text=sepa_text(label, 140), encoding="utf-8"
    )
    return [[bool(module) for module in row] for row in code.matrix]


class PaymentBlock(Flowable):
    """A payment: its words on the left, its square on the right, never cut over two pages."""

    def __init__(
        self, title: str, facts: Sequence[tuple[str, str]], square: Sequence[Sequence[bool]]
    ) -> None:
        """Lay out a payment.

        Args:
            title: Who is paid, and how much.
            facts: Names and values, in order.
            square: What ``payment_square`` returned; empty draws none.
        """
        super().__init__()
        self._title = title
        self._facts = list(facts)
        self._square = square
        self._lines: list[tuple[str, list[str]]] = []
        self._heads: list[str] = []
        self.spaceAfter = 5 * mm

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        room = aW - 3 * _PAD - SIDE
        self._heads = wrap(self._title, SEMIBOLD, 12.5, room)
        self._lines = [
            (name, wrap(value, REGULAR, _VALUE, room - 32 * mm)) for name, value in self._facts
        ]
        rows = sum(max(len(lines), 1) for _name, lines in self._lines)
        words = len(self._heads) * 16 + 4 + rows * 14.5
        self.width, self.height = aW, max(words, SIDE) + 2 * _PAD
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame, the words and the square."""
        canvas = self.canv
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.7)
        canvas.roundRect(0, 0, self.width, self.height, 2 * mm)
        level = self.height - _PAD - 10
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 12.5)
        for line in self._heads:
            canvas.drawString(_PAD, level, line)
            level -= 16
        level -= 4
        for name, lines in self._lines:
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, _LABEL)
            canvas.drawString(_PAD, level, name)
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, _VALUE)
            for line in lines or [""]:
                canvas.drawString(_PAD + 32 * mm, level, line)
                level -= 14.5
        self._draw_square()

    def _draw_square(self) -> None:
        if not self._square:
            return
        canvas = self.canv
        side = SIDE / len(self._square)
        left, top = self.width - _PAD - SIDE, self.height - _PAD
        canvas.setFillColor(INK)
        for row, modules in enumerate(self._square):
            place = 0
            for is_dark, run in groupby(modules):
                count = len(list(run))
                if is_dark:
                    low = top - (row + 1) * side
                    canvas.rect(left + place * side, low, count * side, side, stroke=0, fill=1)
                place += count
