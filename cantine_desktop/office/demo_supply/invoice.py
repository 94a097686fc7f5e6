"""The demonstration’s invoices: one that agrees, one with a price that nobody had agreed on."""

from datetime import date, time, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.supply.invoices.drafting import Awaited, Head, awaited, begin, bill, set_amount
from cantine_desktop.supply.invoices.judging import claim
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY

DUE = timedelta(days=30)
VAT = Fraction(1055, 1000)
RISE = Fraction(118, 100)
"""Story of the oil that went up by 18 %."""


def write_invoices(session: Session, supplier: int, today: date) -> None:
    """Write two invoices of a supplier, left at the desk: nothing of them is in the accounts.

    Args:
        session: The session of the action that writes the demonstration.
        supplier: Whose.
        today: The present day.
    """
    deliveries: dict[str, list[Awaited]] = {}
    for each in awaited(session, supplier):
        if each.expected is not None:
            deliveries.setdefault(each.delivery, []).append(each)
    for rank, lines in enumerate(list(deliveries.values())[-3:-1]):
        dearest = max(lines, key=lambda each: each.expected or Money(0))
        risen = dearest.expected or Money(0)
        if rank:
            risen = rounded(Fraction(risen.cents) * RISE)
        others = sum(each.expected.cents for each in lines if each.expected and each != dearest)
        net = Money(others + risen.cents)
        day = lines[0].day + 2 * DAY
        total = rounded(Fraction(net.cents) * VAT)
        head = Head(supplier, f"FA-{day:%y%m}-{rank + 412}", day, total, net, day + DUE)
        invoice = begin(session, head, instant(today, time(8)))
        bill(session, invoice.id, [each.key for each in lines])
        if rank:
            line = next(each for each in invoice.lines if each.delivery_line_id == dearest.key)
            set_amount(session, line.id, risen)
            claim(session, line.id, tr("Prix au-dessus du tarif convenu"))
