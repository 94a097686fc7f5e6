"""A plug-in adds to the catalogue; it breaks nothing and replaces nothing by chance."""

from importlib.metadata import EntryPoint

import pytest

from cantine_desktop.documents.registry import ENTRY_POINTS, Document, gather

OURS = Document("ours", "Le nôtre", lambda *_: None)


@pytest.fixture
def points(tmp_path, monkeypatch):
    (tmp_path / "paper_plugin.py").write_text(
        "from cantine_desktop.documents.registry import Document\n"
        "def write(*_): pass\n"
        "NEW = Document('new', 'Nouveau', write)\n"
        "CLASH = Document('ours', 'Voleur', write)\n"
        "BETTER = Document('ours', 'Mieux', write, replaces=True)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    def named(*names):
        return [EntryPoint(name, f"paper_plugin:{name}", ENTRY_POINTS) for name in names]

    return named


def test_a_plug_in_adds_a_document_after_ours(points):
    catalogue = gather([OURS], points("NEW"))
    assert list(catalogue.found) == ["ours", "new"]
    assert not catalogue.broken


def test_a_plug_in_takes_the_place_of_ours_only_when_it_says_so(points):
    clash = gather([OURS], points("CLASH"))
    assert clash.found == {"ours": OURS}
    assert "replaces=True" in clash.broken["CLASH"]
    better = gather([OURS], points("BETTER"))
    assert better.found["ours"].title == "Mieux"


def test_a_plug_in_that_fails_is_named_and_the_others_stay(points):
    catalogue = gather([OURS], points("ABSENT", "NEW"))
    assert list(catalogue.found) == ["ours", "new"]
    assert "AttributeError" in catalogue.broken["ABSENT"]
