"""Versions of the plan: drafted, put in force, readable for ever."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.plan import drafting, in_force
from cantine_desktop.hygiene.plan.adapting import (
    TRAITS,
    USUAL_TRAITS,
    applicable,
    duties,
    gives_prepared_dishes,
)
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.plan.points import Category, Point, Rhythm
from cantine_desktop.hygiene.plan.rules import Band, Measure, Rule
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.plan.wording import limit_basis_words

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SIGNED = drafting.Signed("Première version", "Ouverture", "Léa", "LM")
SOAP = Point(
    code="",
    title="Savon noir rangé",
    category=Category.CLEANING,
    rule=Rule(kind=Measure.CHECK),
)


def force(book, day=TODAY, signed=SIGNED, now=NOW):
    with book.action("Mettre en vigueur") as session:
        drafting.start_draft(session)
        drafting.put_in_force(session, day, signed, now)


def test_a_small_canteen_starts_with_42_points_of_158():
    usual = applicable(Regime.COLLECTIVE, USUAL_TRAITS)
    assert len(shipped().points) == 158
    assert len(usual) == 140
    assert len(in_force.starting_points()) == 42
    assert {point.severity for point in in_force.starting_points()} == {Severity.CRITICAL}


def test_every_condition_of_a_point_is_something_a_canteen_can_say():
    asked = {point.applies_if for point in shipped().points.values()} - {"", "regime:collective"}
    assert asked == set(TRAITS)


def test_without_a_plan_the_shipped_one_judges(book):
    with book.read() as session:
        assert in_force.version_in_force(session, TODAY) is None
        assert len(in_force.points_in_force(session, TODAY)) == 42
        assert in_force.point_of(session, "COL-01", TODAY).code == "COL-01"
        assert in_force.point_of(session, "COO-07", TODAY) is None
        assert in_force.point_of(session, "OWN-01", TODAY) is None
        assert in_force.rule_of(session, "COO-07", TODAY).most == 25
        assert in_force.regime_of(session, TODAY) is Regime.COLLECTIVE
        assert in_force.traits_of(session, TODAY) == USUAL_TRAITS
        with pytest.raises(KeyError):
            in_force.rule_of(session, "XXX-99", TODAY)


def test_the_first_version_may_start_in_the_past_and_no_other(book):
    force(book, date(2026, 9, 1))
    with book.read() as session:
        assert in_force.version_in_force(session, date(2026, 8, 31)) is None
        assert in_force.version_in_force(session, date(2026, 9, 1)).number == 1
    with pytest.raises(UserError, match="le passé"):
        force(book, date(2026, 11, 21))
    force(book, TODAY)
    with pytest.raises(UserError, match="un jour après"):
        force(book, TODAY)


def test_a_version_is_in_force_until_the_next_one(book):
    force(book, date(2026, 9, 1))
    with book.action("Friteuse") as session:
        drafting.adapt(session, Regime.BOTH, {*USUAL_TRAITS, "has:fryer"})
        drafting.put_in_force(session, date(2026, 12, 1), SIGNED, NOW)
    with book.read() as session:
        assert in_force.version_in_force(session, date(2026, 11, 30)).number == 1
        assert in_force.point_of(session, "COO-07", date(2026, 11, 30)) is None
        assert in_force.point_of(session, "COO-07", date(2026, 12, 1)).rule.most == 25
        assert in_force.regime_of(session, date(2026, 12, 1)) is Regime.BOTH
        assert "has:fryer" in in_force.traits_of(session, date(2027, 5, 1))


def tamper(book, what):
    with book.action("Truquer") as session:
        what(in_force.version_in_force(session, TODAY))


def test_what_was_in_force_cannot_be_changed_any_more(book):
    force(book, date(2026, 9, 1))
    for what in (
        lambda version: setattr(version.points[0], "is_on", not version.points[0].is_on),
        lambda version: setattr(version, "label", "Autre"),
        lambda version: setattr(version, "traits", []),
    ):
        with pytest.raises(SealedError):
            tamper(book, what)


def test_a_draft_changes_nothing_until_it_is_put_in_force(book):
    force(book, date(2026, 9, 1))
    with book.action("Cocher") as session:
        drafting.switch(session, ["STO-10", "STO-11"], on=True)
        drafting.switch(session, ["COL-01"], on=False)
    with book.read() as session:
        assert in_force.point_of(session, "STO-10", TODAY) is None
        assert in_force.point_of(session, "COL-01", TODAY) is not None
    with book.action("Renoncer") as session:
        drafting.drop_draft(session)
    with book.read() as session:
        assert drafting.draft(session) is None
    book.undo()
    with book.read() as session:
        assert len(drafting.draft(session).points) == 158


def test_the_former_figures_stay_readable(book):
    force(book, date(2026, 9, 1))
    with book.action("Durcir") as session:
        rule = msgspec.structs.replace(
            in_force.rule_of(session, "STO-03", TODAY), tolerance=Decimal(1)
        )
        drafting.change_point(session, "STO-03", rule=rule, frequency=Rhythm.OPENING)
        drafting.put_in_force(session, date(2026, 12, 1), SIGNED, NOW)
    with book.read() as session:
        assert in_force.rule_of(session, "STO-03", date(2026, 11, 30)).tolerance == 3
        assert in_force.rule_of(session, "STO-03", date(2026, 12, 1)).tolerance == 1
        assert in_force.rule_of(session, "STO-03", date(2026, 12, 1)).families


def change(rule, **fields):
    return msgspec.structs.replace(rule, **fields)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("STO-03", {"most": Decimal(-15)}),
        ("STO-03", {"most": None}),
        ("STO-01", {"default_max": Decimal(6)}),
        ("STO-01", {"by_content": False}),
        ("STO-04", {"most": Decimal("3.1")}),
        ("COL-01", {"minutes_max": Decimal(150)}),
        ("COL-01", {"end_max": Decimal(12)}),
        ("COL-01", {"start_min": Decimal(55)}),
        ("REH-01", {"end_min": Decimal(60)}),
        ("SER-01", {"least": Decimal(60)}),
        ("SER-03", {"bands": ()}),
        ("SER-03", {"bands": (Band(Decimal(10), None),)}),
        ("SER-03", {"bands": (Band(Decimal(3)), Band(Decimal(10), Decimal(180)))}),
        ("SER-03", {"bands": (Band(Decimal(3)), Band(Decimal(15), Decimal(60)))}),
        ("COO-07", {"most": Decimal(27)}),
        ("SAM-03", {"least": Decimal(3)}),
        ("PRE-12", {"most": Decimal(4)}),
        ("STO-03", {"kind": Measure.CHECK}),
        ("REC-02", {"most_from": None, "most": Decimal(12)}),
    ],
)
def test_what_the_law_fixes_is_never_loosened(book, code, fields):
    rule = change(shipped().points[code].rule, **fields)
    with pytest.raises(UserError, match="fixée par un texte"), book.action("Desserrer") as session:
        drafting.change_point(session, code, rule=rule)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("STO-03", {"most": Decimal(-20)}),
        ("STO-03", {"tolerance": Decimal(0)}),
        ("STO-03", {"tolerance": Decimal(4)}),
        ("COL-01", {"minutes_max": Decimal(90)}),
        ("REH-01", {"end_min": Decimal(75)}),
        ("SER-03", {"bands": (Band(Decimal(3)), Band(Decimal(8), Decimal(60)))}),
        ("SER-03", {"bands": (Band(Decimal(2)),)}),
        ("SAM-03", {"least": Decimal(7)}),
        ("STO-11", {"most": Decimal(30)}),
        ("COO-02", {"least": Decimal(72)}),
    ],
)
def test_a_limit_may_be_tightened_and_the_canteens_own_may_change(book, code, fields):
    rule = change(shipped().points[code].rule, **fields)
    with book.action("Serrer") as session:
        drafting.change_point(session, code, rule=rule)


def test_a_limit_stricter_than_its_text_is_said_to_be_the_canteens(book):
    rule = change(shipped().points["STO-03"].rule, most=Decimal(-20))
    with book.action("Serrer") as session:
        point = drafting.change_point(session, "STO-03", rule=rule)
        assert (point.limit_basis, point.frequency_basis) == ("internal", "plan")
        assert limit_basis_words(point) == "choix de la cantine, plus sévère que le texte"
        back = drafting.change_point(session, "STO-03", rule=shipped().points["STO-03"].rule)
        assert back.limit_basis == "law"
        kept = change(back.rule, tolerance=Decimal(1))
        assert drafting.change_point(session, "STO-03", rule=kept).limit_basis == "law"


def test_a_point_claims_no_basis_it_does_not_have(book):
    with book.action("Se vanter") as session:
        point = drafting.change_point(session, "STO-11", limit_basis="law", sources=("AM13",))
        assert (point.limit_basis, point.sources) == ("internal", ("R852-IX",))


def test_a_frequency_that_a_text_fixes_is_not_changed(book):
    with pytest.raises(UserError, match="fréquence"), book.action("Espacer") as session:
        drafting.change_point(session, "ALL-02", frequency=Rhythm.WEEKLY)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"least": Decimal(5), "most": Decimal(4)}, "minimum dépasse"),
        ({"tolerance": Decimal(-1)}, "tolérance"),
        ({"tolerance": Decimal(40)}, "tolérance"),
        ({"minutes_max": Decimal(-1)}, "durée"),
    ],
)
def test_a_rule_no_measure_can_meet_is_refused(book, fields, words):
    rule = change(Rule(kind=Measure.TEMPERATURE, unit="°C"), **fields)
    with pytest.raises(UserError, match=words), book.action("Ajouter") as session:
        drafting.add_own_point(session, msgspec.structs.replace(SOAP, rule=rule))


def test_a_canteen_adds_points_of_its_own_and_takes_them_out(book):
    with book.action("Ajouter") as session:
        assert drafting.add_own_point(session, SOAP).code == "OWN-01"
        second = msgspec.structs.replace(SOAP, limit_basis="law")
        assert drafting.add_own_point(session, second).limit_basis == "internal"
        drafting.put_in_force(session, TODAY, SIGNED, NOW)
    with book.action("Retirer") as session:
        drafting.remove_own_point(session, "OWN-01")
        assert drafting.add_own_point(session, SOAP).code == "OWN-03"
    with book.read() as session:
        assert in_force.point_of(session, "OWN-01", TODAY).is_own
        assert in_force.point_of(session, "OWN-02", TODAY).code == "OWN-02"
    with pytest.raises(UserError, match="décochez"), book.action("Retirer") as session:
        drafting.remove_own_point(session, "COL-01")
    with pytest.raises(UserError, match="titre"), book.action("Ajouter") as session:
        drafting.add_own_point(session, msgspec.structs.replace(SOAP, title="  "))


def test_the_commercial_regime_drops_samples_and_refusals(book):
    with book.action("Régime") as session:
        drafting.adapt(session, Regime.COMMERCIAL, USUAL_TRAITS)
        drafting.put_in_force(session, TODAY, SIGNED, NOW)
    with book.read() as session:
        assert in_force.point_of(session, "SAM-01", TODAY) is None
        assert in_force.point_of(session, "ALL-04", TODAY) is None
    with book.action("Régime") as session:
        drafting.adapt(session, Regime.BOTH, USUAL_TRAITS)
        assert {row.code for row in drafting.draft(session).points if row.is_on} >= {
            "SAM-01",
            "SAM-02",
            "SAM-03",
            "STO-04",
            "ALL-04",
        }


def test_a_regime_switches_on_what_it_makes_a_duty(book):
    with book.action("Régime") as session:
        drafting.adapt(session, Regime.BOTH, USUAL_TRAITS)
        on = {row.code for row in drafting.draft(session).points if row.is_on}
    assert on >= {"STA-01", "PRE-13", "TRA-01", "SAM-01"}
    assert duties(Regime.BOTH) == duties(Regime.COLLECTIVE) | duties(Regime.COMMERCIAL)
    assert gives_prepared_dishes(Regime.BOTH)
    assert not gives_prepared_dishes(Regime.COMMERCIAL)


def test_a_plan_in_force_is_signed_by_somebody_and_checks_something(book):
    with pytest.raises(UserError, match="brouillon"), book.action("x") as session:
        drafting.put_in_force(session, TODAY, SIGNED, NOW)
    with pytest.raises(UserError, match="initiales"):
        force(book, signed=SIGNED._replace(initials=" "))
    with book.action("Tout décocher") as session:
        drafting.switch(session, shipped().points, on=False)
    with pytest.raises(UserError, match="Aucun point"):
        force(book)
    with pytest.raises(UserError, match="inconnue"), book.action("x") as session:
        drafting.adapt(session, Regime.BOTH, {"has:rocket"})


def test_a_plan_put_in_force_is_not_undone_but_followed(book):
    force(book)
    with pytest.raises(SealedError):
        book.undo()
    with book.read() as session:
        assert in_force.version_in_force(session, TODAY).initials == "LM"
