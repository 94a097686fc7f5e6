"""Hostile, cut or senseless bank files give a sentence or remarks: no crash, no hang."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.finance.bank.csv_mapping import MappingNeededError
from cantine_desktop.finance.bank.inbox import fingerprint
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.recognising import looks_like_bank, read_bank_file
from tests.finance.test_bank_csv import CASES, REVOLUT, SUMUP
from tests.finance.test_bank_files import CORPORA
from tests.finance.test_bank_import import OFX

CFONB = (
    b"0110278    02204EUR2 00020427603  070420                                                  "
    b"0000000166728F070420080420    \n"
    b"0410556677202204EUR2 00020427603B1080420  080420PRLV SEPA FREE MOBILE            "
    b"0000000000000000000201J                \n"
    b"0710278    02204EUR2 00020427603  080420                                                  "
    b"0000000166526E                \n"
)
CAMT = b"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-10-07</Dt></BookgDt></Ntry>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">5.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd></Bal></Stmt></BkToCstmrStmt></Document>"""

SEEDS = [
    OFX,
    CFONB,
    CAMT,
    SUMUP.encode(),
    REVOLUT.encode(),
    *(text.encode(encoding) for text, encoding, _expected, _balanced in CASES.values()),
]
if CORPORA.is_dir():
    SEEDS += [
        each.read_bytes()[:20_000]
        for kind in ("ofx", "camt", "cfonb", "csv")
        for each in sorted((CORPORA / kind).iterdir())
    ]
PIECES = [
    *(b"\0", b'"', b"<", b">", b"&", b";", b"\n", b"\xff\xfe", b"<STMTTRN>", b"\xe2\x82"),
    *(b"99999999999999999999", b"=cmd|'/C calc'!A0", b"<!ENTITY a>"),
]
SLOWEST = 60
"""Seconds of processor; the slowest takes 4 here: 40,000 rows of CSV with balances."""


def survive(content, name="x"):
    """Read a content; return its statements, or none when it is refused with a sentence."""
    try:
        statements = read_bank_file(content, name)
    except MappingNeededError as asked:
        with suppress(UnreadableError):
            return read_bank_file(content, name, asked.guess)
        return []
    except UnreadableError:
        return []
    for statement in statements:
        assert isinstance(statement, ReadStatement)
        for line in statement.lines:
            assert abs(line.amount.cents) < 2**62
            assert line.label
            fingerprint(line.day, line.amount, line.label)
    return statements


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_a_real_file_cut_or_changed_anywhere_is_survived(seed, data):
    content = bytearray(seed)
    for _change in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        kind = data.draw(st.sampled_from(["cut", "flip", "insert", "repeat", "drop"]))
        piece = data.draw(st.sampled_from(PIECES))
        if kind == "cut":
            del content[at:]
        elif kind == "flip" and content:
            content[min(at, len(content) - 1)] ^= data.draw(st.integers(1, 255))
        elif kind == "insert":
            content[at:at] = piece * data.draw(st.integers(1, 50))
        elif kind == "repeat":
            content[at:at] = content[max(0, at - 200) : at] * 3
        else:
            del content[at : at + data.draw(st.integers(1, 400))]
    survive(bytes(content))
    looks_like_bank(bytes(content))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_survived(content):
    survive(content)
    survive(b"OFXHEADER:100\n<OFX>" + content)
    survive(b"Date;Montant;Libell\xe9;Solde\n" + content)
    survive(b"0110278    02204EUR2 00020427603  070420" + content)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='";,\t\n\r 0123456789.-/ABé€=@<>&', max_size=2000))
