"""The first line of a file: what separates its fields, and which they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import Office, Tally
from cantine_desktop.finance.fec.fields import CASH_BASIS, NAMES, WIDTH
from cantine_desktop.i18n import mark
from cantine_desktop.values.text import fold

_VARIANT = ("Montant", "Sens")
_BY_FOLDED = {name.lower(): name for name in (*NAMES, *_VARIANT, *CASH_BASIS)}
_OF_XML = {"compteauxnum": "CompAuxNum", "compteauxlib": "CompAuxLib"}
"""Names of the XML form of the file; the administration itself writes them at times."""
_ENOUGH = 9
"""Separators that the tax office’s tool wants to see on the first line."""


@dataclass(frozen=True)
class Layout:
    """How the lines of a file are laid out.

    Attributes:
        separator: Between fields.
        width: Fields of a line.
        order: Place of each of the eighteen fields; ``None`` when it is missing. With
            ``signed`` the places of debit and credit are those of amount and side.
        is_plain: The eighteen stand in order and first.
        signed: ``Montant`` and ``Sens`` stand for debit and credit.
        has_heading: The first line names the fields, and is no line of entries.
        trails: Its heading ends with a separator.
        payment: Places of the day and means of payment, where cash accounting adds them.
    """

    separator: str
    width: int = WIDTH
    order: tuple[int | None, ...] = tuple(range(WIDTH))
    is_plain: bool = True
    signed: bool = False
    has_heading: bool = True
    trails: bool = False
    payment: tuple[int, int] | None = None

    @property
    def is_cash_basis(self) -> bool:
        """Whether the file is that of cash accounting (VIII-5° and 7°)."""
        return self.payment is not None

    @property
    def columns(self) -> dict[str, int]:
        """The place of each field in a line, from 1."""
        places = {
            name: place + 1
            for name, place in zip(NAMES, self.order, strict=True)
            if place is not None
        }
        if self.signed:
            places |= dict(
                zip(_VARIANT, (places.get("Debit", 0), places.get("Credit", 0)), strict=True)
            )
        if self.payment is not None:
            places |= {"DateRglt": WIDTH + 1, "ModeRglt": WIDTH + 2}
        return places


def read_heading(text: str, tally: Tally) -> Layout | None:
    """Judge the first line and return the layout, or ``None`` when no line can be read."""
    separator = _separator(text, tally)
    if not separator:
        return None
    written = text.split(separator)
    if all(name.startswith('"') and name.endswith('"') for name in written if name):
        words = mark("Les noms des zones sont entre guillemets.")
        tally.add("F08", 1, "", words, office=True)
        written = [name.strip('"') for name in written]
    trails = not written[-1].strip() and len(written) > WIDTH
    if trails:
        words = mark("La première ligne se termine par un séparateur de trop.")
        tally.add("F11", 1, "", words)
        written.pop()
    if not any(fold(name.strip()) in _BY_FOLDED for name in written):
        words = mark("La première ligne ne nomme pas les zones : c’est déjà une écriture.")
        tally.add("H01", 1, "", words, office=True)
        return Layout(separator, has_heading=False)
    return replace(_layout(separator, _known(written, tally), tally), trails=trails)


def _separator(text: str, tally: Tally) -> str:
    tabs, bars = text.count("\t"), text.count("|")
    if tabs >= _ENOUGH:
        if bars:
            words = mark("La première ligne mêle tabulations et barres verticales.")
            tally.add("F07", 1, "", words)
        return "\t"
    if bars >= _ENOUGH:
        if tabs:
            words = mark("La première ligne mêle barres verticales et tabulations.")
            tally.add("F07", 1, "", words)
        return "|"
    other = max(";,", key=text.count)
    if text.count(other) >= _ENOUGH:
        words = mark("Les zones sont séparées par « {sign} ».")
        tally.add("F07", 1, "", words, sign=other)
    else:
        words = mark("La première ligne ne sépare pas les zones : « {text} ».")
        tally.add("F07", 1, "", words, text=text)
    tally.worsen(Office.REJECTED)
    return ""


def _known(written: Sequence[str], tally: Tally) -> list[str]:
    """Return the names as the norm writes them; unknown ones as they are."""
    names: list[str] = []
    odd: list[str] = []
    for text in written:
        name = _BY_FOLDED.get(fold(text.strip()), text.strip())
        if name.lower() in _OF_XML:
            name = _OF_XML[name.lower()]
            words = mark("« {text} » est le nom du format XML ; à plat, la norme écrit « {name} ».")
            tally.add("H01", 1, name, words, text=text.strip(), name=name, office=True)
        elif text != text.strip() and text.strip():
            words = mark("Le nom « {name} » a une espace avant ou après lui.")
            tally.add("H06", 1, name, words, name=text.strip(), office=name in NAMES)
        elif name in NAMES and text != name:
            odd.append(text)
        names.append(name)
    if odd:
        words = mark("Des noms ne sont pas écrits comme dans la norme : {names}.")
        tally.add("H01", 1, "", words, severity=Severity.WARNING, names=", ".join(odd))
    for name, count in Counter(names).items():
        if count > 1 and name:
            words = mark("La zone « {name} » est nommée {count} fois.")
            tally.add("H03", 1, name, words, name=name, count=count)
    return names


def _layout(separator: str, names: list[str], tally: Tally) -> Layout:
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    signed = _judge_sides(places, tally)
    wanted = [*NAMES[:11], *_VARIANT, *NAMES[13:]] if signed else list(NAMES)
    _judge_missing(names, wanted, tally, places)
    order = tuple(places.get(name) for name in wanted)
    found = [place for place in order if place is not None]
    if found != sorted(found):
        here = [name for name, place in zip(wanted, order, strict=True) if place is not None]
        first = next(
            name
            for name, place, due in zip(here, found, sorted(found), strict=True)
            if place != due
        )
        words = mark("Les zones ne sont pas dans l’ordre de la norme, à partir de « {name} ».")
        tally.add("H02", 1, first, words, name=first)
    payment = places.get("DateRglt"), places.get("ModeRglt")
    return Layout(
        separator,
        len(names),
        order,
        order == tuple(range(WIDTH)),
        signed,
        payment=(WIDTH, WIDTH + 1) if payment == (WIDTH, WIDTH + 1) else None,
    )


def _judge_sides(places: dict[str, int], tally: Tally) -> bool:
    """Tell whether amounts are written as ``Montant`` and ``Sens``."""
    here = [name for name in _VARIANT if name in places]
    plain = [name for name in ("Debit", "Credit") if name in places]
    if len(plain) == 2:
        return False
    if here and (len(here) < 2 or plain):
        words = mark("La première ligne nomme {names} : il manque l’autre moitié.")
        tally.add("H05", 1, "", words, names=", ".join([*plain, *here]), office=True)
    return len(here) == 2


def _judge_missing(
    names: list[str], wanted: list[str], tally: Tally, places: dict[str, int]
) -> None:
    half = bool({"Montant", "Sens"} & set(places)) or not {"Debit", "Credit"} <= set(wanted)
    for name in wanted:
        if name in places or (name in {"Debit", "Credit"} and half):
            continue
        words = mark("La zone « {name} » manque sur la première ligne.")
        tally.add("H01", 1, name, words, name=name, office=True)
    last = max((places[name] for name in wanted if name in places), default=0)
    for place, name in enumerate(names):
        if name not in wanted and place < last and name not in {"Debit", "Credit", *_VARIANT}:
            words = mark("« {name} », en colonne {place}, n’est pas une zone de la norme.")
            code = "H01" if len(names) <= WIDTH else "H04"
            tally.add(code, 1, "", words, name=name, place=place + 1)
