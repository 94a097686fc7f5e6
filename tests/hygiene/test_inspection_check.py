"""Tampering with an inspection file: whatever is done to it is told, and never makes us fall."""

import hashlib
import json
import random
import zlib
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cantine_desktop.cli import main
from cantine_desktop.documents.archive import attached_files, check_pdfa
from cantine_desktop.hygiene.inspection.check import State, check_pdf
from cantine_desktop.hygiene.inspection.keys import Signer
from cantine_desktop.hygiene.inspection.manifest import MANIFEST, RECORDS, SEAL, SIGNATURE, seal
from cantine_desktop.schema import upgrade
from tests.conftest import NOW

FROM, TO = "2026-10-01", "2026-11-22"


@pytest.fixture(scope="module")
def made(demo_made_once, tmp_path_factory):
    """Return the book and its inspection file."""
    folder = tmp_path_factory.mktemp("file")
    book = folder / "Tablée.cantine"
    book.write_bytes(demo_made_once.read_bytes())
    target = folder / "dossier.pdf"
    asked = ["print", "inspection-file", "--book", str(book), "--from", FROM, "--to", TO]
    assert main([*asked, "--out", str(target)], clock=lambda: NOW) == 0
    return book, target


@pytest.fixture(scope="module")
def content(made):
    return made[1].read_bytes()


def resaved(content, change):
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def embed(pdf, name, data):
    stream = pdf.attachments[name].obj.EF.F
    stream.write(data)


def said(verified):
    return " ".join(verified.sentences)


def test_a_file_just_made_is_intact_and_an_archive(content):
    verified = check_pdf(content)
    assert verified.state is State.INTACT, verified
    assert verified.is_good
    assert check_pdfa(content) == []
    assert verified.facts["canteen"] == "La Tablée du Faubourg"


def test_one_word_changed_on_a_page_names_the_page(content):
    def change(pdf):
        page = pdf.pages[4]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 10 10 re f")

    verified = check_pdf(resaved(content, change))
    assert verified.state is State.ALTERED
    assert "Page modifiée : 5." in said(verified).replace("\u00a0", " ")


def test_a_note_laid_over_a_page_names_the_page(content):
    def change(pdf):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[0, 0, 500, 500]
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])

    verified = check_pdf(resaved(content, change))
    assert verified.state is State.ALTERED
    assert "1." in said(verified)


def test_a_font_swapped_under_the_words_is_seen(content):
    def change(pdf):
        for font in dict(pdf.pages[3].Resources.Font).values():
            if "/FontDescriptor" in font:
                font.FontDescriptor.FontFile2 = pdf.make_stream(b"another font")

    assert check_pdf(resaved(content, change)).state is State.ALTERED


def test_one_record_changed_names_the_file(content):
    rows = attached_files(content)[RECORDS]
    forged = rows.replace(b'"celsius":"', b'"celsius":"1', 1)
    if forged == rows:
        forged = rows.replace(b'"celsius":', b'"celsius":1', 1)
    assert forged != rows
    verified = check_pdf(resaved(content, lambda pdf: embed(pdf, RECORDS, forged)))
    assert verified.state is State.ALTERED
    assert RECORDS in said(verified)
    assert not verified.records


def test_one_hash_of_the_manifest_changed_is_told_from_a_swapped_signature(content):
    manifest = json.loads(attached_files(content)[MANIFEST])
    manifest["pages"][0] = "0" * 64
    forged = json.dumps(manifest).encode()
    verified = check_pdf(resaved(content, lambda pdf: embed(pdf, MANIFEST, forged)))
    assert verified.state is State.MANIFEST_ALTERED
    wrong = Ed25519PrivateKey.generate().sign(b"something").hex().encode()
    swapped = check_pdf(resaved(content, lambda pdf: embed(pdf, SIGNATURE, wrong)))
    assert swapped.state is State.SIGNATURE_WRONG
    assert said(verified) != said(swapped)


