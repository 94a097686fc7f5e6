"""What is printed of the price: its poster, and what a contribution does."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.finance.price.effect_poster import write_effect_poster
from cantine_desktop.finance.price.price_poster import write_price_poster
from cantine_desktop.i18n import mark

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "price-poster",
        mark("Affiche du prix d’équilibre"),
        write_price_poster,
        "D14",
        Cadence.DAY,
        "finance",
    ),
    Document(
        "effect-poster",
        mark("Affiche « L’effet de ma contribution »"),
        write_effect_poster,
        "D15",
        Cadence.DAY,
        "finance",
    ),
)
