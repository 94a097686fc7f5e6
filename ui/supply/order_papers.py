"""The papers of an order: the one to print now, and those that left."""

from functools import partial
from io import BytesIO

from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import hour, short_day, tr
from cantine_desktop.supply.orders.model import OrderSending, PurchaseOrder
from cantine_desktop.supply.orders.sending import sendings_of
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.dialogs import choose
from ui.opened_file import open_attachment
from ui.printing import PreviewDialog
from ui.supply.order_dialogs import WAYS


def show_order(desk: Desk, key: int, window: QWidget) -> None:
    """Show one order alone, ready to print."""
    title = tr("Bon de commande")
    show = partial(_present, desk, window, title)
    desk.jobs.run(partial(_write, desk, key), show, _failed, title)


def show_sent(desk: Desk, key: int, parent: QWidget) -> None:
    """Open the paper that left; ask which one when an order left more than once."""
    with desk.book.read() as session:
        kept = [each for each in sendings_of(session, key) if each.attachment_id is not None]
        texts = [_words(each) for each in kept]
        papers = [each.attachment_id for each in kept]
    if not papers:
        desk.tell(tr("Aucun papier n’est gardé de cette commande."))
        return
    place: int | None = len(papers) - 1
    if len(papers) > 1:
        title = tr("Ce qui est parti")
        place = choose(parent, title, "", texts, tr("Ouvrir"), chosen=len(papers) - 1)
    paper = None if place is None else papers[place]
    if paper is not None:
        open_attachment(desk, paper)


def _words(sending: OrderSending) -> str:
    return tr("Révision {n}, partie le {day} à {hour} {way}").format(
        n=sending.revision,
        day=short_day(civil_date(sending.sent_at)),
        hour=hour(sending.sent_at),
        way=tr(WAYS[sending.way]),
    )


def _write(desk: Desk, key: int) -> bytes:
    # Brings ReportLab, which no other gesture of the screen needs.
    from cantine_desktop.supply.orders.order_sheet import write_orders  # noqa: PLC0415

    target = BytesIO()
    with desk.book.read() as session:
        day = session.get_one(PurchaseOrder, key).delivery_day
        write_orders(session, Period(day, day + DAY), desk.book.clock(), target, key=key)
    return target.getvalue()


def _present(desk: Desk, window: QWidget, title: str, pdf: bytes) -> None:
    PreviewDialog(desk, pdf, title, window).open()


def _failed(error: BaseException) -> None:
    raise error
