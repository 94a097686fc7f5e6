"""What every reader of bank files returns, whatever the file: plain values and remarks."""

from dataclasses import dataclass, field
from datetime import date

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.values.money import Money

NOTHING = Money(0)


@dataclass(frozen=True)
class ReadLine:
    """A movement as the file gives it; see ``BankLine`` for what each value means.

    Attributes:
        place: Line of the file, or rank of the movement, from 1: where a remark points.
        is_pending: The bank has not booked it yet: shown, never taken in.
    """

    day: date
    amount: Money
    label: str
    value_day: date | None = None
    fee: Money = NOTHING
    details: str = ""
    reference: str = ""
    code: str = ""
    given_id: str = ""
    place: int = 0
    is_pending: bool = False


@dataclass(frozen=True)
class ReadStatement:
    """The part of a file about one account.

    Attributes:
        form: ``"ofx"``, ``"camt.053"``, ``"cfonb120"``, ``"csv:bpce"``…
        account: IBAN or number the file gives, without spaces; empty when it gives none.
        iban: IBAN the file gives, or that the French codes it gives amount to; else empty.
        currency: ISO 4217, ``"EUR"`` when the file does not say.
        opening: Balance before the lines, when the file says it.
        closing: Balance after the lines, when the file says it.
        source: The file inside a ZIP it comes from; empty outside of a ZIP.
        remarks: What could not be read, or does not add up, each with its place. A line that
            could not be read is always told here: nothing is dropped in silence.
    """

    form: str
    account: str = ""
    iban: str = ""
    currency: str = "EUR"
    lines: tuple[ReadLine, ...] = ()
    first: date | None = None
    last: date | None = None
    opening: Money | None = None
    closing: Money | None = None
    remarks: tuple[Problem, ...] = field(default_factory=tuple)
    source: str = ""

    @property
    def booked(self) -> tuple[ReadLine, ...]:
        """The lines the bank has booked."""
        return tuple(line for line in self.lines if not line.is_pending)

    @property
    def moved(self) -> Money:
        """The sum of what the bank has booked."""
        return Money(sum(line.amount.cents for line in self.booked))

    @property
    def is_balanced(self) -> bool | None:
        """Tell whether opening, lines and closing agree; ``None`` when a balance is missing."""
        if self.opening is None or self.closing is None:
            return None
        return self.opening + self.moved == self.closing