def test_any_text_is_survived(text):
    survive(text.encode())
    survive(("Date;Libellé;Débit;Crédit;Solde\n" + text).encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("seed", [OFX, CFONB, CASES["bpce"][0].encode()])
def test_the_same_file_in_another_encoding_reads_the_same(seed, encoding):
    text = seed.decode()
    held = [line for each in survive(seed) for line in each.lines]
    found = [line for each in survive(text.encode(encoding)) for line in each.lines]
    assert [(e.day, e.amount, e.label) for e in found] == [(e.day, e.amount, e.label) for e in held]


def test_an_xml_bomb_is_refused_before_it_swells():
    bomb = b"""<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a">]><Document>
<BkToCstmrStmt>&b;</BkToCstmrStmt></Document>"""
    with pytest.raises(UnreadableError, match="type de document"):
        read_bank_file(bomb, "x.xml")


def test_endless_nesting_is_refused():
    deep = b"<Document><BkToCstmrStmt>" + b"<Stmt>" * 100_000
    with pytest.raises(UnreadableError, match="emboîte"):
        read_bank_file(deep, "x.xml")


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_zip_that_swells_or_escapes_is_refused():
    with pytest.raises(UnreadableError, match="démesuré"):
        read_bank_file(packed({"a.csv": b"0" * 210_000_000}), "x.zip")
    with pytest.raises(UnreadableError, match="hors de lui"):
        read_bank_file(packed({"../a.ofx": OFX}), "x.zip")


def test_files_of_a_zip_are_read_and_what_is_no_statement_is_told():
    content = packed({"a.ofx": OFX, "b.xml": CAMT, "lisez-moi.txt": b"bonjour"})
    statements = survive(content)
    assert sum(len(each.lines) for each in statements) == 4
    assert any("lisez-moi.txt" in str(r) for each in statements for r in each.remarks)
    assert looks_like_bank(packed({"a.ofx": OFX, "b.xml": CAMT}))


def test_files_of_a_zip_that_overlap_count_once():
    from cantine_desktop.finance.bank.inbox import _ranked  # noqa: PLC0415  -- the heart of it

    statements = survive(packed({"a.ofx": OFX, "b.ofx": OFX}))
    keys = {(mark, rank) for _line, mark, rank in _ranked(statements)}
    assert len(keys) == 3


def test_a_formula_in_a_label_stays_text():
    (statement,) = survive(
        "Date;Libellé;Débit;Crédit\n30/10/2026;=cmd|'/C calc'!A0;1,00;\n".encode()
    )
    assert statement.lines[0].label == "=cmd|'/C calc'!A0"


@pytest.mark.parametrize(
    "content",
    [
        b"<OFX>" + b"<STMTTRN>" * 2_000_000,
        b"<OFX><STMTTRN><NAME>" + b"<" * 15_000_000,
        b"<OFX><STMTTRN><MEMO" + b" a='b'" * 2_500_000,
        b"Date;Libell\xe9;Montant\n" + b'"' * 15_000_000,
        b"Date;Libell\xe9;Montant\n" + b";" * 15_000_000,
        b"Date;Libell\xe9;Montant\n" + b"1/1/2026;a;1,00\n" * 40_000,
        b"Date;Libell\xe9;Montant;Solde\n" + b"1/1/2026;a;-1,00;3,00\n" * 40_000,
        b"1" * 19_000_000,
        b"0" * 19_000_000,
        b"04" * 9_000_000,
        CFONB * 40_000,
        b"\0" * 19_000_000,
        b" " * 19_000_000 + b"x",
        b"A" * 100_000_000,
        b"<a>" + b"<b/>" * 4_000_000,
        b"<OFX>" + b"<!--" * 4_000_000,
        b"<OFX>" + b"<!---->" * 2_000_000,
        b"<OFX>" + b"<STMTTRNP><NAME>" * 90_000,
        b"Date;Libell\xe9;Montant\n" * 100_000,
        b"Compte n\xb0 12345678\nDate;Libell\xe9;Montant\n1/1/2026;a;1,00\n" * 20_000,
        b"Date;" + "D\ufffd".encode() * 4_000_000,
        b"Date;Libell\xe9;Montant\n" + b"&eacute;" * 2_000_000,
        b"Date;Montant\n" + "Ã©".encode() * 4_000_000,
        b"01" + b"0" * 59 + b"\n" + b"04" * 4_000_000,
    ],
    ids=map(str, range(24)),
)
def test_a_huge_file_is_read_or_refused_in_bounded_time(content):
    begun = process_time()
    survive(content)
    assert process_time() - begun < SLOWEST


def test_the_corpora_are_all_survived_whatever_their_suffix():
    for kind in ("ofx", "camt", "cfonb", "csv", "facturx", "fec", "orderx"):
        folder = Path(CORPORA / kind)
        if not folder.is_dir():
            pytest.skip(f"{folder} is not here")
        for file in sorted(folder.iterdir()):
            if file.is_file() and file.stat().st_size < 300_000:
                survive(file.read_bytes(), file.name)
