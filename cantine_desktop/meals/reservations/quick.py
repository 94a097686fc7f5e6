"""What is typed while the phone rings: « odile c », « +1 », « 3 c groupe »."""

import re
from dataclasses import dataclass

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.reservations.model import Place

MOST = 300
"""More people than that in one line is a slip of the finger."""

_PLACES = {
    "c": Place.COOK,
    "cuisine": Place.COOK,
    "r": Place.EAT,
    "repas": Place.EAT,
}
_PHONE = re.compile(r"(?<![\d+])(?:\+33[ .-]?[1-9]|0[1-9])(?:[ .-]?\d{2}){4}(?!\d)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PEOPLE = re.compile(r"\+?\d{1,3}")
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "et"})


@dataclass(frozen=True)
class Typed:
    """A reservation as it was typed.

    Attributes:
        name: Whose it is; empty for a placeholder.
        place: What they come to do: to eat, unless they said to cook.
        people: How many they are.
        contact: Phone or e-mail, or empty.
    """

    name: str
    place: Place
    people: int
    contact: str


def parse(text: str, place: Place | None = None) -> Typed:
    """Read a line: a name, ``c`` or ``r``, a number of people, a phone, in any order.

    « +2 » after a name adds two to the person; alone, or without « + », a number is how many
    they are. The last ``c`` or ``r`` standing alone is the place: « Marie C c » cooks, and
    keeps her initial.

    Args:
        text: The line.
        place: What its column of paper says already; no letter is then taken for a place.

    Raises:
        UserError: Nothing that says who or how many, or an impossible number.
    """
    rest, contact = _without_contact(text)
    words = rest.split()
    where = place or _take_place(words)
    number = _take_number(words)
    name = _capitalised(words)
    if not name and number is None:
        raise UserError(tr("Tapez un nom, ou « +1 » pour une place sans nom."))
    people = _people(number, has_name=bool(name))
    if not 0 < people <= MOST:
        raise UserError(tr("Une réservation compte de 1 à {most} personnes.").format(most=MOST))
    return Typed(name, where, people, contact)


def _without_contact(text: str) -> tuple[str, str]:
    for pattern in (_PHONE, _MAIL):
        found = pattern.search(text)
        if found is not None:
            return f"{text[: found.start()]} {text[found.end() :]}", found.group()
    return text, ""


def _take_place(words: list[str]) -> Place:
    for index in reversed(range(len(words))):
        place = _PLACES.get(words[index].lower())
        if place is not None:
            del words[index]
            return place
    return Place.EAT


def _take_number(words: list[str]) -> str | None:
    for index, word in enumerate(words):
        if _PEOPLE.fullmatch(word):
            return words.pop(index)
    return None


def _people(number: str | None, *, has_name: bool) -> int:
    if number is None:
        return 1
    return int(number) + (has_name and number.startswith("+"))


def _capitalised(words: list[str]) -> str:
    return " ".join(
        word if word in _PARTICLES and rank else word[:1].upper() + word[1:]
        for rank, word in enumerate(words)
    )
