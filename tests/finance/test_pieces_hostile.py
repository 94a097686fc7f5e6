"""What is made to hurt is refused with a sentence, before it takes the memory of the machine."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.bounded import inflate, is_in_measure
from cantine_desktop.finance.pieces.invoices import read_invoice
from cantine_desktop.finance.pieces.reading_mail import read_mail
from cantine_desktop.finance.pieces.unpacking import unpack
from tests.finance.invoices import cii

MEGABYTE = 2**20


def packed(megabytes, level=9):
    maker = zlib.compressobj(level)
    blocks = [maker.compress(b" " * MEGABYTE) for _ in range(megabytes)]
    return b"".join([*blocks, maker.flush()])


def hybrid(raw, filters):
    """Return a PDF whose invoice is a stream as it is given, said to be ten bytes long."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pikepdf.Stream(pdf, b"")
    stream.write(raw, filter=pikepdf.Array([pikepdf.Name(name) for name in filters]))
    stream.Params = pikepdf.Dictionary(Size=10)
    spec = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F="factur-x.xml",
        UF="factur-x.xml",
        EF=pikepdf.Dictionary(F=pdf.make_indirect(stream)),
    )
    names = pikepdf.Array(["factur-x.xml", pdf.make_indirect(spec)])
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))
    target = io.BytesIO()
    level = pikepdf.StreamDecodeLevel.none
    pdf.save(target, compress_streams=False, stream_decode_level=level)
    return target.getvalue()


@pytest.mark.parametrize("times", [0, 1, 2])
def test_an_invoice_packed_once_or_twice_is_read(times):
    raw = cii()
    for _ in range(times):
        raw = zlib.compress(raw)
    facts = read_invoice(hybrid(raw, ["/FlateDecode"] * times), "a.pdf")
    assert facts.number == "F-1"


@pytest.mark.parametrize("times", [1, 2])
def test_an_invoice_that_unpacks_to_gigabytes_is_refused_before_it_does(times):
    resource = pytest.importorskip("resource", reason="memory is measured on Unix")
    raw = packed(200)
    if times == 2:
        raw = zlib.compress(raw)
    content = hybrid(raw, ["/FlateDecode"] * times)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UserError, match="démesurée"):
        read_invoice(content, "a.pdf")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # in kilobytes
    assert grown < 120 * 1024


def test_filters_that_cannot_be_measured_are_refused():
    raw = zlib.compress(b"\x80" * 100)
    with pytest.raises(UserError, match="démesurée"):
        read_invoice(hybrid(raw, ["/FlateDecode", "/LZWDecode"]), "a.pdf")


def table(kind, raw):
    head = b"3 0 obj<</Type/%s/N 2/First 8/ID[<ab><cd>]/Filter/FlateDecode/Length %d>>stream\n"
    return b"%PDF-1.5\n" + head % (kind, len(raw)) + raw + b"\nendstream endobj\n"


@pytest.mark.parametrize("kind", [b"ObjStm", b"XRef"])
def test_tables_of_a_pdf_are_measured_before_it_is_opened(kind):
    content = table(kind, packed(8))
    assert is_in_measure(content, 16 * MEGABYTE)
    assert not is_in_measure(content, 4 * MEGABYTE)
    assert not is_in_measure(content * 3, 20 * MEGABYTE)


@given(st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=20))
def test_unpacking_gives_what_was_packed_and_never_fails(content, most, tail):
    raw = zlib.compress(content) + tail
    assert inflate(raw, most) == (content if len(content) <= most else None)
    damaged = raw[: len(raw) // 2] + tail
    found = inflate(damaged, most)
    assert found is None or len(found) <= most
    assert isinstance(inflate(content, most), bytes | None)


def archive(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            made.writestr(name, content)
    return target.getvalue()


def test_archives_in_archives_are_opened_three_deep_and_no_further():
    content, name = b"%PDF-1.4 x", "a.pdf"
    for depth in range(3):
        content, name = archive([(name, content)]), f"{depth}.zip"
    assert [each.name for each in unpack(name, content)] == ["a.pdf"]
    with pytest.raises(UserError, match="emboîte trop"):
        list(unpack("d.zip", archive([(name, content)])))


def test_an_archive_of_zeros_and_one_of_too_many_files_are_refused():
    with pytest.raises(UserError):
        list(unpack("a.zip", archive([("a.pdf", b"%PDF" + bytes(30 * MEGABYTE))])))
    with pytest.raises(UserError, match="trop de fichiers"):
        list(unpack("a.zip", archive([(f"{n}.pdf", b"%PDF") for n in range(2_100)])))


def mail(parts):
    head = "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    return (head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts).encode()


def test_a_mail_of_a_thousand_attachments_is_refused():
    part = (
        "--b\r\nContent-Type: application/pdf\r\n"
        'Content-Disposition: attachment; filename="{n}.pdf"\r\n\r\n%PDF-1.4 {n}\r\n'
    )
    parts = "".join(part.format(n=n) for n in range(1_000))
    with pytest.raises(UserError, match="trop de pièces"):
        read_mail(mail(parts + "--b--\r\n"))


def test_a_mail_that_holds_itself_without_end_is_refused():
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3_000)
    )
    with pytest.raises(UserError, match="abîmé"):
        read_mail(b"From: a@example.org\r\nSubject: x\r\n" + deep.encode())
