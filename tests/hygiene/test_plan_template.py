"""A plan written as a file, and read back with every difference and every problem."""

import io
from datetime import UTC, date, datetime

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.running import run_import
from cantine_desktop.exchange.writers import write_csv
from cantine_desktop.hygiene.plan import drafting, template
from cantine_desktop.hygiene.plan.in_force import read_point
from cantine_desktop.hygiene.plan.points import Category, Point
from cantine_desktop.hygiene.plan.rules import Measure, Rule
from cantine_desktop.hygiene.plan.spreadsheet import read_csv, table_of_points
from cantine_desktop.office.catalogue import exports, imports
from cantine_desktop.values.period import Period
from tests.hygiene.test_plan_versions import SIGNED

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
OWN = Point(code="", title="Savon rangé", category=Category.CLEANING, rule=Rule(kind=Measure.CHECK))


def toml(text):
    return template.read_toml(io.BytesIO(text.encode()))


def written(book):
    with book.read() as session:
        version = drafting.draft(session) or drafting.latest_version(session)
        return template.write_toml(version.points)


def test_a_plan_comes_back_as_it_was_written(book):
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
    read = toml(written(book))
    assert not read.problems
    assert len(read.points) == 158
    with book.read() as session:
        assert template.compare(session, read).is_empty


def test_the_difference_is_said_before_anything_is_applied(book):
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
        drafting.add_own_point(session, OWN)
    text = written(book)
    start = text.index("[points.REC-02]")
    end = text.index("[points.REC-03]")
    text = text[:start] + text[end:]
    text = text.replace('tolerance = "2"', 'tolerance = "1"', 1)
    text = text[: text.index("[points.OWN-01]")] + NEW
    read = toml(text)
    assert not read.problems
    with book.read() as session:
        found = template.compare(session, read)
    assert [point.code for point in found.added] == ["NEW-01"]
    assert [point.code for point in found.removed] == ["REC-02"]
    assert [(c, f.name, f.before, f.after) for c, fs in found.changed.items() for f in fs] == [
        ("STO-01", "rule.tolerance", "2", "1")
    ]
    assert [point.code for point in found.kept] == ["OWN-01"]
    with book.action("Reprendre un modèle") as session:
        template.apply(session, read)
    with book.read() as session:
        rows = {row.code: row for row in drafting.draft(session).points}
        assert rows["OWN-01"].is_on
        assert not rows["REC-02"].is_on
        assert read_point(rows["STO-01"]).rule.tolerance == 1
        assert read_point(rows["NEW-01"]).title == "Bouillon vérifié"
        assert template.compare(session, read).is_empty
    book.undo()
    with book.read() as session:
        assert "NEW-01" not in {row.code for row in drafting.draft(session).points}


NEW = """
[points.NEW-01]
on = true
title = "Bouillon vérifié"
category = "cooking"
rule = { kind = "temperature", unit = "°C", min = "70" }
"""


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[points.STO-03]\ntitle = "x"\n', "points.STO-03", "manque"),
        ('[points."STO-03<b>"]\ntitle = "x"\n', "points.STO-03<b>", "Un code"),
        ('[points.OWN-01]\ntitle = "x"\n', "points.OWN-01", "Un code"),
        (NEW.replace('min = "70"', 'min = "chaud"'), "points.NEW-01.rule.min", "inattendue"),
        (NEW.replace('min = "70"', 'mini = "70"'), "points.NEW-01.rule.mini", "inconnu"),
        (NEW.replace("cooking", "cuisine"), "points.NEW-01.category", "inattendue"),
        (NEW + 'sources = ["XYZ"]\n', "points.NEW-01", "Source inconnue"),
        (NEW + 'actions = ["rm -rf"]\n', "points.NEW-01", "Action inconnue"),
        (NEW + 'limit_basis = "law"\n', "points.NEW-01", "Seuls les points fournis"),
        (NEW.replace("true", '"oui"'), "points.NEW-01", "true ou false"),
        (NEW.replace("Bouillon vérifié", "x" * 3000), "points.NEW-01", "trop long"),
        (NEW.replace('min = "70"', "min = nan"), "points.NEW-01", "Une limite est un nombre"),
        (NEW.replace('min = "70"', 'min = "NaN"'), "points.NEW-01", "Une limite est un nombre"),
        (NEW.replace('min = "70"', "min = inf"), "points.NEW-01", "Une limite est un nombre"),
        (NEW.replace('min = "70"', 'min = "1e30"'), "points.NEW-01", "Une limite est un nombre"),
        (NEW.replace("vérifié", "\\u202Ev"), "points.NEW-01", "invisible"),
        (NEW.replace("vérifié", "\\u0000v"), "points.NEW-01", "invisible"),
        (NEW.replace("Bouillon vérifié", " "), "points.NEW-01", "titre"),
        (NEW.replace('min = "70"', 'min = "9", max = "8"'), "points.NEW-01", "minimum dépasse"),
        ('[points]\nNEW-01 = "rien"\n', "points.NEW-01", "groupe de lignes"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(book, text, place, words):
    read = toml(text)
    assert [problem.column for problem in read.problems] == [place]
    assert words in read.problems[0].text
    with pytest.raises(UserError, match="rien n’a été repris"), book.action("x") as session:
        template.apply(session, read)


def test_a_file_does_not_loosen_the_law(book):
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
    read = toml(written(book).replace('max = "-18"', 'max = "-12"'))
    assert {problem.column for problem in read.problems} == {"points.STO-03", "points.REC-05"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"PK\x03\x04",
        b"\xff\xfe\x00\x01",
        b"points = [",
        b"points = 3",
        b"[points]",
        b"a = " + b"[" * 100_000,
        b"points." + b".".join([b"a"] * 20_000) + b" = 1",
        b"[points.NEW-01]\nrule = " + b"9" * 5000,
        ("[points]\n" + "\n".join(f"P-{n} = 1" for n in range(2000))).encode(),
    ],
)
def test_what_is_no_plan_is_refused(content):
    with pytest.raises(UnreadableError):
        template.read_toml(io.BytesIO(content))


