"""What is printed of the figures of meals."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.figures.thanks_poster import write_thanks_poster

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "thanks-poster",
        mark("Affiche « Merci », solidarité du mois"),
        write_thanks_poster,
        "D16",
        Cadence.MONTH,
        "meals",
    ),
)
