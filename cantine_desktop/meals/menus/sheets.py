"""What is printed of the menus: posters, the sheet of the kitchen, the register."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.menus.day_poster import write_day_poster
from cantine_desktop.meals.menus.register import write_allergen_register
from cantine_desktop.meals.menus.week_poster import write_week_poster

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "menu-week",
        mark("Menu de la semaine"),
        write_week_poster,
        "D12",
        Cadence.WEEK,
        "meals",
        screen="menus",
    ),
    Document(
        "menu-day",
        mark("Menu du jour et allergènes"),
        write_day_poster,
        "D13",
        Cadence.DAY,
        "meals",
        screen="menus",
    ),
    Document(
        "allergen-register",
        mark("Registre des allergènes"),
        write_allergen_register,
        "",
        Cadence.MONTH,
        "meals",
        screen="menus",
    ),
)
