"""The gate of translations, sources of law and links lets nothing through."""

import gettext

import pytest

from cantine_desktop.cli import main
from cantine_desktop.commands import translations

SOURCE = '''
"""Limits.

Source: AM09-I, BP (tolerance).
"""
from cantine_desktop.i18n import mark, tr, trn
a = tr("Bonjour {name}")
b = trn("{n} repas", "{n} repas servis", 2)
c = mark("Frigo")
d = tr(a)
'''


@pytest.fixture
def project(tmp_path):
    for package in translations.PACKAGES:
        (tmp_path / package).mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "cantine_desktop/limits.py").write_text(SOURCE, "utf-8")
    (tmp_path / "resources/sources.toml").write_text('[AM09-I]\ntitle="A"\n[BP]\ntitle="B"\n')
    (tmp_path / "README.md").write_text(
        "# Titre\n\n[ici](#titre) [là](resources/sources.toml)\n", "utf-8"
    )
    return tmp_path


def run(command, project):
    return main([command, str(project / "resources/locale")])


def translate(project):
    path = project / "resources/locale/en/LC_MESSAGES/cantine.po"
    text = path.read_text("utf-8")
    for french, english in (
        ('"Bonjour {name}"\nmsgstr ""', '"Bonjour {name}"\nmsgstr "Hello {name}"'),
        ('"Frigo"\nmsgstr ""', '"Frigo"\nmsgstr "Fridge"'),
        ('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{n} meal"\nmsgstr[1] "{n} meals"'),
    ):
        assert french in text
        text = text.replace(french, english)
    path.write_text(text, "utf-8")


@pytest.fixture
def complete(project, capsys):
    run("update-catalogue", project)
    translate(project)
    assert run("update-catalogue", project) == 0
    assert run("check-catalogue", project) == 0
    capsys.readouterr()
    return project


def test_a_new_source_is_told_text_by_text(project, capsys):
    assert run("check-catalogue", project) == 1
    assert "no catalogue" in capsys.readouterr().out
    assert run("update-catalogue", project) == 0
    assert run("check-catalogue", project) == 1
    told = capsys.readouterr().out
    for text in ("'Bonjour {name}'", "'{n} repas'", "'Frigo'"):
        assert f"not translated: {text}" in told
    assert "cantine_desktop/limits.py:7" in told


def test_a_complete_catalogue_passes_and_is_what_the_application_reads(complete):
    with (complete / "resources/locale/en/LC_MESSAGES/cantine.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Bonjour {name}") == "Hello {name}"
    assert catalogue.ngettext("{n} repas", "{n} repas servis", 2) == "{n} meals"


def test_updating_twice_changes_no_byte(complete):
    folder = complete / "resources/locale/en/LC_MESSAGES"
    before = [(folder / f"cantine.{end}").read_bytes() for end in ("po", "mo")]
    run("update-catalogue", complete)
    assert [(folder / f"cantine.{end}").read_bytes() for end in ("po", "mo")] == before


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("cantine_desktop/limits.py", "Bonjour {name}", "Salut {name}", "Salut {name}"),
        ("cantine_desktop/limits.py", "Bonjour {name}", "Salut {name}", "gone from the source"),
        ("cantine_desktop/limits.py", "AM09-I,", "AM10-I,", "no source 'AM10-I'"),
        ("cantine_desktop/limits.py", "BP (tolerance)", "good sense", "no source 'good sense'"),
        ("cantine_desktop/limits.py", "d = tr(a)", "d = f(source='ZZ-9')", "no source 'ZZ-9'"),
        ("resources/locale/en/LC_MESSAGES/cantine.po", "Hello {name}", "Hello", "other blanks"),
        ("resources/locale/en/LC_MESSAGES/cantine.po", '"Fridge"', '""', "not translated: 'Frigo'"),
        ("resources/locale/en/LC_MESSAGES/cantine.po", '"Fridge"', '"Icebox"', ".mo"),
        (
            "resources/locale/en/LC_MESSAGES/cantine.po",
            'msgid "Frigo"',
            '#, fuzzy\nmsgid "Frigo"',
            "in doubt",
        ),
        ("resources/locale/en/LC_MESSAGES/cantine.po", '"{n} meals"', '""', "{n} repas"),
        ("README.md", "(#titre)", "(#autre)", "dead link: #autre"),
        ("README.md", "sources.toml)", "source.toml)", "dead link: resources/source.toml"),
    ],
)
def test_every_gap_is_found(complete, capsys, path, before, after, told):
    file = complete / path
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    assert run("check-catalogue", complete) == 1
    assert told in capsys.readouterr().out


def test_a_source_named_in_data_must_exist(complete, capsys):
    (complete / "resources/plan.toml").write_text('[[limits]]\nsource = "NO-1"\n')
    assert run("check-catalogue", complete) == 1
    assert "no source 'NO-1'" in capsys.readouterr().out


def test_a_missing_compiled_file_is_a_gap(complete, capsys):
    (complete / "resources/locale/en/LC_MESSAGES/cantine.mo").unlink()
    assert run("check-catalogue", complete) == 1
    assert ".mo" in capsys.readouterr().out


def test_elsewhere_than_in_the_source_it_is_misuse(tmp_path, capsys):
    assert main(["check-catalogue", str(tmp_path)]) == 2
    assert "code source" in capsys.readouterr().err
