"""What the back-test says, in sentences a hurried person can act on."""

from decimal import Decimal

from cantine_desktop.i18n import number, tr, trn
from cantine_desktop.meals.forecast.backtest import BackTest
from cantine_desktop.meals.forecast.predicting import Forecast
from cantine_desktop.meals.forecast.walking import COLD
from cantine_desktop.meals.forecast.wording import percent

_FEW = 12
"""Services under which the back-test is shown with a warning."""


def tested(found: BackTest) -> str:
    """Return how the forecast would have done over twelve months."""
    if not found.n or found.error is None:
        words = tr("Pas encore d’essai sur le passé : il faut plus de {least} services clôturés.")
        return words.format(least=COLD)
    said = [
        trn(
            "Essai sur {n} service : erreur de {error} convives.",
            "Essai sur les {n} derniers services, vus de la veille : erreur moyenne de {error} "
            "convives.",
            found.n,
        ).format(error=decimal(found.error))
    ]
    said += _compared(found)
    if found.with_intervals:
        words = tr(
            "Fourchettes tenues : {half} pour celle d’une fois sur deux, {most} pour celle de "
            "quatre sur cinq."
        )
        said.append(
            words.format(
                half=percent(found.inside50 / found.with_intervals),
                most=percent(found.inside80 / found.with_intervals),
            )
        )
    if found.n < _FEW:
        said.append(tr("C’est encore peu pour conclure."))
    return " ".join(said)


def surplus(found: BackTest) -> str:
    """Return what cooking by the forecast would have changed in surplus meals; may be empty."""
    change = found.surplus_change
    if change is None or found.compared < _FEW or abs(change) < 0.005:
        return ""
    if change < 0:
        words = tr(
            "À la suivre, vous auriez cuisiné {share} de portions en trop de moins qu’en "
            "reprenant le même jour de la semaine d’avant."
        )
    else:
        words = tr(
            "À la suivre, vous auriez cuisiné {share} de portions en trop de plus qu’en "
            "reprenant le même jour de la semaine d’avant."
        )
    return words.format(share=percent(abs(change)))


def expected_words(found: Forecast) -> str:
    """Return how many to cook for, and how far it may be: ``31 (27–35 quatre fois sur cinq)``."""
    if not found.is_measured:
        words = tr("{n}, encore sans historique pour dire l’écart")
        return words.format(n=found.expected)
    words = tr("{n} ({span} quatre fois sur cinq)")
    return words.format(n=found.expected, span=span(found.low80, found.high80))


def span(low: int, high: int) -> str:
    """Write an interval: ``28–35``; one number when both ends are the same."""
    return str(low) if low == high else f"{low}–{high}"


def decimal(value: float) -> str:
    """Write a mean with one decimal: ``3,4``."""
    return number(Decimal(str(round(value, 1))), 1)


def _compared(found: BackTest) -> list[str]:
    if found.error_naive is None or found.error_compared is None:
        return []
    naive = decimal(found.error_naive)
    if found.error_compared < found.error_naive:
        words = tr("« Comme le même jour la semaine d’avant » se serait trompé de {other}.")
    else:
        words = tr(
            "« Comme le même jour la semaine d’avant » aurait fait aussi bien ou mieux : {other}."
        )
    return [words.format(other=naive)]
