"""The sanitary control plan on paper: every chapter, every basis, nothing claimed."""

import io
from datetime import date

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.plan import drafting, flexibility, in_force
from cantine_desktop.hygiene.plan.adapting import USUAL_TRAITS
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.plan.points import Category
from cantine_desktop.hygiene.pms.document import write_plan
from cantine_desktop.hygiene.pms.hazards import HAZARDS
from cantine_desktop.hygiene.pms.practices import PRACTICES
from cantine_desktop.office.catalogue import documents
from cantine_desktop.sources import sources
from cantine_desktop.values.period import Period
from tests.documents.reading import pages
from tests.hygiene.test_plan_versions import NOW, SIGNED, TODAY


def printed(book, day=TODAY):
    target = io.BytesIO()
    with book.read() as session:
        write_plan(session, Period.through(day, day), NOW, target)
    return " ".join(" ".join(pages(target.getvalue())).split())


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", address="3 rue des Tilleuls"))
        drafting.adapt(session, Regime.BOTH, {*USUAL_TRAITS, "has:fryer"})
        drafting.put_in_force(session, date(2026, 9, 1), SIGNED, NOW)
    return book


def test_every_chapter_of_a_control_plan_is_there(canteen):
    text = printed(canteen)
    for chapter in (
        "1. Bonnes pratiques d’hygiène",
        "Enceintes froides et limites",
        "Plan de nettoyage",
        "2. Analyse des dangers et plan HACCP",
        "Points critiques et programmes opérationnels",
        "Retrait et rappel d’un produit",
        "Quand quelque chose ne va pas",
        "4. Toxi-infection alimentaire collective (TIAC)",
        "Qui appeler",
        "Durées de conservation",
        "Ce qui reste à vérifier",
    ):
        assert chapter in text, chapter
    assert "3 rue des Tilleuls" in text


def test_every_check_that_is_on_is_printed_once_and_no_other(canteen):
    text = printed(canteen)
    with canteen.read() as session:
        on = in_force.points_in_force(session, TODAY)
    body = text.split("Points qui citent")[0]
    # The last box lists codes again: each stands once before it.
    assert {point.code: body.count(f"{point.code} ") for point in on} == dict.fromkeys(
        (point.code for point in on), 1
    )
    assert "STO-10" not in text


def test_limits_say_who_fixed_them_and_sources_how_sure_they_are(canteen):
    text = printed(canteen)
    assert "≤ −18 °C (texte)" in text
    assert "de 63 °C à 10 °C en 120 min au plus (texte)" in text
    assert "on agit, ce n’est pas conforme" in text
    assert "à vérifier, cité de mémoire" in text
    assert "source secondaire" in text
    assert "conforme à la réglementation" not in text.casefold()


def test_the_version_and_its_history_are_printed(canteen):
    with canteen.action("Version 2") as session:
        drafting.switch(session, ["STO-10"], on=True)
        drafting.put_in_force(session, date(2026, 12, 1), SIGNED._replace(label="Hiver"), NOW)
    before, after = printed(canteen), printed(canteen, date(2026, 12, 1))
    assert "Version 1, en vigueur depuis le 01/09/2026" in before
    assert "Version 2, en vigueur depuis le 01/12/2026" in after
    assert "Hiver" in before, "the history names every version"
    assert "STO-10" not in before
    assert "STO-10" in after


def test_without_a_version_it_says_so_and_prints_the_starting_plan(book):
    text = printed(book)
    assert "pas encore mis en vigueur" in text
    assert "COL-01" in text
    assert "Aucune enceinte froide n’est encore décrite" in text


def test_the_flexibility_is_printed_with_its_doubt(canteen):
    with canteen.action("Activité") as session:
        flexibility.note_activity(session, TODAY, 180, 14)
    text = printed(canteen)
    assert "Semaine la plus forte : 180 repas" in text
    assert "Plan complet" in text
    assert "lue sur une source secondaire : à vérifier" in text


def test_the_same_plan_gives_the_same_bytes(canteen):
    one, other = io.BytesIO(), io.BytesIO()
    with canteen.read() as session:
        for target in (one, other):
            write_plan(session, Period.through(TODAY, TODAY), NOW, target)
    assert one.getvalue() == other.getvalue()


def test_it_is_in_the_catalogue_of_documents():
    document = documents()["sanitary-plan"]
    assert (document.code, document.screen, document.area) == ("D10", "plan", "hygiene")


def test_what_chapters_cite_is_known():
    cited = {key for practice in PRACTICES for key in practice.sources}
    assert cited <= set(sources())
    assert {hazard.category for hazard in HAZARDS} >= {Category.COOKING, Category.COOLING}
