"""Where ofxtools and camt053 read a file, they find the same movements as we do.

Measured on the third-party files: ofxtools refuses 22 of the 52 OFX files, camt053 one of the 46
CAMT files; there nothing is compared. Investments are compared by nobody: ofxtools lists none of
their cash movements as bank lines.
"""

import io
from decimal import Decimal

import pytest

from cantine_desktop.finance.bank.recognising import read_bank_file
from tests.finance.test_bank_files import corpus

ofxtools = pytest.importorskip("ofxtools")
camt053 = pytest.importorskip("camt053")


@pytest.mark.filterwarnings("ignore")  # ofxtools warns of private tags
@pytest.mark.parametrize("file", corpus("ofx"))
def test_ofxtools_finds_the_same_movements(file):
    from ofxtools.header import OFXHeaderError  # noqa: PLC0415  -- test-only package
    from ofxtools.Parser import OFXTree, ParseError  # noqa: PLC0415
    from ofxtools.Types import OFXSpecError  # noqa: PLC0415

    content = file.read_bytes()
    tree = OFXTree()
    try:
        tree.parse(io.BytesIO(content))
        statements = tree.convert().statements
    except (OFXHeaderError, ParseError, OFXSpecError, ValueError, UnicodeDecodeError) as error:
        pytest.skip(f"ofxtools refuses it: {error!r}")
    theirs = sorted(
        (each.dtposted.date(), each.trnamt)
        for statement in statements
        if type(statement).__name__ in {"STMTRS", "CCSTMTRS"}
        for each in statement.banktranlist or ()
    )
    ours = sorted(
        (line.day, line.amount.euros)
        for statement in read_bank_file(content, file.name)
        if not statement.form.endswith("investment")
        for line in statement.lines
    )
    assert [amount for _day, amount in ours] == [
        amount.quantize(Decimal("0.01")) for _day, amount in theirs
    ]


@pytest.mark.parametrize("file", corpus("camt"))
def test_camt053_finds_as_many_entries_and_the_same_sum(file):
    content = file.read_bytes()
    try:
        document = camt053.parse_document(content.decode())
    except camt053.StatementParseError as error:
        pytest.skip(f"camt053 refuses it: {error!r}")
    theirs = [
        each.amount_decimal * (1 if each.credit_debit_indicator == "CRDT" else -1)
        for each in document.all_entries()
    ]
    statements = read_bank_file(content, file.name)
    assert sum(line.amount.euros for each in statements for line in each.lines) == sum(theirs)
    entries = {(rank, line.place) for rank, each in enumerate(statements) for line in each.lines}
    assert len(entries) == len(theirs)
