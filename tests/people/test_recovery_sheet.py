"""The recovery key on paper."""

import io
from datetime import UTC, datetime

import pypdfium2 as pdfium

from cantine_desktop.people import recovery
from cantine_desktop.people.sheets import write_recovery_sheet


def test_the_key_is_printed_whole_on_one_page_and_reads_back():
    key = recovery.new_key()
    target = io.BytesIO()
    write_recovery_sheet(target, "La Tablée", key, datetime(2026, 11, 22, 8, tzinfo=UTC))
    with pdfium.PdfDocument(target.getvalue()) as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage().get_text_range()
    (line,) = [line for line in text.splitlines() if line.count("-") == 4]
    assert recovery.read_key(line) == recovery.read_key(key)
    assert "La Tablée" in text
