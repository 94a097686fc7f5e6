"""Papers come out of a terminal as they come out of the window."""

import json
import sys

import pypdfium2 as pdfium
import pytest

from cantine_desktop.schema.upgrade import open_book


def pdf_text(path):
    with pdfium.PdfDocument(path) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_documents_are_listed_for_people_and_for_programs(run):
    told = run("documents")
    assert told.code == 0
    assert "temperatures-week" in told.out
    papers = json.loads(run("documents", "--json").out)
    week = next(paper for paper in papers if paper["key"] == "temperatures-week")
    assert week["cadence"] == "week"
    assert set(week) == {"key", "title", "code", "cadence"}


def test_a_paper_is_printed_where_asked_for_the_days_asked(run, demo, tmp_path):
    target = tmp_path / "sheet.pdf"
    done = run(
        "print", "temperatures-week", "--book", demo,
        "--from", "02/11/2026", "--to", "2026-11-08", "--out", target,
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Écrit : {target}\n"
    assert "La Tablée du Faubourg" in pdf_text(target)


def test_without_days_it_is_the_present_week_and_the_folder_names_the_file(run, demo, tmp_path):
    assert run("print", "temperatures-week", "--book", demo, "--out", tmp_path).code == 0
    assert (tmp_path / "temperatures-week_2026-11-16_2026-11-22.pdf").exists()


def test_printing_twice_gives_the_same_bytes(run, demo, tmp_path):
    for name in "ab":
        run("print", "temperatures-month", "--book", demo, "--out", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_paper_goes_to_a_pipe(capfdbinary, demo):
    from cantine_desktop.cli import main  # noqa: PLC0415

    assert main(["print", "temperatures-week", "--book", str(demo), "--out", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"%PDF-")
    assert err == b""


def test_a_paper_is_not_thrown_at_a_terminal(run, demo, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = run("print", "temperatures-week", "--book", demo, "--out", "-")
    assert done.code == 2
    assert "redirigez" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["temperature-week"], 2, "Choix possibles : temperatures-week"),
        (["temperatures-week", "--from", "hier"], 2, "« hier » n’est pas une date"),
        (["temperatures-week", "--from", "2026-02-30"], 2, "n’est pas une date"),
        (["temperatures-week", "--from", "0001-01-01"], 2, "n’est pas une date"),
        (
            ["temperatures-week", "--from", "2026-11-09", "--to", "2026-11-02"],
            2,
            "avant le premier",
        ),
        (["temperatures-week", "--from", "1990-01-01", "--to", "2026-11-02"], 2, "trop longue"),
        (["temperatures-week", "--as", "patron"], 2, "Choix possibles : direction, cuisine"),
        (["temperatures-week", "--out", "/nowhere/at/all.pdf"], 1, "n’existe pas"),
        (["temperatures-week", "--lang", "de"], 2, "Choix possibles : fr, en"),
        (["temperatures-week", "--colour"], 2, "En trop : --colour"),
        (["temperatures-week", "--from"], 2, "Il manque une valeur après --from"),
        ([], 2, "Il manque : PAPIER"),
    ],
)
def test_what_is_wrong_is_said_in_one_french_sentence(run, demo, arguments, code, said):
    done = run("print", *arguments, "--book", demo)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_paper_never_replaces_a_book(run, demo):
    before = demo.read_bytes()
    done = run("print", "temperatures-week", "--book", demo, "--out", demo)
    assert done.code == 1
    assert "est un livre" in done.err
    assert demo.read_bytes() == before


def test_a_failed_paper_leaves_no_file_behind(run, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    assert run("print", "temperatures-week", "--book", tmp_path / "no", "--out", folder).code == 1
    assert list(folder.iterdir()) == []


def test_reading_works_while_the_window_holds_the_book_and_changes_nothing(run, demo, tmp_path):
    opened = open_book(demo)
    before = demo.read_bytes()
    done = run("print", "temperatures-week", "--book", demo, "--out", tmp_path / "x.pdf")
    opened.close()
    assert done.code == 0
    assert demo.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"bonjour", b"SQLite format 3\x00" + bytes(4000)])
def test_what_is_no_book_is_refused_in_words(run, tmp_path, content):
    path = tmp_path / "x.cantine"
    path.write_bytes(content)
    done = run("print", "temperatures-week", "--book", path, "--out", tmp_path / "x.pdf")
    assert done.code == 1
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_english_is_spoken_when_asked(run):
    assert run("documents", "--lang", "en").code == 0
