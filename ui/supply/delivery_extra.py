"""What came without being ordered: an article of the supplier, a product, or words."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.listing import article_rows
from ui.desk import Desk
from ui.kit.dialogs import ask_text, choose

MOST_SHOWN = 12


class Extra(NamedTuple):
    """What was chosen: an article, a product, or words."""

    article: int | None = None
    product: int | None = None
    words: str = ""


def ask_extra(parent: QWidget, desk: Desk, supplier: int, *, is_gift: bool) -> Extra | None:
    """Ask what came; ``None`` when the person gives up."""
    if is_gift:
        words = ask_text(
            parent,
            tr("Ajouter une denrée"),
            tr("Quel produit ? Tapez son nom, comme dans vos recettes."),
            tr("Ajouter"),
        )
        return None if words is None else Extra(words=words)
    title = tr("Arrivé sans être commandé")
    with desk.book.read() as session:
        today = civil_date(desk.book.clock())
        rows = article_rows(session, today, supplier_id=supplier)[:MOST_SHOWN]
    texts = [*(f"{row.name}, {row.unit}" for row in rows), tr("Autre chose…")]
    place = choose(parent, title, "", texts, tr("Ajouter"), chosen=len(rows))
    if place is None:
        return None
    if place < len(rows):
        return Extra(article=rows[place].key)
    words = ask_text(parent, title, tr("Qu’est-ce qui est arrivé ?"), tr("Ajouter"))
    return None if words is None else Extra(words=words)
