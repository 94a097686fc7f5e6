"""What the screen of events says: what waits, and what the current one brings."""

from collections.abc import Sequence

from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.meals.events.board import EventRow, unanswered
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import EventState
from cantine_desktop.values.money import Money


def sentence_of(rows: Sequence[EventRow]) -> str:
    """Return what waits, in one sentence."""
    if not rows:
        return ""
    late = [row for row in rows if row.remind is not None and not row.remind.is_quote]
    quotes = unanswered(rows)
    to_invoice = [row for row in rows if row.state is EventState.HELD]
    left = Money(sum(row.left.cents for row in rows if row.left.cents > 0))
    parts: list[str] = []
    if late:
        parts.append(trn("{n} facture à relancer", "{n} factures à relancer", len(late)))
    if quotes:
        parts.append(trn("{n} devis sans réponse", "{n} devis sans réponse", len(quotes)))
    if to_invoice:
        parts.append(trn("{n} événement à facturer", "{n} événements à facturer", len(to_invoice)))
    words = ", ".join(parts) or tr("Rien n’attend trop longtemps")
    if left:
        words += tr(" ; reste {left} à recevoir").format(left=money(left))
    return f"{words}."


def about(row: EventRow) -> str:
    """Return the current event in one line: who, how much, what is left of it."""
    words = f"{row.title} · {row.customer}"
    if row.total:
        words += tr(" · {total} − {costs} de coûts = {left}").format(
            total=money(row.total), costs=money(row.margin.costs), left=money(row.margin.left)
        )
        if row.margin.share is not None:
            words += f" ({row.margin.share} %)"
    if row.state in OVER and row.reason:
        words += f" · {row.reason}"
    return words
