"""Hours as a person types them in a cell of the week, and as they are shown there.

« 8:30-15:30 », « 8h30 15h30 », « 9-12 14-18 », « 18-0 », « 9-15 p30 », « 9-14 plonge » are read.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.staff.rosters.model import POSTS, Post
from cantine_desktop.values.text import fold

LONGEST = 300
"""More signs than this are not a day of work."""

_DASHES = "-–—−\u2010"
_TIME = re.compile(
    r"(?P<hours>\d{1,2})(?:[h:.](?P<tight>\d{2})?| h(?: (?P<loose>\d{2})(?!\s*[h:\d]))?"
    r"|(?P<close>\d{2}))?(?![\d:])"
)
"""« 8:30 », « 8h30 », « 8 h 30 », « 830 », « 8h »; « 9h 12h » is two times."""
_PAUSE = re.compile(r"p(?:ause)?\s*(\d{1,3})(?:\s*(?:min|mn))?")
_OFF = frozenset({"", "-", "–", "—", "repos", "off", "libre"})
_DAY = 24 * 60


@dataclass(frozen=True)
class ShiftFacts:
    """What a person says of a shift; see ``Shift`` for units.

    Attributes:
        post: ``None`` leaves the usual one of the person.
    """

    start: int
    finish: int
    post: Post | None = None
    pause: int = 0
    kind: Kind = Kind.WORK
    note: str = ""

    @property
    def minutes(self) -> int:
        """Minutes of work as clocks show them, the break left out."""
        return self.finish - self.start - self.pause


def read_hours(text: str) -> tuple[ShiftFacts, ...]:
    """Read the shifts of a day; nothing, a dash or « repos » is a day off.

    Raises:
        UserError: It is no hours, an hour is not of the clock, or two shifts overlap.
    """
    words = fold(text.replace("\u00a0", " ").replace("\u202f", " ")).strip()
    if words in _OFF:
        return ()
    if len(text) > LONGEST:
        raise UserError(tr("Trop long pour une journée : tapez par exemple 8:30-15:30."))
    found: list[ShiftFacts] = []
    place = 0
    while place < len(words):
        shift, place = _shift(words, place, text)
        found.append(shift)
        place = _skip(words, place, " ,;/+·&")
    _refuse_overlap(found)
    return tuple(found)


def _shift(words: str, place: int, text: str) -> tuple[ShiftFacts, int]:
    start, place = _clock(words, place, text)
    place = _skip(words, place, f" {_DASHES}>a")
    finish, place = _clock(words, place, text, is_end=True)
    if start in {_DAY, finish}:
        raise UserError(_unread(text))
    pause, post = 0, None
    while place < len(words):
        place = _skip(words, place, " ")
        if (found := _PAUSE.match(words, place)) is not None:
            pause, place = int(found[1]), found.end()
        elif (named := _post(words, place)) is not None:
            post, place = named
        else:
            break
    whole = finish if finish > start else finish + _DAY
    if pause >= whole - start:
        raise UserError(tr("La pause de {n} min ne tient pas dans le créneau.").format(n=pause))
    return ShiftFacts(start, whole, post, pause), place


def _clock(words: str, place: int, text: str, *, is_end: bool = False) -> tuple[int, int]:
    found = _TIME.match(words, place)
    if found is None:
        raise UserError(_unread(text))
    hours = int(found["hours"])
    minutes = int(found["tight"] or found["loose"] or found["close"] or 0)
    if minutes > 59 or hours > 24 or (hours == 24 and (minutes or not is_end)):
        raise UserError(
            tr("« {text} » n’est pas une heure du jour. Tapez par exemple 8:30-15:30.").format(
                text=found[0].strip()
            )
        )
    return hours * 60 + minutes, found.end()


def _post(words: str, place: int) -> tuple[Post, int] | None:
    """Return the post that a word begins: « cui » is the kitchen."""
    found = re.compile(r"[a-z]{3,}").match(words, place)
    if found is None:
        return None
    for post, name in POSTS.items():
        for said in (fold(name), fold(tr(name))):
            if words.startswith(said, place):
                return post, place + len(said)
            if said.startswith(found[0]):
                return post, found.end()
    return None


def _skip(words: str, place: int, signs: str) -> int:
    while place < len(words) and words[place] in signs:
        place += 1
    return place


def _refuse_overlap(shifts: Sequence[ShiftFacts]) -> None:
    for before, after in itertools.pairwise(shifts):
        if after.start < before.finish:
            raise UserError(
                tr("Deux créneaux se chevauchent ou ne sont pas dans l’ordre : {one} et {other}.")
                .format(one=shift_text(before), other=shift_text(after))
            )  # fmt: skip


def _unread(text: str) -> str:
    shown = text.strip()
    shown = shown if len(shown) <= 30 else f"{shown[:30]}…"
    return tr(
        "« {text} » n’est pas un horaire. Tapez par exemple 8:30-15:30, ou 9-12 14-18 ; "
        "p30 pour 30 min de pause ; rien pour un jour de repos."
    ).format(text=shown)


def shift_text(shift: ShiftFacts) -> str:
    """Return a shift as a cell shows it: ``8:30–15``, with its break when it has one."""
    words = f"{_shown(shift.start)}–{_shown(shift.finish)}"
    return f"{words} p{shift.pause}" if shift.pause else words


def day_text(shifts: Sequence[ShiftFacts]) -> str:
    """Return the shifts of a day as a cell shows them; empty for a day off."""
    return ", ".join(shift_text(each) for each in shifts)


def _shown(minutes: int) -> str:
    hours, rest = divmod(minutes % _DAY, 60)
    return f"{hours}:{rest:02}" if rest else f"{hours}"
