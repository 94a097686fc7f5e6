"""Appliances: what the canteen has, their upkeep, their documents, what is due."""

from datetime import date
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import units
from cantine_desktop.hygiene.equipment import certificates, keeping, maintenance
from cantine_desktop.hygiene.equipment.calibration import judge_check
from cantine_desktop.hygiene.equipment.due import DueKind, check_states, counts, due_soon
from cantine_desktop.hygiene.equipment.kinds import KINDS, EquipmentKind
from cantine_desktop.hygiene.equipment.maintenance import About
from cantine_desktop.hygiene.equipment.model import Calibration, CalibrationTest
from cantine_desktop.hygiene.equipment.naming import equipment_traits, probe_names
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.drafting import Signed, put_in_force, start_draft, switch
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.values.period import Period

TODAY = date(2026, 11, 22)
"""The civil day of the book's clock."""


@pytest.fixture
def whole_plan(book):
    """A plan in which every point that checks or documents prove is switched on."""
    wanted = [
        point.code for point in shipped().points.values() if point.sheet in {"SH-DOC", "SH-CAL"}
    ]
    with book.action("Plan") as session:
        start_draft(session)
        switch(session, wanted, on=True)
        signed = Signed("Premier plan", "", "AM", "AM")
        put_in_force(session, date(2026, 1, 1), signed, book.clock())


def act(book, verb, *values, **more):
    with book.action("Agir") as session:
        return getattr(verb(session, *values, **more), "id", None)


def due(book, day=TODAY):
    with book.read() as session:
        return due_soon(session, day)


def states(book):
    with book.read() as session:
        return {row.title: row.state for row in certificates.documents_of(session, TODAY)}


def check(book, instrument, day, test=CalibrationTest.ICE, shown="0.1"):
    with book.action("Étalonnage") as session:
        record = Calibration(
            day=day,
            recorded_at=book.clock(),
            instrument=instrument,
            test=test,
            shown=Decimal(shown),
        )
        session.add(record)
        record.verdict = judge_check(session, record).verdict


def test_every_kind_has_a_name():
    assert set(KINDS) == set(EquipmentKind)


def test_what_the_canteen_has_decides_which_points_concern_it(book):
    act(book, keeping.add, "Friteuse", EquipmentKind.FRYER)
    hood = act(book, keeping.add, "Hotte", EquipmentKind.HOOD)
    with book.read() as session:
        assert equipment_traits(session) == {"has:fryer", "has:hood"}
    act(book, keeping.change, hood, until=TODAY)
    with book.read() as session:
        assert equipment_traits(session) == {"has:fryer"}


@pytest.mark.usefixtures("whole_plan")
def test_a_probe_never_checked_is_asked_for_until_it_is(book):
    act(book, keeping.add, "Sonde 1", EquipmentKind.PROBE)
    assert [each.title for each in due(book)] == [
        "Sonde 1\u00a0: jamais vérifiée (eau bouillante)",
        "Sonde 1\u00a0: jamais vérifiée (glace fondante)",
    ]
    check(book, "sonde 1", date(2026, 11, 20))
    check(book, "Sonde 1", date(2026, 10, 20), CalibrationTest.BOIL, "100")
    assert not due(book)
    assert [each.kind for each in due(book, date(2026, 12, 15))] == [DueKind.CHECK]
    assert due(book, date(2026, 12, 21))[0].is_late


def test_a_wrong_probe_is_said_until_it_is_right_or_put_aside(book):
    probe = act(book, keeping.add, "Sonde 1", EquipmentKind.PROBE)
    check(book, "Sonde 1", date(2026, 11, 20), shown="2.4")
    assert [each.title for each in due(book) if "faux" in each.title]
    act(book, keeping.put_aside, probe, TODAY)
    assert not due(book)
    with book.read() as session:
        assert not check_states(session, TODAY)


@pytest.mark.usefixtures("whole_plan")
def test_checks_due_are_counted_month_by_month(book):
    act(book, keeping.add, "Sonde 1", EquipmentKind.PROBE)
    check(book, "Sonde 1", date(2026, 9, 20))
    check(book, "Sonde 1", date(2026, 9, 25))
    check(book, "Sonde 1", date(2026, 8, 2), CalibrationTest.BOIL, "100")
    quarter = Period(date(2026, 7, 1), date(2026, 10, 1))
    with book.read() as session:
        assert counts(session, quarter)[:2] == (4, 2)
        assert counts(session, Period(date(2026, 9, 1), date(2026, 9, 30)))[:2] == (0, 0)
    act(book, keeping.change, 1, since=date(2026, 8, 15))
    with book.read() as session:
        assert counts(session, quarter)[:2] == (1, 1), "the first whole month, no whole quarter"


def test_a_visit_reminds_of_the_next_one_until_it_is_done(book):
    oven = act(book, keeping.add, "Four", EquipmentKind.OVEN)
    visit = act(
        book, maintenance.note_visit, About(oven), date(2026, 1, 10), "Révision", book.clock()
    )
    act(book, maintenance.change_visit, visit, book.clock(), next_due=date(2026, 11, 25))
    (one,) = due(book)
    assert (one.kind, one.is_late, one.key) == (DueKind.VISIT, False, visit)
    assert "Four" in one.title
    act(book, maintenance.note_visit, About(oven), TODAY, "Révision", book.clock())
    assert not due(book)


