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


@dataclass(frozen=True)
class ReadStatement:
    """The part of a file about one account.

    Attributes:
        form: ``"ofx"``, ``"camt.053"``, ``"cfonb120"``, ``"csv:bpce"``…
        account: IBAN or number the file gives, without spaces; empty when it gives none.
        currency: ISO 4217, ``"EUR"`` when the file does not say.
        opening: Balance before the lines, when the file says it.
        closing: Balance after the lines, when the file says it.
        remarks: What could not be read, or does not add up, each with its place. A line that
            could not be read is always told here: nothing is dropped in silence.
    """

    form: str
    account: str = ""
    currency: str = "EUR"
    lines: tuple[ReadLine, ...] = ()
    first: date | None = None
    last: date | None = None
    opening: Money | None = None
    closing: Money | None = None
    remarks: tuple[Problem, ...] = field(default_factory=tuple)

    @property
    def is_balanced(self) -> bool | None:
        """Tell whether opening, lines and closing agree; ``None`` when a balance is missing."""
        if self.opening is None or self.closing is None:
            return None
        moved = sum(line.amount.cents for line in self.lines)
        return self.opening.cents + moved == self.closing.cents
