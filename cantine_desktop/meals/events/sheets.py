"""What is printed of events: their papers, and the list that follows them."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.events.list_sheet import write_events
from cantine_desktop.meals.events.paper_sheet import write_papers

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "event-papers",
        mark("Devis, factures et avoirs"),
        write_papers,
        "D34",
        Cadence.MONTH,
        "meals",
    ),
    Document(
        "events",
        mark("Suivi des ateliers et privatisations"),
        write_events,
        "",
        Cadence.YEAR,
        "meals",
    ),
)
