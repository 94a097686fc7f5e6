"""What is typed in a column, as a value; and a value, as it is shown and typed back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.registers.instants import at
from cantine_desktop.hygiene.registers.register import Column, Kind
from cantine_desktop.i18n import hour, language, number, tr, weekday
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from cantine_desktop.values.typed import Ambiguous, NotANumber, TooPrecise, read_decimal
from cantine_desktop.values.typed_day import NotADay, read_day

COLDEST, HOTTEST = Decimal(-60), Decimal(300)
"""Beyond these, in °C, nothing in a kitchen was measured."""

LARGEST = Decimal(1_000_000)
"""Beyond it, a number is a slip of the finger."""

LONGEST, LONGEST_VISA = 300, 20
"""Letters of a text, and of initials."""

_TIME = re.compile(
    r"(\d{1,2})\s?[:h.]\s?(\d{2})(?::[0-5]\d|\s?(?:min|mn|m))?|(\d{1,2})\s?h?|(\d{3,4})"
)
_YES = {"o", "oui", "y", "yes", "x", "1", "v", "vrai"}
_NO = {"n", "non", "no", "0", "faux"}
_CONFORM = {"c", "ok", "conforme", "o", "oui", "bon", "x", "y", "yes"}
_WRONG = {"nc", "non conforme", "n", "non", "no", "pas conforme", "mauvais"}
_NOT_ASKED = {"so", "s.o.", "s.o", "sans objet", "na", "n/a"}
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Where:
    """What a text typed in a row leans on.

    Attributes:
        week: The days of the sheet.
        today: The civil day of typing, for words such as « hier ».
        day: Day of the row, once it is known.
        after: Instant of the column that this one follows, once it is known.
    """

    week: Period
    today: date
    day: date | None = None
    after: datetime | None = None


def read_value(column: Column, text: str, where: Where) -> Any:
    """Return what a text typed in a column means; ``None`` when it is empty.

    Raises:
        UserError: It means nothing there; the sentence says what to type.
        Ambiguous: A number has two readings.
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not plain:
        return None
    return _READERS[column.kind](column, plain, where)


def write_value(column: Column, value: Any) -> str:
    """Return a value as it stands on the sheet, and as it may be typed back."""
    return "" if value in {None, ""} else _WRITERS[column.kind](column, value)


def text_of(column: Column, record: Any) -> str:
    """Return what a record says in a column, computed or stored."""
    if column.compute is not None:
        return column.compute(record)
    return write_value(column, getattr(record, column.key))


def _write_day(column: Column, value: date) -> str:
    # Two figures of the year: the cells of a date are narrow on paper.
    return f"{weekday(value)} {value:%d/%m}" if column.key == "day" else f"{value:%d/%m/%y}"


def _label(column: Column, value: Any) -> str:
    found = (tr(choice.label) for choice in column.choices if choice.value == value)
    return next(found, str(value))


def _read_text(column: Column, text: str, _where: Where) -> str:
    longest = LONGEST_VISA if column.kind is Kind.INITIALS else LONGEST
    if len(text) > longest:
        raise UserError(
            tr("C’est trop long pour la fiche : {n} lettres au plus.").format(n=longest)
        )
    return text


def _read_day(column: Column, text: str, where: Where) -> date:
    if column.key != "day":
        try:
            return read_day(text, where.day or where.today)
        except NotADay:
            raise UserError(
                tr("« {text} » n’est pas un jour : tapez-le comme « 24/11 » ou « +3 ».").format(
                    text=_short(text)
                )
            ) from None
    found = _day_of_week(text, where)
    if found is None or found not in where.week:
        raise UserError(
            tr(
                "« {text} » n’est pas un jour de cette feuille (du {first} au {last}) : tapez-le "
                "comme « mar », « {example} » ou « {last} »."
            ).format(
                text=_short(text),
                first=f"{where.week.first:%d/%m}",
                last=f"{where.week.last:%d/%m}",
                example=where.week.first.day,
            )
        )
    return found


def _day_of_week(text: str, where: Where) -> date | None:
    """Return the day of the sheet that a text names: ``mar``, ``12``, ``12/10``, ``hier``."""
    plain = fold(text).strip(". ")
    if plain.isdigit() and len(plain) <= 2:
        return next((day for day in where.week.days if day.day == int(plain)), None)
    if len(plain) >= 2 and plain.isalpha():
        for names in (_WEEKDAYS, _WEEKDAYS_EN):
            places = [place for place, name in enumerate(names) if name.startswith(plain)]
            if len(places) == 1:
                return next(d for d in where.week.days if d.weekday() == places[0])
    try:
        # A year left out is that of the sheet; « hier » and « +1 » start from today.
        return read_day(text, where.week.first if plain[:1].isdigit() else where.today)
    except NotADay:
        return None