def csv_of(book, *, excel):
    target = io.BytesIO()
    with book.read() as session:
        write_csv(target, table_of_points(drafting.draft(session).points), excel=excel)
    return target.getvalue()


@pytest.mark.parametrize("excel", [False, True])
def test_a_sheet_comes_back_as_it_was_written(book, excel):
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
        drafting.add_own_point(session, OWN)
    with book.read() as session:
        read = read_csv(session, io.BytesIO(csv_of(book, excel=excel)))
        assert not read.problems
        assert len(read.points) == 158
        assert template.compare(session, read).is_empty


def test_a_sheet_changes_what_it_says_and_nothing_else(book):
    sheet = (
        "code;coche;titre;categorie;mesure;maximum;tolerance\n"
        "STO-03;oui;;;;-20;1\n"
        "NEW-07;oui;Bouillon;Cuisson et friture;température;;\n"
    )
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
        read = read_csv(session, io.BytesIO(sheet.encode()))
        assert not read.problems
        found = template.compare(session, read)
        assert found.removed == ()
        assert [field.name for field in found.changed["STO-03"]] == [
            "limit_basis",
            "rule.max",
            "rule.tolerance",
        ]
        assert [point.code for point in found.added] == ["NEW-07"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("STO-03;oui;;;;-12;", "ligne 2"),
        ("STO-03;peut-être;;;;;", "ligne 2, colonne « coche »"),
        ("drop table;oui;;;;;", "ligne 2, colonne « code »"),
        ("NEW-01;oui;Titre;;;;", "ligne 2"),
        ("STO-03;oui;;;;froid;", "ligne 2, colonne « maximum »"),
        ("STO-03;;;;;;99", "ligne 2"),
    ],
)
def test_a_wrong_line_of_a_sheet_is_named(book, line, place):
    head = "code;coche;titre;categorie;mesure;maximum;tolerance\n"
    with book.read() as session:
        read = read_csv(session, io.BytesIO((head + line + "\n").encode()))
    assert [problem.place.replace("\u00a0", " ") for problem in read.problems] == [place]


def test_the_headless_door_takes_a_plan_and_writes_one(book, tmp_path):
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
    path = tmp_path / "plan.toml"
    path.write_text(written(book).replace('max = "-18"', 'max = "-20"'), "utf-8")
    report = run_import(book, imports()["plan"], io.BytesIO(path.read_bytes()))
    assert (report.added, report.changed, report.unchanged) == (0, 2, 156)
    again = run_import(book, imports()["plan"], io.BytesIO(path.read_bytes()))
    assert (again.added, again.changed) == (0, 0)
    bad = run_import(book, imports()["plan"], io.BytesIO(b"[points.X]"))
    assert bad.problems
    target = io.BytesIO()
    with book.read() as session:
        exports()["plan"].write(session, Period.through(NOW.date(), NOW.date()), NOW, target)
    assert 'max = "-20"' in target.getvalue().decode()


def test_a_sheet_of_a_few_points_switches_no_other_off(book):
    with book.action("Brouillon") as session:
        drafting.start_draft(session)
    sheet = b"code;tolerance\nSTO-03;1\n"
    report = run_import(book, imports()["plan-points"], io.BytesIO(sheet))
    assert (report.added, report.changed) == (0, 1)
    with book.read() as session:
        assert sum(row.is_on for row in drafting.draft(session).points) == 42


def test_a_template_is_compared_with_the_plan_in_force_when_there_is_no_draft(book):
    with book.action("Mettre en vigueur") as session:
        drafting.switch(session, ["STO-10"], on=True)
        drafting.put_in_force(session, date(2026, 11, 22), SIGNED, NOW)
    text = written(book).replace("[points.STO-10]\non = true", "[points.STO-10]\non = false")
    with book.read() as session:
        found = template.compare(session, toml(text))
    assert [field.name for field in found.changed["STO-10"]] == ["on"]
