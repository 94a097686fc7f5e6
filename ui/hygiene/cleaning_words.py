"""What a text typed in a box of a sheet of days means."""

from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.cleaning.matrix import Item, Takes
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.cleaning.words import TICK
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold
from ui.kit.sentences import read_number

ASK = "/"
"""Typed alone: it was not done, and the reason is to be asked."""

_DONE = {"x", "v", "ok", "oui", "o", "fait", "1", "y", "yes", "done", TICK}
_CONFORM = {"c", "oui", "o", "ok", "conforme", "y", "yes", "conform", TICK}
_WRONG = {"nc", "n", "non", "▲"}
_EXEMPT = {"so", "sans objet", "s/o", "na", "n/a"}
_REASONS = ("oubli", "panne", "manque")
_LONGEST_INITIALS = 4


class Typed(NamedTuple):
    """What a text means.

    Attributes:
        answer: What it ticks; ``None`` for a number.
        value: A number, in the unit of the row.
        note: Words that go with it.
        initials: Who did it, when they were typed as the tick.
        asks: More words are to be asked: why it was not done, or what is wrong.
        closes: The canteen was closed that day.
    """

    answer: Answer | None = None
    value: Decimal | None = None
    note: str = ""
    initials: str = ""
    asks: bool = False
    closes: bool = False


def understand(text: str, item: Item, takes: Takes) -> Typed:
    """Read a text typed in a box.

    ``x`` or initials tick; ``c``, ``nc joint abîmé``, ``so`` answer; ``/`` asks why it was
    not done, ``/ panne`` says it; ``350 g`` is ``0,350`` where kilograms are written.

    Raises:
        UserError: It is none of these.
        NotANumber: A number was expected.
        Ambiguous: It has two readings.
    """
    said = text.strip()
    word = fold(said)
    if word == fold(tr("fermé")):
        return Typed(closes=True)
    if word in _EXEMPT:
        return Typed(Answer.NOT_APPLICABLE)
    if said.startswith(ASK) or word.startswith(_REASONS):
        note = said.removeprefix(ASK).strip()
        return Typed(Answer.NOT_DONE, note=note, asks=not note)
    if takes is Takes.TICK:
        return _tick(said, word)
    if takes is Takes.CHECK or (takes is Takes.EITHER and not _is_number(said)):
        return _check(said, word)
    return Typed(value=_number(said, item))


def _tick(said: str, word: str) -> Typed:
    if word in _DONE:
        return Typed(Answer.CONFORM)
    if word in {"non", "n"}:
        return Typed(Answer.NOT_DONE, asks=True)
    if said.isalpha() and len(said) <= _LONGEST_INITIALS:
        return Typed(Answer.CONFORM, initials=said.upper())
    raise UserError(tr("Tapez x ou vos initiales si c’est fait, / si ce ne l’est pas."))


def _check(said: str, word: str) -> Typed:
    if word in _CONFORM:
        return Typed(Answer.CONFORM)
    first, _, note = said.replace("▲", "").strip().partition(" ")
    if fold(first) in _WRONG:
        return Typed(Answer.NOT_CONFORM, note=note.strip(" :"), asks=not note.strip())
    raise UserError(tr("Tapez C (conforme), NC et ce qui ne va pas, ou SO (sans objet)."))


def _is_number(said: str) -> bool:
    return bool(said) and (said[0].isdigit() or said[0] in "-−+")


def _number(said: str, item: Item) -> Decimal:
    """Read a number in the unit of its row; grams may be said where kilograms are written.

    Raises:
        UserError: Too many kilograms: they look like grams.
    """
    plain = said.replace("▲", "").replace("△", "").strip()
    low = plain.lower().replace("\u202f", "").replace("\xa0", " ")
    if item.unit == "kg":
        if low.endswith("kg"):
            return read_number(low.removesuffix("kg").strip(), item.places)
        if low.endswith("g"):
            return read_number(low.removesuffix("g").strip(), 0).scaleb(-3)
        value = read_number(low, item.places)
        if item.most is not None and value > item.most:
            raise UserError(
                tr("{n} kg, vraiment ? Pour des grammes, tapez « {n} g ».").format(n=plain)
            )
        return value
    return read_number(low.removesuffix(item.unit.lower()).strip(), item.places or 0)