def _read_time(column: Column, text: str, where: Where) -> datetime:
    found = _TIME.fullmatch(fold(text))
    if found is None:
        raise UserError(_time_wanted(text))
    if found[4]:
        hours, minutes = int(found[4][:-2]), int(found[4][-2:])
    else:
        hours, minutes = int(found[1] or found[3]), int(found[2] or 0)
    if hours > 23 or minutes > 59:
        raise UserError(_time_wanted(text))
    if where.day is None:
        raise UserError(tr("Tapez d’abord le jour de la ligne, puis l’heure."))
    return at(where.day, time(hours, minutes), where.after if column.after else None)


def _time_wanted(text: str) -> str:
    return tr("« {text} » n’est pas une heure : tapez 14:30, 14h30 ou 1430.").format(
        text=_short(text)
    )


def _read_celsius(_column: Column, text: str, _where: Where) -> Decimal:
    found = _number(text, 1)
    if not COLDEST <= found <= HOTTEST:
        raise UserError(
            tr("« {text} » n’est pas une température de cuisine : entre −60 et 300 °C.").format(
                text=_short(text)
            )
        )
    return found


def _read_number(column: Column, text: str, _where: Where) -> Decimal:
    found = _number(text, column.places)
    if abs(found) >= LARGEST:
        raise UserError(tr("« {text} » est trop grand : vérifiez.").format(text=_short(text)))
    return found


def _number(text: str, places: int) -> Decimal:
    try:
        return read_decimal(text, places, comma_groups=language() == "en")
    except TooPrecise:
        raise UserError(_precision_wanted(text, places)) from None
    except NotANumber:
        raise UserError(
            tr("« {text} » n’est pas un nombre : tapez-le comme « 3,2 » ou « 12 ».").format(
                text=_short(text)
            )
        ) from None
    except Ambiguous as error:
        # No table of a kitchen holds both readings: the one with too many decimals is none.
        if len(error.readings) > 1:
            raise
        raise UserError(_precision_wanted(text, places)) from None


def _precision_wanted(text: str, places: int) -> str:
    if places == 0:
        return tr("« {text} » : un nombre entier est attendu.").format(text=_short(text))
    if places == 1:
        return tr("« {text} » : un seul chiffre après la virgule.").format(text=_short(text))
    return tr("« {text} » : {n} chiffres au plus après la virgule.").format(
        text=_short(text), n=places
    )


def _read_yes_no(_column: Column, text: str, _where: Where) -> bool:
    plain = fold(text)
    if plain in _YES | _NO:
        return plain in _YES
    raise UserError(tr("Tapez « o » pour oui, « n » pour non."))


def _read_check(_column: Column, text: str, _where: Where) -> bool:
    plain = fold(text)
    if plain in _NOT_ASKED:
        raise UserError(
            tr("Sans objet : laissez la case vide, et dites pourquoi dans la remarque.")
        )
    if plain in _CONFORM | _WRONG:
        return plain in _CONFORM
    raise UserError(tr("Tapez « c » pour conforme, « nc » pour non conforme."))


def _read_choice(column: Column, text: str, _where: Where) -> str:
    plain = fold(text)
    labels = [(choice.value, fold(tr(choice.label))) for choice in column.choices]
    for value, label in labels:
        if plain in {label, value}:
            return value
    found = [value for value, label in labels if label.startswith(plain)]
    if len(found) == 1:
        return found[0]
    wanted = ", ".join(tr(choice.label) for choice in column.choices)
    if found:
        raise UserError(tr("Plusieurs réponses commencent ainsi : {wanted}.").format(wanted=wanted))
    raise UserError(tr("Tapez le début d’une de ces réponses : {wanted}.").format(wanted=wanted))


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"


_READERS: dict[Kind, Callable[[Column, str, Where], Any]] = {
    Kind.TEXT: _read_text,
    Kind.INITIALS: _read_text,
    Kind.DAY: _read_day,
    Kind.TIME: _read_time,
    Kind.CELSIUS: _read_celsius,
    Kind.NUMBER: _read_number,
    Kind.YES_NO: _read_yes_no,
    Kind.CHECK: _read_check,
    Kind.CHOICE: _read_choice,
}

_WRITERS: dict[Kind, Callable[[Column, Any], str]] = {
    Kind.TEXT: lambda _column, value: str(value),
    Kind.INITIALS: lambda _column, value: str(value),
    Kind.DAY: _write_day,
    Kind.TIME: lambda _column, value: hour(value),
    Kind.CELSIUS: lambda _column, value: number(value, 1),
    Kind.NUMBER: lambda column, value: number(Decimal(value), column.places),
    Kind.YES_NO: lambda _column, value: tr("oui") if value else tr("non"),
    Kind.CHECK: lambda _column, value: tr("C") if value else tr("NC"),
    Kind.CHOICE: _label,
}