@pytest.mark.parametrize("data", [b"", b"zz", b"\xff\xfe", b"00" * 64, b"a" * 100_000])
def test_a_signature_that_is_none_is_wrong(content, data):
    verified = check_pdf(resaved(content, lambda pdf: embed(pdf, SIGNATURE, data)))
    assert verified.state is State.SIGNATURE_WRONG


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b'{"format": 3}', b"\xff"])
def test_a_manifest_that_is_none_is_altered(content, data):
    verified = check_pdf(resaved(content, lambda pdf: embed(pdf, MANIFEST, data)))
    assert verified.state is State.MANIFEST_ALTERED


def test_a_page_removed_is_named_by_its_former_number(content):
    verified = check_pdf(resaved(content, lambda pdf: pdf.pages.__delitem__(2)))
    assert verified.state is State.ALTERED
    assert "retirée : 3." in said(verified).replace("\u00a0", " ")


def test_a_page_added_is_seen(content):
    verified = check_pdf(resaved(content, lambda pdf: pdf.add_blank_page()))
    assert verified.state is State.ALTERED
    assert "ajoutée" in said(verified)


def test_a_file_added_or_removed_is_seen(content):
    def add(pdf):
        pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="x.txt")

    assert "x.txt" in said(check_pdf(resaved(content, add)))

    def remove(pdf):
        del pdf.attachments[RECORDS]

    assert RECORDS in said(check_pdf(resaved(content, remove)))


def test_saving_again_without_a_change_is_told_from_a_change(content):
    verified = check_pdf(resaved(content, lambda _pdf: None))
    assert verified.state is State.RESAVED
    assert not verified.is_good


def test_bytes_after_the_end_are_seen(content):
    extra = b"\n9999 0 obj\n<</Type/Catalog>>\nendobj\n"
    place = len(content) + extra.index(b"9999")
    extra += b"xref\n9999 1\n%010d 00000 n \ntrailer\n" % place
    start = content.rindex(b"startxref")
    previous = int(content[start + 9 :].split()[0])
    with pikepdf.open(BytesIO(content)) as pdf:
        root = pdf.Root.objgen[0]
    xref = len(content) + extra.index(b"xref")
    extra += b"<</Size 10000/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        previous,
        xref,
    )
    verified = check_pdf(content + extra)
    assert verified.state is State.EXTENDED
    assert str(len(extra) - 1) in said(verified) or str(len(extra)) in said(verified)


def test_one_byte_of_the_properties_changed_breaks_the_seal(content):
    place = content.index(b"/Producer")
    forged = content[: place + 12] + b"X" + content[place + 13 :]
    assert check_pdf(forged).state in {State.RESAVED, State.DAMAGED}


def resigned(content, *, everywhere):
    key = Ed25519PrivateKey.generate()
    signer = Signer(key, key.public_key().public_bytes_raw())
    manifest = json.loads(attached_files(content)[MANIFEST])
    manifest["key"]["public"] = signer.public.hex()
    if everywhere:
        manifest["key"]["fingerprint"] = signer.fingerprint
    raw = json.dumps(manifest).encode()
    signature = key.sign(b"cantine-inspection-1\n" + raw).hex().encode()

    def change(pdf):
        embed(pdf, MANIFEST, raw)
        embed(pdf, SIGNATURE, signature)

    return seal(resaved(content, change), signer)


@pytest.mark.parametrize("everywhere", [False, True])
def test_signing_again_with_another_key_is_betrayed_by_the_cover(content, everywhere):
    assert check_pdf(resigned(content, everywhere=everywhere)).state is State.OTHER_KEY


def test_a_file_without_its_manifest_is_told_from_a_foreign_one(content):
    def remove(pdf):
        del pdf.attachments[MANIFEST]

    assert check_pdf(resaved(content, remove)).state is State.NO_MANIFEST
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    assert check_pdf(target.getvalue()).state is State.FOREIGN


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_damaged(content, share):
    assert check_pdf(content[: int(len(content) * share)]).state is State.DAMAGED


