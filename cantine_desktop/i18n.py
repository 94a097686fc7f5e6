"""French source texts, their translations, and the writing of numbers and dates.

French is the language of the source; ``resources/locale/<language>/LC_MESSAGES``
holds the other catalogues. The language is one for the whole process: windows
and paper speak the same.
"""

from __future__ import annotations

import gettext as _gettext
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import resources
from cantine_desktop.values.text import NBSP, NNBSP

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from cantine_desktop.values.money import Money

Language = Literal["fr", "en"]

LANGUAGES: dict[Language, str] = {"fr": "Français", "en": "English"}
"""Languages on offer, each in its own words."""


class _State:
    language: Language = "fr"
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use_language(language: Language) -> None:
    """Switch every text of the process to a language."""
    _State.language = language
    _State.catalogue = _load(language)
    _day.cache_clear()


def language() -> Language:
    """Return the language in use."""
    return _State.language


@lru_cache
def _load(language: Language) -> _gettext.NullTranslations:
    if language == "fr":
        return _gettext.NullTranslations()
    with resources.path(f"locale/{language}/LC_MESSAGES/cantine.mo") as file:
        if not file.exists():
            return _gettext.NullTranslations()
        with file.open("rb") as opened:
            return _gettext.GNUTranslations(opened)


def tr(message: str) -> str:
    """Translate a French text into the language in use.

    Values are filled in afterwards: ``tr("{n} relevés").format(n=4)``.
    """
    return _State.catalogue.gettext(message)


def trc(context: str, message: str) -> str:
    """Translate a French text that means two things, told apart by a context in English.

    ``trc("give up", "Annuler")`` is *Cancel*; ``tr("Annuler")`` is *Undo*.
    """
    return _State.catalogue.pgettext(context, message)


def trn(one: str, many: str, count: int) -> str:
    """Translate a French text that depends on a count, and fill in ``{n}``.

    French keeps the singular for 0 and 1, English for 1 alone.
    """
    if _State.language == "fr":
        chosen = one if abs(count) < 2 else many
    else:
        chosen = _State.catalogue.ngettext(one, many, count)
    return chosen.replace("{n}", _grouped(f"{count:,}"))


def mark(message: str) -> str:
    """Mark a French text for translation where it is declared; ``tr`` it when shown."""
    return message


def number(value: Decimal, places: int | None = None) -> str:
    """Write a decimal as the language does: ``−1 234,5``, or ``−1,234.5``.

    Args:
        value: What to write; its own decimals are kept.
        places: Decimals to show instead, halves rounded away from zero.
    """
    return _grouped(f"{value if places is None else round_half_up(value, places):,f}")


def _grouped(text: str) -> str:
    if _State.language == "fr":
        text = text.replace(",", NNBSP).replace(".", ",")
    return text.replace("-", "−")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round a decimal to a number of places, halves away from zero."""
    from decimal import Decimal  # noqa: PLC0415  -- the first paint shows no number

    return value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def money(amount: Money) -> str:
    """Write an amount: ``1 234,50 €``, or ``€1,234.50``."""
    if _State.language == "fr":
        return f"{number(amount.euros)}{NBSP}€"
    sign = "−" if amount.cents < 0 else ""
    return f"{sign}€{number(abs(amount.euros))}"


def celsius(value: Decimal) -> str:
    """Write a temperature: ``−18,5 °C``."""
    return f"{number(value)}{NBSP}°C"


def short_day(day: date) -> str:
    """Write a day in figures: ``04/03/2025`` in both languages (day first)."""
    return f"{day:%d/%m/%Y}"


def long_day(day: date) -> str:
    """Write a day in words: ``mardi 4 mars 2025``."""
    return _day(day, "EEEE d MMMM y")


def day_and_month(day: date) -> str:
    """Write a day without its year: ``4 mars``."""
    return _day(day, "d MMMM")


def weekday(day: date) -> str:
    """Write the short name of a weekday: ``mar.``."""
    return _day(day, "EEE")


def month(day: date) -> str:
    """Write a month: ``mars 2025``."""
    return _day(day, "MMMM y")


@lru_cache(maxsize=4096)
def _day(day: date, pattern: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415  -- 15 ms that the first paint does not need

    if _State.language != "fr":
        return format_date(day, pattern, locale="en_GB")
    if day.day == 1:
        pattern = pattern.replace("d ", "d'er' ")  # the first of a month alone is an ordinal
    return format_date(day, pattern, locale="fr_FR")


def hour(instant: datetime) -> str:
    """Write the time of day of an aware instant, where the canteen stands: ``08:45``."""
    from cantine_desktop.clock import PARIS  # noqa: PLC0415  -- nor an hour

    return f"{instant.astimezone(PARIS):%H:%M}"
