"""Checking a FEC from a terminal: without a book, for people and for programs."""

import json
import zipfile

import pytest

from tests.finance.fec_sample import Sample


@pytest.fixture
def sample(tmp_path):
    """Return a function that writes a sample file, changed first."""

    def write(change=None, name=Sample.name):
        made = Sample(name=name)
        if change is not None:
            change(made)
        path = tmp_path / made.name
        path.write_bytes(made.content)
        return path

    return write


def spoil(made):
    made.rows[4][11] = "86.50"


def test_a_good_file_passes(run, sample):
    code, out, err = run("fec-check", sample())
    assert (code, err) == (0, "")
    assert "respecte la norme" in out
    assert "Test Compta Demat" in out


def test_a_fault_is_told_with_its_place_and_remedy(run, sample):
    code, out, _err = run("fec-check", sample(spoil))
    assert code == 1
    assert "L04" in out
    assert "ligne 6, zone 12 (Debit)" in out
    assert "virgule" in out
    assert "A.47 A-1" in out


def test_a_program_reads_the_same(run, sample):
    code, out, _err = run("fec-check", sample(spoil), "--json")
    told = json.loads(out)
    assert code == 1
    assert not told["accepted"]
    assert told["tax_office_tool"] == "refused"
    (fault,) = told["faults"]
    assert (fault["line"], fault["column"], fault["field"]) == (6, 12, "Debit")


def test_the_report_is_written_as_pdf(run, sample, tmp_path):
    path = tmp_path / "rapport.pdf"
    assert run("fec-check", sample(spoil), "--pdf", path)[0] == 1
    assert path.read_bytes().startswith(b"%PDF-1.")


def test_openings_are_compared_with_the_year_before(run, sample):
    before = sample(name="123456782FEC20241231.txt")
    code, out, _err = run("fec-check", sample(), "--prior", before)
    assert code == 1
    assert "G04" in out


def test_a_missing_file_is_said_so(run, tmp_path):
    code, _out, err = run("fec-check", tmp_path / "rien.txt")
    assert code == 1
    assert "rien.txt" in err


def test_the_year_of_a_book_is_exported(run, demo, tmp_path):
    code, _out, err = run("export", "fec", "--book", demo, "--out", tmp_path / "fec.zip")
    if code:
        assert "exercice" in err or "SIREN" in err
    else:
        with zipfile.ZipFile(tmp_path / "fec.zip") as archive:
            assert any(name.endswith("_controle.pdf") for name in archive.namelist())