def test_nothing_and_junk_are_foreign():
    assert check_pdf(b"").state is State.FOREIGN
    assert check_pdf(random.Random(1).randbytes(100 << 20)).state is State.FOREIGN


def test_junk_that_begins_and_ends_like_a_pdf_is_damaged():
    junk = random.Random(2).randbytes(1 << 20)
    verified = check_pdf(b"%PDF-1.7\n" + junk + b"\n%%EOF\n")
    assert verified.state in {State.DAMAGED, State.FOREIGN}


def bomb():
    packer = zlib.compressobj(9)
    zeros = bytes(1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(700)) + packer.flush()


def test_a_bomb_is_not_opened(content):
    packed = bomb()
    assert len(packed) < 1 << 20
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        stream = pdf.make_stream(packed)
        stream.Filter = pikepdf.Name.FlateDecode
        pdf.pages[0].Contents = pdf.make_indirect(stream)
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert check_pdf(target.getvalue()).state is State.HOSTILE


def test_objects_nested_without_end_do_not_make_us_fall(content):
    deep = b"[" * 20_000 + b"]" * 20_000
    forged = content.replace(b"/Producer", b"/X " + deep + b" /Producer", 1)
    assert check_pdf(forged).state is not State.INTACT


@pytest.mark.parametrize("seed", range(40))
def test_no_byte_can_change_and_pass_for_intact(content, seed):
    dice = random.Random(seed)
    place = dice.randrange(len(content) - 1)
    other = bytes([content[place] ^ (1 + dice.randrange(255))])
    forged = content[:place] + other + content[place + 1 :]
    assert check_pdf(forged).state is not State.INTACT


def test_the_seal_is_a_comment_before_the_last_words(content):
    assert content.rindex(SEAL) < content.rindex(b"startxref")
    assert content.count(SEAL) == 1


def test_the_command_says_intact_in_french_and_returns_zero(made, capsys):
    assert main(["check", str(made[1])]) == 0
    assert "intact" in capsys.readouterr().out


def test_the_command_knows_the_book_that_signed(made, capsys):
    book, paper = made
    assert main(["check", str(paper), "--book", str(book)]) == 0
    out = capsys.readouterr().out
    assert "La clé de ce livre a signé" in out
    assert "toujours la même chose" in out


def test_the_command_tells_another_book_and_another_state(made, demo, tmp_path, capsys):
    book, paper = made
    assert main(["check", str(paper), "--book", str(demo)]) == 1
    assert "Ce n’est pas la clé de ce livre" in capsys.readouterr().out
    copy = tmp_path / "copy.cantine"
    copy.write_bytes(book.read_bytes())
    opened = upgrade.open_book(copy, lambda: NOW)
    from cantine_desktop.hygiene.units import change  # noqa: PLC0415

    with opened.book.action("x") as session:
        change(session, 1, name="Autre nom")
    opened.close()
    assert main(["check", str(paper), "--book", str(copy)]) == 1
    assert "1 enregistrement a changé" in capsys.readouterr().out.replace("\u00a0", " ")


def test_the_command_speaks_of_any_file_without_a_trace(tmp_path, capsys):
    for name, data in (("a.pdf", b""), ("b.pdf", b"%PDF-1.4\n"), ("c.pdf", b"PK\x03\x04")):
        path = tmp_path / name
        path.write_bytes(data)
        assert main(["check", str(path)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_the_key_is_in_no_export_and_no_printed_file(made, content):
    import sqlite3  # noqa: PLC0415

    with sqlite3.connect(made[0]) as connection:
        (secret,) = connection.execute("SELECT secret FROM book_key").fetchone()
    for name, data in attached_files(content).items():
        assert secret not in data, name
        assert secret.hex().encode() not in data, name
    assert hashlib.sha256(secret).hexdigest()  # the row is there: the test looked for something
