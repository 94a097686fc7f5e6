"""Files of banks are read whole: each movement is a line, or a remark with its place."""

import re
from datetime import date
from pathlib import Path

import pytest

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.values.money import Money

CORPORA = Path(__file__).parents[3] / "shared" / "data" / "corpora"


def corpus(kind):
    folder = CORPORA / kind
    if not folder.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{folder} is not here"))]
    return [pytest.param(each, id=each.name) for each in sorted(folder.iterdir())]


BROKEN = {
    "asgrim+ofxparser__tests__fixtures__ofxdata-banking-xml200.ofx",
    "jseutter+ofxparse__tests__fixtures__fail_nice__date_missing.ofx",
    "jseutter+ofxparse__tests__fixtures__fail_nice__decimal_error.ofx",
}
"""Their movements have no amount or no day that exists: every one is told with its line."""


@pytest.mark.parametrize("file", corpus("ofx"))
def test_every_movement_of_an_ofx_file_is_read(file):
    content = file.read_bytes()
    count = len(re.findall(rb"<STMTTRN>", content, re.IGNORECASE))
    statements = read_bank_file(content, file.name)
    lines = [line for each in statements for line in each.lines]
    if file.name in BROKEN:
        told = {each.line for statement in statements for each in statement.remarks}
        assert len(told - {0}) == count
        return
    assert len(lines) == count
    amounts = [
        Money.parse(found.decode().replace("+", ""))
        for block in re.split(rb"<STMTTRN>", content, flags=re.IGNORECASE)[1:]
        for found in re.findall(rb"<TRNAMT>\s*([-+0-9.]+)", block, re.IGNORECASE)[:1]
    ]
    assert [line.amount for line in lines] == amounts
    posted = re.compile(
        rb"<STMTTRN>(?:(?!</?STMTTRN>).)*?<DTPOSTED>\s*(\d{8})", re.IGNORECASE | re.DOTALL
    )
    days = posted.findall(content)
    assert [f"{line.day:%Y%m%d}" for line in lines] == [day.decode() for day in days]


@pytest.mark.parametrize("file", corpus("camt"))
def test_every_entry_of_a_camt_file_is_read(file):
    content = file.read_bytes()
    count = len(re.findall(rb"<(?:\w+:)?Ntry>", content))
    statements = read_bank_file(content, file.name)
    entries = {(rank, line.place) for rank, each in enumerate(statements) for line in each.lines}
    assert len(entries) == count
    moved = sum(abs(line.amount.cents) for each in statements for line in each.lines)
    amounts = re.findall(rb"<Ntry>(?:\s*<NtryRef>[^<]*</NtryRef>)?\s*<Amt[^>]*>([^<]*)", content)
    assert moved == sum(abs(Money.parse(each.decode()).cents) for each in amounts)


VALID = {"example.txt", "complex-test.txt", "non-strict-test.txt", "simple-test.txt"}


@pytest.mark.parametrize("file", corpus("cfonb"))
def test_every_movement_of_a_cfonb_file_is_read_and_faults_are_told(file):
    content = file.read_bytes()
    if ".240-" in file.name:
        with pytest.raises(UnreadableError, match="CFONB 240"):
            read_bank_file(content, file.name)
        return
    statements = read_bank_file(content, file.name)
    count = sum(line.startswith(b"04") for line in content.splitlines())
    assert sum(len(each.lines) for each in statements) == count
    remarks = [each for statement in statements for each in statement.remarks]
    name = file.name.rsplit("__", 1)[-1]
    if name in VALID or name == "test-unused-parts.txt":
        assert not remarks
        assert all(each.is_balanced for each in statements)
    else:
        assert remarks
        assert all(each.line for each in remarks)


def test_a_french_ofx_speaks_of_its_iban_and_balance():
    content = b"""OFXHEADER:100
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>20041<BRANCHID>01005<ACCTID>0500013M026<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261007120000[-5:EST]<TRNAMT>-84,20<FITID>1<NAME>PRLV BIO & CO
<MEMO>Biocoop & fils < 12</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>+1 234,56<DTASOF>20261031</LEDGERBAL></STMTRS>"""
    (statement,) = read_bank_file(content, "x.ofx")
    (line,) = statement.lines
    assert statement.iban == "FR1420041010050500013M02606"
    assert statement.closing == Money(123_456)
    assert (line.day, line.amount) == (date(2026, 10, 7), Money(-8420))
    assert (line.label, line.details) == ("PRLV BIO & CO", "Biocoop & fils < 12")
    assert line.place == 7
    assert not statement.remarks


def camt(entry, *, head="", tail=""):
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.13"><BkToCstmrStmt><Stmt>'
        f"{head}<Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></Acct>{entry}{tail}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def entry(amount, side, more="", status="<Sts><Cd>BOOK</Cd></Sts>"):
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status}'
        f"<BookgDt><DtTm>2026-10-07T23:30:00+02:00</DtTm></BookgDt>{more}</Ntry>"
    )


def detail(amount, name):
    return (
        f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>'
        "</RltdPties></TxDtls>"
    )


def balance(code, amount):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )


def test_a_batch_is_split_into_its_payments_when_they_make_it():
    batch = f"<NtryDtls>{detail('10.00', 'Odile')}{detail('8.00', 'Marc')}</NtryDtls>"
    (statement,) = read_bank_file(camt(entry("18.00", "CRDT", batch)), "x.xml")
    assert [(line.label, line.amount.cents, line.place) for line in statement.lines] == [
        ("Odile", 1000, 1),
        ("Marc", 800, 1),
    ]


def test_a_batch_that_does_not_add_up_stays_whole_and_is_told():
    batch = f"<NtryDtls>{detail('10.00', 'Odile')}{detail('8.00', 'Marc')}</NtryDtls>"
    (statement,) = read_bank_file(camt(entry("20.00", "CRDT", batch)), "x.xml")
    assert [line.amount.cents for line in statement.lines] == [2000]
    assert "reste entière" in str(statement.remarks[0])


def test_a_reversal_keeps_the_side_the_bank_gives_and_what_waits_is_pending():
    held = entry("5.00000", "CRDT", "<RvslInd>true</RvslInd>") + entry(
        "3.00", "DBIT", status="<Sts>PDNG</Sts>"
    )
    (statement,) = read_bank_file(
        camt(held, head=balance("OPBD", "10.00"), tail=balance("CLBD", "15.00")), "x.xml"
    )
    assert [(line.amount.cents, line.is_pending) for line in statement.lines] == [
        (500, False),
        (-300, True),
    ]
    assert statement.is_balanced
    assert statement.lines[0].day == date(2026, 10, 7)


def test_a_statement_without_namespace_nor_container_is_read():
    content = camt(entry("5.00", "DBIT"))
    bare = re.sub(rb' xmlns="[^"]*"|</?Document[^>]*>|</?BkToCstmrStmt>', b"", content)
    assert bare.startswith(b"<Stmt>")
    (statement,) = read_bank_file(bare, "x.xml")
    assert statement.lines[0].amount == Money(-500)
