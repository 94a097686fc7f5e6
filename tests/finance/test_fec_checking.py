"""Every check of a FEC finds its fault, where it is, and a good file has none."""

import io
import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from cantine_desktop.finance.fec import (
    entry_checks,
    line_checks,
    numbering_checks,
    sum_checks,
)
from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.codes import CODES, Severity
from cantine_desktop.finance.fec.faults import Office
from tests.finance.fec_sample import TODAY, Sample
from tests.finance.single_faults import FAULTS, signed

CORPUS = Path(__file__).parents[2].parent / "shared/data/corpora/fec"
EXPECTED = {
    "comma_sep": "F07",
    "csv_comma": "F07",
    "no_header": "H01",
    "header_typo": "H01",
    "cols_17": "H01",
    "cols_reordered": "H02",
    "tab_in_label": "L01",
    "pipe_in_label_tab": "L08",
    "quote_label": "F08",
    "dot_decimal": "L04",
    "thousand_space": "L04",
    "zero_line": "L05",
    "date_slash": "L03",
    "date_month13": "L03",
    "date_1899": "E05",
    "date_after_close": "E05",
    "valid_empty": "L02",
    "journalcode_empty": "L02",
    "journallib_empty": "L02",
    "num_empty": "L02",
    "piecedate_empty": "L02",
    "lib_empty": "L02",
    "comptelib_empty": "L02",
    "compte_2digits": "L09",
    "compte_alpha": "L09",
    "unbalanced": "E01",
    "num_gap": "G02",
    "closing_entries": "G05",
    "let_no_date": "L13",
    "aux_no_lib": "L12",
    "trailing_sep": "F11",
    "empty_file": "F09",
    "utf16": "F12",
    "name_nosiren": "F01",
    "name_siret": "F01",
    "name_date": "F03",
}
OFFICE = {
    "CONFORME": Office.ACCEPTED,
    "NON CONFORME": Office.REFUSED,
    "REJECT": Office.REJECTED,
    "CRASH": Office.STOPPED,
}


def check(sample):
    return check_fec(io.BytesIO(sample.content), sample.name, **sample.given())


def needs_corpus():
    if not CORPUS.is_dir():
        pytest.skip(f"no sample files: {CORPUS}")


def test_the_single_fault_files_are_judged_as_the_law_and_the_office_judge_them():
    needs_corpus()
    rows = json.loads((CORPUS / "mutants/verdicts.json").read_text("utf-8"))
    assert len(rows) > 40
    for code, _fault, law, office, *_rest in rows:
        (path,) = (CORPUS / "mutants" / code).iterdir()
        with path.open("rb") as file:
            report = check_fec(file, path.name, today=TODAY)
        assert report.office is OFFICE[office], code
        if law.startswith(("ok", "tolerated", "allowed")):
            assert report.is_accepted, (code, report.faults)
        else:
            assert EXPECTED[code] in report.codes, (code, report.counts)
            assert report.errors, code


def test_real_files_are_read_to_their_end():
    needs_corpus()
    found = {}
    for path in CORPUS.glob("*.txt"):
        with path.open("rb") as file:
            report = check_fec(file, path.name.rpartition("__")[2], today=date(2060, 1, 1))
        assert not report.unchecked
        assert report.debit == report.credit
        found[report.name] = (report.lines, report.entries, report.debit.cents)
    assert found == {
        "0000000001FEC20220831.txt": (5422, 2033, 1_018_621_981),
        "123456789FEC20500930.txt": (10756, 4001, 825_808_373),
    }


def test_the_sample_has_no_fault():
    report = check(Sample())
    assert (report.faults, report.unchecked, report.office) == ([], "", Office.ACCEPTED)
    assert (report.lines, report.entries, report.debit.cents) == (20, 9, 771_740)
    assert (report.first_day, report.last_day) == (date(2025, 1, 1), date(2025, 12, 31))


def test_every_check_has_two_faults_of_its_own():
    counted = Counter(code for code, _change in FAULTS)
    assert not [code for code in CODES if counted[code] < 2]


@pytest.mark.parametrize(
    ("code", "change"), FAULTS, ids=[f"{c}-{n}" for n, (c, _) in enumerate(FAULTS)]
)
def test_a_single_fault_is_found(code, change):
    sample = Sample()
    change(sample)
    report = check(sample)
    assert code in report.codes, report.counts
    for fault in report.faults:
        assert fault.words
        assert "{" not in fault.words
        assert fault.remedy
        assert fault.source
        assert not fault.column or fault.line


@pytest.mark.parametrize(
    "pair", list(pairwise(FAULTS))[::3], ids=lambda pair: f"{pair[0][0]}+{pair[1][0]}"
)
def test_two_faults_are_both_found_where_the_first_lets_the_file_be_read(pair):
    if pair[0][0] == pair[1][0]:
        pytest.skip("one may mend the other")
    sample = Sample()
    for _code, change in pair:
        if sample.raw is not None:
            pytest.skip("the bytes are changed already")
        try:
            change(sample)
        except (AttributeError, IndexError, KeyError, ValueError):
            pytest.skip("the second fault has nothing left to change")
    report = check(sample)
    assert report.unchecked or {code for code, _change in pair} & report.codes


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("Debit", "86.50", 4), (6, 12, "Debit")),
        (("CompAuxLib", "", 15), (17, 8, "CompAuxLib")),
        (("EcritureDate", "20251307", 16), (18, 4, "EcritureDate")),
    ],
)
def test_a_fault_says_its_line_and_column(change, place):
    sample = Sample()
    name, value, row = change
    sample.rows[row][place[1] - 1] = value
    (fault,) = check(sample).faults
    assert (fault.line, fault.column, fault.field) == place
    assert name in fault.place


