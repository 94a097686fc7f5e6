"""Where a paper stands, in words."""

from datetime import date

from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.meals.events.board import PaperRow
from cantine_desktop.meals.events.model import PaperKind
from cantine_desktop.meals.events.payments import Payment


def paper_state(paper: PaperRow, today: date) -> str:
    """Return in words where a paper stands."""
    if paper.kind is PaperKind.QUOTE:
        until = short_day(paper.until) if paper.until else "–"
        return (
            tr("remplacé")
            if paper.is_taken_back
            else tr("valable jusqu’au {day}").format(day=until)
        )
    if paper.is_taken_back:
        return tr("annulée par un avoir")
    if paper.payment is None:
        return "" if paper.due else tr("rien à payer")
    return _payment(paper, paper.payment, today)


def _payment(paper: PaperRow, payment: Payment, today: date) -> str:
    if payment.left.cents < 0:
        return tr("à rembourser : {left}").format(left=money(-payment.left))
    if payment.is_settled:
        return tr("soldé")
    left, until = money(payment.left), paper.until
    if until is not None and payment.is_late(until, today):
        words = trn(
            "{left} : {n} jour de retard", "{left} : {n} jours de retard", (today - until).days
        )
        return words.format(left=left)
    return tr("{left} à payer pour le {day}").format(
        left=left, day=short_day(until) if until else "–"
    )
