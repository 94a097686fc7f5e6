"""What is printed of the till: counts, what goes to the bank, its book, its closings."""

from functools import partial

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.finance.cash.attestation import write_attestation
from cantine_desktop.finance.cash.book_sheet import write_cash_book
from cantine_desktop.finance.cash.closing_sheet import write_closing
from cantine_desktop.finance.cash.count_sheet import LETTER, write_count_sheet
from cantine_desktop.finance.cash.slip_sheet import write_cash_deposits, write_cheque_slips
from cantine_desktop.i18n import mark

AREA = "finance"
SCREEN = "cash"

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "cash-count-blank",
        mark("Feuille de caisse, à remplir"),
        partial(write_count_sheet, blank=True),
        "D19",
        Cadence.DAY,
        AREA,
        LETTER,
        SCREEN,
    ),
    Document(
        "cash-count",
        mark("Feuille de caisse, comptée"),
        partial(write_count_sheet, blank=False),
        "D19",
        Cadence.DAY,
        AREA,
        LETTER,
        SCREEN,
    ),
    Document(
        "cash-deposits", mark("Remises d’espèces"), write_cash_deposits, "D19", Cadence.MONTH, AREA
    ),
    Document(
        "cheque-slips",
        mark("Bordereaux de chèques"),
        write_cheque_slips,
        "D19",
        Cadence.MONTH,
        AREA,
    ),
    Document("cash-book", mark("Livre de caisse"), write_cash_book, "D27", Cadence.MONTH, AREA),
    Document(
        "cash-closing-day",
        mark("Clôture de caisse du jour"),
        write_closing,
        "D27",
        Cadence.DAY,
        AREA,
    ),
    Document(
        "cash-closing-month",
        mark("Clôture de caisse du mois"),
        write_closing,
        "D27",
        Cadence.MONTH,
        AREA,
    ),
    Document(
        "cash-closing-year",
        mark("Clôture de caisse de l’année"),
        write_closing,
        "D27",
        Cadence.YEAR,
        AREA,
    ),
    Document(
        "cash-attestation",
        mark("Attestation de l’éditeur de caisse (modèle)"),
        write_attestation,
        "",
        Cadence.YEAR,
        AREA,
    ),
)
