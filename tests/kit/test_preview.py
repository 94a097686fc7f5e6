import io

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from ui.kit import pdf_print
from ui.kit.files import Folders
from ui.kit.page_view import PageView
from ui.kit.pdf_pages import MOST_PIXELS, PdfError, PdfPages
from ui.kit.preview import PdfPreview

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture(scope="module")
def pdf():
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for page in range(1, 4):
        canvas.setPageSize(landscape(A4) if page == 3 else A4)
        canvas.drawString(72, 500, f"Feuille de temperatures {page}")
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def preview(qtbot, pdf, tmp_path):
    preview = PdfPreview(Folders({"pdf": str(tmp_path)}))
    qtbot.addWidget(preview)
    preview.resize(900, 600)
    preview.show_pdf(pdf, "Températures : semaine 47")
    with qtbot.waitActive(preview):
        preview.show()
        preview.activateWindow()
    preview.setFocus()
    yield preview
    preview.close_document()


def test_the_pages_are_those_of_the_very_pdf(preview):
    assert preview.count == 3
    preview.view.set_zoom("page")
    picture = preview.view.viewport().grab().toImage()
    box, scale = preview.view._box(0), preview.view._scale()
    shift = preview.view.verticalScrollBar().value()
    red = picture.pixelColor(
        round(box.left() + 200 * scale), round(box.top() - shift + (842 - 200) * scale)
    )
    assert red == QColor(255, 0, 0)


def test_colours_keep_their_order(pdf):
    pages = PdfPages(pdf)
    picture = pages.draw(0, 1)
    pages.close()
    assert picture.pixelColor(200, 842 - 200) == QColor(255, 0, 0)
    assert picture.pixelColor(5, 5) == QColor(255, 255, 255)


def test_a_page_a_mile_long_is_drawn_coarser_not_larger(qtbot):
    made = pikepdf.new()
    made.add_blank_page()
    made.pages[0].MediaBox = pikepdf.Array([0, 0, 612, 4_000_000])
    target = io.BytesIO()
    made.save(target)
    pages = PdfPages(target.getvalue())
    picture = pages.draw(0, 2)
    assert 0 < picture.width() * picture.height() <= MOST_PIXELS * 1.1
    view = PageView()
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show_pages(pages)
    assert not view.grab().isNull()
    pages.close()


def test_the_keyboard_turns_pages_and_zooms(qtbot, preview):
    preview.view.set_zoom("page")
    qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.current == 1
    assert preview._page.text() == "Page 2 sur 3"
    qtbot.keyClick(preview.view, Qt.Key.Key_End)
    assert preview.view.current == 2
    qtbot.keyClick(preview.view, Qt.Key.Key_Home)
    assert preview.view.current == 0
    before = preview.view.percent
    qtbot.keyClick(preview.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.percent > before


def test_words_are_found_and_marked(qtbot, preview):
    preview._words.setFocus()
    qtbot.keyClicks(preview._words, "temperatures")
    qtbot.keyClick(preview._words, Qt.Key.Key_Return)
    assert preview._words.unit == "3 fois"
    assert [page for page, _ in preview.view._marks] == [0, 1, 2]
    _, box = preview.view._marks[0]
    assert 842 - 500 - 15 < box.center().y() < 842 - 500 + 5


def test_the_saved_file_is_the_pdf_byte_for_byte(preview, pdf, tmp_path):
    with_file = tmp_path / "a.pdf"
    preview.save_as(with_file)
    assert with_file.read_bytes() == pdf
    preview.save_as(tmp_path / "absent" / "a.pdf")
    assert "n’a pas pu être enregistré" in preview.notice.text


def test_without_a_printer_the_pdf_is_offered(preview, monkeypatch):
    monkeypatch.setattr(pdf_print, "has_printer", lambda: False)
    preview.print_()
    assert "Aucune imprimante" in preview.notice.text
    shown = [b.text() for b in preview.notice.findChildren(QPushButton) if not b.isHidden()]
    assert shown == ["Enregistrer le PDF…"]


def test_the_printer_used_last_is_proposed_next(preview, monkeypatch):
    proposed = []

    def dialogue(_parent, _pages, _title, _first, usual):
        proposed.append(usual)
        return "Laser du bureau"

    monkeypatch.setattr(pdf_print, "has_printer", lambda: True)
    monkeypatch.setattr(pdf_print, "print_with_dialog", dialogue)
    preview.printer = "Ancienne"
    preview.print_()
    preview.print_()
    assert proposed == ["Ancienne", "Laser du bureau"]


def test_paper_gets_the_chosen_pages_each_at_its_size(pdf, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    pages = PdfPages(pdf)
    assert pdf_print.print_pages(pages, printer, range(1, 3))
    pages.close()
    out = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    sizes = [tuple(round(side) for side in out[n].get_size()) for n in range(len(out))]
    assert sizes == [(595, 842), (842, 595)]
    red, *others = out[0].render(scale=1).to_pil().getpixel((200, 842 - 200))
    out.close()
    assert red > 250
    assert max(others) < 5


def test_a_page_is_copied_as_a_picture(preview):
    preview.copy_page()
    assert QApplication.clipboard().image().width() == pytest.approx(1240, abs=2)


def test_what_is_no_pdf_is_said(preview):
    with pytest.raises(PdfError):
        PdfPages(b"junk")
    preview.show_pdf(b"junk", "?")
    assert preview.count == 0
    assert "ne peut pas être affiché" in preview.notice.text


def test_a_screen_reader_is_given_the_words_of_the_page(preview):
    assert "Feuille de temperatures 1" in preview.view.accessibleDescription()
