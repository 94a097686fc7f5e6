"""What we write is PDF/A-3b, carries files, and is found out when it is not."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from cantine_desktop.documents.archive import Attached, Relation, attached_files, check_pdfa
from cantine_desktop.documents.styles import paragraph
from tests.documents.reading import written

INVOICE = Attached("factur-x.xml", b"<a/>", "text/xml", Relation.DATA, "La facture")


def test_files_are_carried_and_say_what_they_are(frame):
    files = [INVOICE, Attached("mesures œ.csv", b"1;2", "text/csv")]
    content = written(frame, [paragraph("Facture")], attachments=files)
    assert not check_pdfa(content)
    assert attached_files(content) == {"factur-x.xml": b"<a/>", "mesures œ.csv": b"1;2"}
    with pikepdf.open(BytesIO(content)) as pdf:
        assert [str(spec.AFRelationship) for spec in pdf.Root.AF] == ["/Data", "/Supplement"]


def test_carried_files_give_the_same_bytes_again(frame):
    once, again = (written(frame, [], attachments=[INVOICE]) for _ in range(2))
    assert once == again


def test_two_files_of_one_name_are_refused(frame):
    with pytest.raises(ValueError, match="share a name"):
        written(frame, [], attachments=[INVOICE, INVOICE])


def test_a_file_that_is_no_archive_is_found_out(frame):
    with pikepdf.open(BytesIO(written(frame, []))) as pdf:
        del pdf.Root.OutputIntents
        del pdf.Root.Metadata
        target = BytesIO()
        pdf.save(target)
    assert any("Metadata" in problem for problem in check_pdfa(target.getvalue()))
    assert check_pdfa(b"%PDF-1.7 rien")


def test_a_title_with_marks_of_xml_is_well_written(frame):
    content = written(replace(frame, title='A & B <c> "d" ]]> \x01 🙂', canteen="& co"), [])
    assert not check_pdfa(content)
