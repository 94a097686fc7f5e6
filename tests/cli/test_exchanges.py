"""Files for and from other programs, through a terminal."""

import csv
import json

import pytest
from sqlalchemy import select

from cantine_desktop.commands import exchanges
from cantine_desktop.exchange.cells import decimal_with, to_text
from cantine_desktop.exchange.registry import Import, ImportReport
from cantine_desktop.exchange.sheets import Field, read_sheet
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.starter import STARTER_UNITS, add_unit
from cantine_desktop.schema.upgrade import open_book, open_to_read

FIELDS = (Field("name", "nom", to_text), Field("maximum", "maximum", decimal_with(1)))


def read_units(session, source, _now):
    """Add the cold units of a sheet."""
    sheet = read_sheet(source, FIELDS)
    known = set(session.scalars(select(ColdUnit.name)))
    new = [row for row in sheet.rows if row["name"] not in known]
    for position, row in enumerate(new, 100):
        unit = add_unit(session, STARTER_UNITS[2], position)
        unit.name, unit.maximum = row["name"], row["maximum"]
    return ImportReport(len(new), len(sheet.rows) - len(new), tuple(sheet.problems))


UNITS = Import("units", "Enceintes", (".csv",), read_units, "hygiene")


@pytest.fixture
def give(run, demo, tmp_path, monkeypatch):
    """Return a function that imports a sheet of cold units."""
    monkeypatch.setattr(exchanges, "imports", lambda: {"units": UNITS})

    def give(content, *arguments, name="units.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return run("import", "units", path, "--book", demo, *arguments)

    return give


def names(book):
    opened = open_to_read(book)
    with opened.book.read() as session:
        found = set(session.scalars(select(ColdUnit.name)))
    opened.close()
    return found


def test_exports_and_imports_are_listed(run):
    assert "history" in run("exports").out
    listed = json.loads(run("exports", "--json").out)
    assert {
        "key": "history",
        "title": "Historique des actions",
        "suffix": ".csv",
        "excel": True,
    } in (listed)
    assert run("imports").code == 0
    assert isinstance(json.loads(run("imports", "--json").out), list)


def test_the_history_is_written_for_programs_and_for_excel(run, demo, tmp_path):
    for options, delimiter in (([], ","), (["--excel"], ";")):
        out = tmp_path / "h.csv"
        assert run("export", "history", "--book", demo, "--out", out, *options).code == 0
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=delimiter))
        assert "Cantine de démonstration" in {row["action"] for row in rows}


def test_an_export_names_its_file_after_the_days(run, demo, tmp_path):
    run("export", "history", "--book", demo, "--from", "2026-11-22", "--to", "2026-11-22",
        "--out", tmp_path)  # fmt: skip
    assert (tmp_path / "history_2026-11-22.csv").exists()


def test_an_unknown_name_is_answered_with_the_near_ones(run, demo):
    done = run("export", "histroy", "--book", demo)
    assert done.code == 2
    assert done.err == "Il n’y a pas d’export « histroy ». Choix possibles : history.\n"


def test_a_good_file_goes_in_and_the_history_says_so(give, demo, run, tmp_path):
    done = give("nom;maximum\nFrigo bar;8\nCF 2;3,5\n")
    assert (done.code, done.out, done.err) == (0, "1 déjà là, 1 nouvelle\n", "")
    assert "Frigo bar" in names(demo)
    run("export", "history", "--book", demo, "--out", tmp_path / "h.csv")
    assert "Import : Enceintes" in (tmp_path / "h.csv").read_text("utf-8").replace("\u00a0", " ")
    assert run("check", demo).code == 0


def test_a_dry_run_says_the_same_keeps_nothing_and_works_beside_the_window(give, demo):
    before = names(demo)
    opened = open_book(demo)
    done = give("nom;maximum\nFrigo bar;8\n", "--dry-run")
    opened.close()
    assert done.code == 0
    assert done.out == "0 déjà là, 1 nouvelle\nEssai seulement : rien n’a été gardé.\n"
    assert names(demo) == before


def test_all_problems_come_with_their_places_and_nothing_goes_in(give, demo):
    before = names(demo)
    done = give("nom;maximum\nFrigo bar;8\n;4\nCave;froid\n")
    assert done.code == 1
    assert done.err.splitlines() == [
        "ligne 3, colonne « nom » : cette cellule doit être remplie",
        "ligne 4, colonne « maximum » : « froid » n’est pas un nombre",
    ]
    assert done.out == "2 problèmes à corriger\nRien n’a été importé.\n"
    assert names(demo) == before
    answer = json.loads(give("nom;maximum\n;4\n", "--json").out)
    assert answer["kept"] is False
    assert answer["problems"] == [
        {"line": 2, "column": "nom", "text": "cette cellule doit être remplie"}
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (bytes(range(256)), "texte lisible"),
        (b"PK\x03\x04", "classeur"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "texte lisible"),
        ("bonjour", "Aucune colonne attendue"),
        (b"nom;maximum\n" + b"x;4\n" * 6_000_000, "dépasse 20 Mo"),
        ('nom;maximum\n"Frigo;4\n', "guillemet"),
        ("nom;maximum\n=CMD();4\n", "formule"),
    ],
)
def test_hostile_and_empty_files_are_refused_in_words(give, demo, content, said):
    before = names(demo)
    done = give(content)
    assert done.code == 1
    assert said in done.err
    assert names(demo) == before


@pytest.mark.parametrize(
    ("name", "said"), [("units.xlsx", "n’est pas un fichier attendu ici : .csv")]
)
def test_a_file_of_another_kind_is_refused_by_its_name(give, name, said):
    assert said in give("nom;maximum\n", name=name).err


def test_a_missing_file_is_said_so(run, demo, give, tmp_path):
    give("nom;maximum\n")
    done = run("import", "units", tmp_path / "none.csv", "--book", demo)
    assert done.code == 1
    assert "absent" in done.err


@pytest.mark.parametrize("profile", ["counter", "treasury", "reading"])
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_who_may_not_write_hygiene_imports_nothing(give, demo, profile, options):
    before = names(demo)
    done = give("nom;maximum\nFrigo bar;8\n", "--as", profile, *options)
    assert done.code == 1
    assert "ne peut pas importer" in done.err
    assert names(demo) == before


def test_importing_waits_for_the_window_to_be_closed(give, demo):
    before = names(demo)
    opened = open_book(demo)
    done = give("nom;maximum\nFrigo bar;8\n")
    opened.close()
    assert done.code == 1
    assert names(demo) == before
