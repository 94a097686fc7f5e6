"""Reading what was typed, and what to say when it cannot be taken."""

from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import language, number, tr, trn
from cantine_desktop.values.typed import Ambiguous, NotANumber, TooPrecise, read_decimal

REFUSALS = (UserError, NotANumber, Ambiguous)
"""Errors that are answered with a sentence beside the field."""


class Choice(NamedTuple):
    """One way to read a text: what the button says, and the text that has no other reading."""

    label: str
    text: str


class Refusal(NamedTuple):
    """Why a typed text was not taken, and what may be meant instead."""

    sentence: str
    choices: tuple[Choice, ...] = ()


def read_number(text: str, places: int | None = None) -> Decimal:
    """Read a typed number with the habits of the language in use.

    Raises:
        Ambiguous: The text has two readings.
        NotANumber: The text has none.
    """
    return read_decimal(text, places, comma_groups=language() == "en")


def typable(value: Decimal) -> str:
    """Write a number as it may be typed back: without the commas that would be asked about."""
    return number(value).replace(",", "") if language() == "en" else number(value)


def refusal(error: UserError | NotANumber | Ambiguous) -> Refusal:
    """Return what to say, in the language in use, and what to offer."""
    if isinstance(error, Ambiguous):
        return Refusal(_question(error), tuple(map(_choice, error.readings)))
    return Refusal(_sentence(error))


def _question(error: Ambiguous) -> str:
    if len(error.readings) == 1:
        return tr("« {text} » : voulez-vous dire {number} ?").format(
            text=error.text, number=number(error.readings[0])
        )
    return tr("« {text} » se lit de deux façons. Laquelle ?").format(text=error.text)


def _choice(reading: Decimal) -> Choice:
    text = f"{reading.normalize():f}"
    # A zero more makes three decimals four, and no longer a group of thousands.
    return Choice(number(reading), f"{text}0" if text[-4:-3] == "." else text)


def _sentence(error: UserError | NotANumber) -> str:
    match error:
        case TooPrecise(places=0):
            return tr("« {text} » : un nombre entier est attendu.").format(text=error.text)
        case TooPrecise():
            return trn(
                "« {text} » : au plus {n} chiffre après la virgule.",
                "« {text} » : au plus {n} chiffres après la virgule.",
                error.places,
            ).format(text=error.text)
        case NotANumber():
            return tr("« {text} » n’est pas un nombre.").format(text=error.text)
        case _:
            return str(error)
