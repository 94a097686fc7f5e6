"""Putting a PDF on paper, page by page, through the system's printers."""

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from ui.kit.pdf_pages import POINTS_PER_INCH, PdfPages

_DPI = 300


def has_printer() -> bool:
    """Tell whether the system knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def print_with_dialog(
    parent: QWidget, pages: PdfPages, title: str, first: int = 1, usual: str = ""
) -> str | None:
    """Ask for printer, copies and pages, and print; return the printer's name, empty for a file.

    ``None`` says that nothing was printed.

    Args:
        parent: The window that asks.
        pages: What to print.
        title: Name of the job in the printer's queue.
        first: Page proposed as the current one, from 1.
        usual: Printer proposed, if the system knows it.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if usual in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(usual)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(pages))
    dialog.setFromTo(first, first)
    dialog.setPrintRange(QPrintDialog.PrintRange.AllPages)
    options = QPrintDialog.PrintDialogOption
    dialog.setOptions(options.PrintToFile | options.PrintPageRange | options.PrintCurrentPage)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    chosen = range(len(pages))
    if dialog.printRange() == QPrintDialog.PrintRange.CurrentPage:
        chosen = range(first - 1, first)
    elif dialog.printRange() == QPrintDialog.PrintRange.PageRange:
        chosen = range(dialog.fromPage() - 1, dialog.toPage())
    return printer.printerName() if print_pages(pages, printer, chosen) else None


def print_pages(pages: PdfPages, printer: QPrinter, chosen: range) -> bool:
    """Print pages, counted from 0, each on a sheet of its own size; tell whether it went out."""
    printer.setFullPage(True)
    painter = QPainter()
    for number, place in enumerate(chosen):
        _lay(printer, pages.sizes[place])
        if number == 0:
            if not painter.begin(printer):
                return False
        elif not printer.newPage():
            painter.end()
            return False
        picture = pages.draw(place, min(_DPI, printer.resolution()) / POINTS_PER_INCH)
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), picture)
    return painter.end() if painter.isActive() else False


def _lay(printer: QPrinter, size: QSizeF) -> None:
    """Turn the sheet as the page is."""
    landscape = size.width() > size.height()
    portrait = size.transposed() if landscape else size
    printer.setPageSize(QPageSize(portrait, QPageSize.Unit.Point))
    turn = QPageLayout.Orientation
    printer.setPageOrientation(turn.Landscape if landscape else turn.Portrait)