@pytest.mark.parametrize(
    ("day", "what", "said"),
    [(TODAY, "  ", "ce qui a été fait"), (date(2026, 12, 1), "Révision", "pas encore venu")],
)
def test_a_visit_that_says_nothing_or_is_to_come_is_refused(book, day, what, said):
    with pytest.raises(UserError, match=said):
        act(book, maintenance.note_visit, About(), day, what, book.clock())


def test_a_ticket_is_open_until_somebody_says_what_was_done(book):
    with book.action("Installer") as session:
        unit = units.add(session, "CF 2").id
    ticket = act(book, maintenance.open_ticket, None, "Joint usé", book.clock(), 7, unit_id=unit)
    (one,) = due(book)
    assert one.title == "CF 2\u00a0: à réparer, Joint usé"
    with pytest.raises(UserError, match="ce qui a été fait"):
        act(book, maintenance.close_ticket, ticket, " ", TODAY)
    act(book, maintenance.close_ticket, ticket, "Joint changé", TODAY)
    assert not due(book)
    with book.read() as session:
        (row,) = maintenance.tickets(session)
        assert (row.breach_id, row.closed_on, row.outcome) == (7, TODAY, "Joint changé")
    book.undo()
    assert due(book)
    with pytest.raises(UserError, match="réparer"):
        act(book, maintenance.open_ticket, None, "", book.clock())


@pytest.mark.usefixtures("whole_plan")
def test_every_document_the_plan_asks_for_is_missing_until_it_is_there(book):
    found = states(book)
    assert set(found.values()) == {"missing"}
    assert next(iter(found)) == "Déclaration d’activité à la DDPP (Cerfa 13984)"
    assert "Fournisseurs\u00a0: liste et agréments sanitaires" in found
    assert "Résultat Alim’confiance" not in found, "nobody lacks an inspection"


def test_a_small_canteen_starts_with_two_documents_to_find(book):
    assert list(states(book)) == [
        "Déclaration d’activité à la DDPP (Cerfa 13984)",
        "Attestation de formation à l’hygiène (14\u00a0h)",
    ]
    act(book, certificates.add, "Récépissé de la DDPP", "DOC-01")
    assert states(book)["Récépissé de la DDPP"] == "valid"
    assert len(states(book)) == 2


@pytest.mark.usefixtures("whole_plan")
def test_a_document_grows_old_by_its_own_date_or_by_the_plan(book):
    water = act(book, certificates.add, "Facture d’eau", "WAT-03")
    act(book, certificates.change, water, dated=date(2026, 3, 1))
    assert states(book)["Facture d’eau"] == "valid"
    act(book, certificates.change, water, dated=date(2025, 12, 15))
    assert states(book)["Facture d’eau"] == "soon"
    act(book, certificates.change, water, dated=date(2025, 11, 22))
    assert states(book)["Facture d’eau"] == "expired"
    assert [each.is_late for each in due(book)] == [True]
    act(book, certificates.change, water, expires=date(2027, 6, 1))
    assert states(book)["Facture d’eau"] == "valid"


@pytest.mark.usefixtures("whole_plan")
def test_a_later_document_takes_the_place_of_an_old_one(book):
    for name, day in (("Rapport 3D d’été", date(2026, 6, 1)), ("Rapport 3D", date(2026, 10, 1))):
        one = act(book, certificates.add, name, "PES-03")
        act(book, certificates.change, one, dated=day)
    found = states(book)
    assert (found["Rapport 3D"], found["Rapport 3D d’été"]) == ("valid", "replaced")
    assert not due(book)


def test_a_document_that_ends_before_it_begins_is_refused(book):
    one = act(book, certificates.add, "Contrat 3D", "PES-03")
    with pytest.raises(UserError, match="échéance"):
        act(book, certificates.change, one, dated=TODAY, expires=date(2026, 1, 1))
    with pytest.raises(UserError, match="quel document"):
        act(book, certificates.change, one, title=" ")


def test_a_scan_is_joined_and_read_again(book):
    one = act(book, certificates.add, "Contrat 3D", "PES-03")
    with book.action("Joindre") as session:
        certificates.join(
            session, one, b"%PDF-1.7 ...", "contrat.pdf", "application/pdf", book.clock()
        )
    with book.read() as session:
        (row,) = [each for each in certificates.documents_of(session, TODAY) if each.certificate_id]
        assert row.has_scan


def test_a_retired_probe_is_no_longer_proposed(book):
    probe = act(book, keeping.add, "Sonde 1", EquipmentKind.PROBE)
    act(book, keeping.add, "Infrarouge", EquipmentKind.IR_THERMOMETER)
    act(book, keeping.add, "Balance", EquipmentKind.SCALE)
    act(book, keeping.change, probe, until=TODAY)
    with book.read() as session:
        assert list(probe_names(session)) == ["Infrarouge"]
        assert {state.verdict for state in check_states(session, TODAY)} == {Verdict.NOT_DONE}
