"""What is printed here: the sign-up sheet of a week, with the names already noted or without."""

from functools import partial

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.reservations.sign_up_sheet import LETTER, write_sign_up_sheet

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "sign-up",
        mark("Feuille d’inscription cuisine et repas"),
        partial(write_sign_up_sheet, blank=False),
        "D17",
        Cadence.WEEK,
        "meals",
        LETTER,
        "reservations",
    ),
    Document(
        "sign-up-blank",
        mark("Feuille d’inscription cuisine et repas"),
        partial(write_sign_up_sheet, blank=True),
        "D17",
        Cadence.WEEK,
        "meals",
        LETTER,
        "reservations",
        form=mark("{title}, lignes vides"),
    ),
)
