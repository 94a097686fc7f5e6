"""An order as plain text: to paste into an e-mail, or to dictate on the telephone."""

from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.suppliers.model import Supplier


def subject(session: Session, order_id: int, number: str = "") -> str:
    """Return the subject of its e-mail; ``number`` is the one it takes when it has none yet."""
    order = session.get_one(PurchaseOrder, order_id)
    return (
        tr("Commande {number}, livraison du {day}, {canteen}")
        .format(
            number=order.number or number,
            day=long_day(order.delivery_day),
            canteen=canteen_name(session),
        )
        .replace("  ", " ")
    )


def order_text(session: Session, order_id: int, number: str = "") -> str:
    """Return an order as text for an e-mail: one line an article, nothing that needs a table.

    Args:
        session: Where to read.
        order_id: The order.
        number: The one it takes when it has none yet.
    """
    order = session.get_one(PurchaseOrder, order_id)
    supplier = session.get_one(Supplier, order.supplier_id)
    lines = [tr("Bonjour,"), ""]
    replaced = replaces_words(order)
    if replaced:
        lines += [replaced, ""]
    lines.append(
        tr("Voici notre commande {number} pour une livraison le {day} :").format(
            number=order.number or number, day=long_day(order.delivery_day)
        )
    )
    lines += ["", *(_line(line) for line in order.lines if line.units)]
    if order.remarks.strip():
        lines += ["", order.remarks.strip()]
    account = supplier.account.strip()
    lines += ["", tr("Merci de nous confirmer la réception de cette commande.")]
    if account:
        lines.append(tr("Notre numéro de client : {account}").format(account=account))
    return "\n".join([*lines, "", canteen_name(session)])


def spoken_lines(session: Session, order_id: int) -> list[tuple[str, str, str]]:
    """Return what is said on the telephone, line by line: how many, of what, its code."""
    order = session.get_one(PurchaseOrder, order_id)
    return [
        (units_words(line.units), f"{line.name}, {line.unit_name}".strip(", "), line.code)
        for line in order.lines
        if line.units
    ]


def replaces_words(order: PurchaseOrder) -> str:
    """Say which revision it replaces; empty for the first one."""
    if not order.number or order.revision < _replaced_from(order):
        return ""
    return tr("Cette commande annule et remplace celle que vous avez reçue sous le n° {n}.").format(
        n=order.number
    )


def revision_to_print(order: PurchaseOrder) -> int:
    """Return the revision a paper made now carries: that which leaves next while it is written."""
    return order.revision + 1 if _is_written(order) else max(order.revision, 1)


def units_words(units: Decimal) -> str:
    """Return order units: « 3 », « 1,5 »."""
    return plain(units)


def _is_written(order: PurchaseOrder) -> bool:
    return order.state is OrderState.DRAFT


def _replaced_from(order: PurchaseOrder) -> int:
    """Return from which revision on an order replaces another: the next one counts."""
    return 1 if _is_written(order) else 2


def _line(line: PurchaseOrderLine) -> str:
    code = f" [{line.code}]" if line.code else ""
    unit = f", {line.unit_name}" if line.unit_name else ""
    return f"- {units_words(line.units)} × {line.name}{unit}{code}"