def test_columns_are_counted_as_they_stand_in_the_file():
    sample = Sample()
    for parts in [sample.names, *sample.rows]:
        parts[4], parts[5] = parts[5], parts[4]
    sample.rows[4][5] = "53"
    places = {fault.code: (fault.column, fault.field) for fault in check(sample).faults}
    assert places["L09"] == (6, "CompteNum")


def test_the_same_fault_a_thousand_times_is_told_twenty_times():
    sample = Sample()
    for row in sample.rows:
        row[15] = "2025-01-31"
    sample.rows *= 30
    report = check(sample)
    assert sum(fault.code == "L03" for fault in report.faults) == 20
    assert report.counts["L03"] == 600


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("separator", ["\t", "|"])
@pytest.mark.parametrize("encoding", ["iso8859-15", "utf-8"])
def test_every_form_that_the_norm_admits_is_accepted(end, separator, encoding):
    sample = Sample(end=end, separator=separator, encoding=encoding)
    assert not check(sample).faults
    signed(sample)
    assert not check(sample).faults
    signed_with_ones = Sample(end=end, separator=separator, encoding=encoding)
    signed(signed_with_ones, sides=("+1", "-1"))
    assert not check(signed_with_ones).faults


def test_columns_after_the_eighteen_are_welcome():
    sample = Sample()
    sample.names += ["DateRglt", "ModeRglt", "NatOp", "IdClient"]
    for row in sample.rows:
        row += ["20250131", "CHQ", "", ""]
    assert not check(sample).faults


def test_a_file_in_xml_is_said_not_to_be_checked():
    report = check_fec(
        b'<?xml version="1.0"?><comptabilite/>', "123456782FEC20251231.xml", today=TODAY
    )
    assert not report.is_accepted
    assert "XML" in report.unchecked


HOSTILE = {
    "nothing": b"",
    "one byte": b"\xff",
    "zeros": bytes(100_000),
    "noise": bytes(range(256)) * 4_000,
    "one endless line": b"JournalCode\t" * 200_000,
    "only ends": b"\r\n" * 50_000,
    "carriage returns": b"\r" * 100_000,
    "tabs": b"\t" * 100_000,
    "a heading alone": Sample().content.split(b"\r\n")[0],
    "a heading without end": Sample().content.split(b"\r\n")[0] + b"\r",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
    "an archive": b"PK\x03\x04" + bytes(1000),
    "cut in the middle": Sample().content[:1234],
    "huge numbers": Sample().content.replace(b"86,50", b"9" * 5_000 + b",00"),
    "braces": Sample().content.replace(b"Repas du 7", b"{name} {0} %s"),
    "wide numbers": Sample().content.replace(b"HA-1", b"HA-99999999999999999999999"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_whatever_the_bytes_the_check_returns(content):
    report = check_fec(io.BytesIO(content), "123456782FEC20251231.txt", today=TODAY)
    assert report.size == len(content)
    assert report.faults or content.startswith(b"JournalCode")


def test_memory_does_not_grow_with_the_names_that_a_file_invents(monkeypatch):
    for module in (entry_checks, numbering_checks, sum_checks, line_checks):
        for limit in ("_MOST", "_MOST_OPEN", "_MOST_BLOCKS", "_MOST_ODD"):
            if hasattr(module, limit):
                monkeypatch.setattr(module, limit, 5)
    sample = Sample()
    for count in range(100):
        for side in (11, 12):
            row = list(sample.rows[4])
            row[0] = row[1] = f"J{count}"
            row[2], row[4], row[5] = f"n{count}x1", f"606{count:03d}", f"Compte {count}"
            row[11], row[12] = ("1,00", "0,00") if side == 11 else ("0,00", "2,00")
            sample.rows.append(row)
    report = check(sample)
    assert report.unchecked
    assert not report.is_accepted


class Unseekable(io.RawIOBase):
    """A pipe."""

    def __init__(self, content):
        self._source = io.BytesIO(content)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._source.read(size)


def test_a_pipe_is_read_as_well():
    assert not check_fec(Unseekable(Sample().content), Sample().name, today=TODAY).errors


def test_progress_is_told_and_may_end_the_work():
    told = []
    check_fec(Sample().content, Sample().name, today=TODAY, step=told.append)
    assert told[-1] == 1

    def stop(_share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_fec(Sample().content, Sample().name, today=TODAY, step=stop)


def test_warnings_alone_do_not_refuse_a_file():
    sample = Sample(encoding="utf-8-sig")
    report = check(sample)
    assert report.is_accepted
    assert [fault.severity for fault in report.faults] == [Severity.WARNING]
