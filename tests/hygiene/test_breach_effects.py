"""What corrective actions entail, and what it takes to close a breach."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene import breach_closing as closing
from cantine_desktop.hygiene import breaches, lots
from cantine_desktop.hygiene.breach_effects import (
    Asks,
    Deed,
    Effects,
    Lead,
    Tells,
    do,
    effects_of,
    known_actions,
    suspects_place,
)
from cantine_desktop.hygiene.breach_letters import letter
from cantine_desktop.hygiene.breach_proposals import proposals_for
from cantine_desktop.hygiene.breach_rows import BreachState, breach_row
from cantine_desktop.hygiene.breach_tables import Breach, CauseGroup, Decision, LotState
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.equipment import keeping, maintenance
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.model import Equipment, MaintenanceTicket
from cantine_desktop.hygiene.faults import Fault, Source
from cantine_desktop.storage.attachments import read
from cantine_desktop.storage.verify import verify as verify_book

FRIDAY = date(2026, 11, 20)
SERVICE = Source("service", 7)
MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOT = Fault(FRIDAY, "Gratin", point="SER-01", measured=Decimal(58), limit=Decimal(63))


@pytest.fixture
def breach(book):
    with book.action("Fiche") as session:
        breaches.follow(session, SERVICE, HOT, book.clock())
    return 1


def row(book, key=1):
    with book.read() as session:
        return breach_row(session, key, book.clock())


def deed(book, *codes, **more):
    with book.action("Agir") as session:
        return do(session, Deed(1, "Oubli", "Fait", "AM", codes, **more), book.clock())


def run(book, verb, *values, **more):
    with book.action("Verbe") as session:
        verb(session, *values, **more)


def test_every_action_of_the_catalogue_says_what_follows_from_it():
    names = known_actions()
    assert len(names) == 26
    assert all(isinstance(effects_of([code]), Effects) for code in names)
    lots_of = {code: effects_of([code]).lot for code in names if effects_of([code]).lot}
    assert lots_of == {
        "A-REFUSE": LotState.REFUSED,
        "A-RESERVE": LotState.RESERVED,
        "A-DISCARD": LotState.DESTROYED,
        "A-QUARANTINE": LotState.BLOCKED,
        "A-RECALL": LotState.BLOCKED,
    }
    assert {code for code in names if effects_of([code]).ticket} == {
        "A-CALL",
        "A-PEST",
        "A-TICKET",
    }
    assert {code for code in names if effects_of([code]).due(MORNING)} == {
        "A-RECHECK",
        "A-CONT-COOK",
        "A-SPLIT",
        "A-CLEAN",
    }


def test_an_unknown_action_entails_nothing():
    assert effects_of(["A-NOTHING", ""]) == Effects()


def test_several_actions_take_the_gravest_fate_and_the_soonest_recheck():
    both = effects_of(["A-QUARANTINE", "A-DISCARD", "A-RECHECK", "A-CONT-COOK", "A-CORE"])
    assert both.lot is LotState.DESTROYED
    assert both.due(MORNING) == MORNING + timedelta(minutes=15)
    assert both.asks == {Asks.PRODUCT, Asks.CORE}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (MORNING, datetime(2026, 11, 20, 17, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 19, 0, tzinfo=UTC), datetime(2026, 11, 20, 20, 0, tzinfo=UTC)),
    ],
)
def test_what_is_cleaned_again_is_looked_at_again_before_the_evening(now, due):
    assert effects_of(["A-CLEAN"]).due(now) == due


def test_food_set_aside_keeps_its_breach_open_until_its_fate_is_decided(book, breach):
    said = deed(book, "A-QUARANTINE", product="Gratin", lot="L 4", quantity="2 bacs")
    assert "bloqué" in said[0]
    again = Recheck(book.clock(), Decimal(65))
    run(book, breaches.recheck, breach, again, book.clock())
    found = row(book)
    assert found.state is not BreachState.SETTLED
    assert found.decision is Decision.BLOCKED
    with book.read() as session:
        (lot,) = lots.blocked_lots(session)
        assert lots.is_blocked(session, "l 4")
        assert not lots.is_blocked(session, "")
    with pytest.raises(UserError):
        run(book, closing.close, breach, "AM", book.clock())
    run(book, lots.release, lot.lot_id, "Analyse reçue", "AM", book.clock())
    assert row(book).state is BreachState.SETTLED
    with book.read() as session:
        assert not lots.blocked_lots(session)
    with pytest.raises(UserError):
        run(book, lots.release, lot.lot_id, "Encore", "AM", book.clock())


def test_a_lot_blocked_by_itself_has_its_own_breach_and_may_be_thrown_away(book):
    run(book, lots.block, "Saumon", book.clock(), lot="S-1", by="AM", reason="Rappel")
    run(book, lots.release, 1, "Rappel confirmé", "AM", book.clock(), state=LotState.DESTROYED)
    with book.read() as session:
        (lot,) = lots.lots_set_aside(session)
    assert (lot.state, lot.is_blocked) == (LotState.DESTROYED, False)
    assert (row(book).number, row(book).words) == ("NC-2026-001", "Rappel")


@pytest.mark.usefixtures("breach")
def test_an_action_on_food_asks_which_food(book):
    with pytest.raises(UserError):
        deed(book, "A-DISCARD")
    assert not row(book).actions
    assert not row(book).number


def test_a_repair_is_asked_for_with_its_breach(book, breach):
    deed(book, "A-CALL", responsible="LB", due_on=date(2026, 11, 27))
    with book.read() as session:
        ticket = session.scalars(select(MaintenanceTicket)).one()
    assert (ticket.breach_id, ticket.responsible) == (breach, "LB")
    assert "Gratin" in ticket.title


@pytest.mark.usefixtures("breach")
def test_a_second_action_waits_for_the_repair_that_was_asked_for(book):
    deed(book, "A-CALL")
    assert "La demande de maintenance est déjà ouverte." in deed(book, "A-TICKET")
    with book.action("Réparé") as session:
        ticket = session.scalars(select(MaintenanceTicket)).one()
        maintenance.close_ticket(session, ticket.id, "Joint changé", FRIDAY)
    assert "Demande de maintenance ouverte." in deed(book, "A-TICKET")


def test_a_wrong_instrument_is_put_out_of_service_and_its_temperatures_looked_for(book):
    with book.action("Sonde") as session:
        probe = keeping.add(session, "Sonde bleue", EquipmentKind.PROBE).id
        fault = Fault(FRIDAY, "sonde BLEUE", point="CAL-01", measured=Decimal(2))
        breaches.follow(session, Source("calibration", 4), fault, book.clock())
    assert "Sonde bleue est hors service." in deed(book, "A-CALIB")
    assert effects_of(["A-CALIB"]).leads == {Lead.SUSPECTS}
    with book.read() as session:
        assert session.get_one(Equipment, probe).broken_since == civil_date(book.clock())
        assert suspects_place(session, 1) == ("suspects", 4)
    book.undo()
    with book.read() as session:
        assert session.get_one(Equipment, probe).broken_since is None


def test_an_instrument_nobody_knows_is_put_aside_by_hand(book, breach):
    assert any("« Équipements »" in words for words in deed(book, "A-CALIB"))
    with book.read() as session:
        assert suspects_place(session, breach) == ("devices", None)


def test_a_lasting_action_keeps_the_breach_open_after_a_good_recheck(book, breach):
    deed(book, responsible="LB", due_on=date(2026, 11, 27))
    run(book, breaches.recheck, breach, Recheck(book.clock(), Decimal(70)), book.clock())
    assert row(book).state is BreachState.TO_VERIFY
    with pytest.raises(UserError):
        run(book, closing.charge, breach, " ", date(2026, 11, 27), book.clock())


@pytest.mark.usefixtures("breach")
def test_too_long_a_gap_says_to_throw_the_dish_away(book):
    assert any("jetez" in words for words in deed(book, "A-REHEAT", gap_minutes=30))
    assert not any("jetez" in words for words in deed(book, "A-REHEAT", gap_minutes=29))
    with pytest.raises(UserError):
        deed(book, "A-REHEAT", gap_minutes=-1)


@pytest.mark.usefixtures("breach")
def test_a_usual_cause_brings_its_group_and_ones_own_words_do_not(book):
    deed(book)
    assert row(book).cause_group is CauseGroup.PEOPLE
    with book.action("Agir") as session:
        do(session, Deed(1, "Une guêpe", "Fait"), book.clock())
    assert row(book).cause_group is CauseGroup.PEOPLE


def test_closing_wants_an_action_its_recheck_and_a_verification(book, breach):
    def refused():
        with pytest.raises(UserError) as said:
            run(book, closing.close, breach, "AM", book.clock())
        return str(said.value)

    assert "Dites d’abord" in refused()
    deed(book, "A-SPLIT")
    assert "encore attendu" in refused()
    run(book, breaches.recheck, breach, Recheck(book.clock(), Decimal(60)), book.clock())
    assert "pas bon" in refused()
    deed(book)
    assert "Vérifiez" in refused()
    with pytest.raises(UserError):
        run(book, closing.verify, breach, " ", "AM", book.clock())
    run(book, closing.verify, breach, "Encore tiède", "AM", book.clock(), worked=False)
    assert "pas bon" in refused()
    deed(book)
    run(book, closing.verify, breach, "Plus rien à redire", "AM", book.clock())
    run(book, closing.close, breach, "AM", book.clock())
    found = row(book)
    assert (found.state, found.closed_by, found.number) == (
        BreachState.CLOSED,
        "AM",
        "NC-2026-001",
    )


def closed(book):
    deed(book)
    run(book, closing.verify, 1, "Bon", "AM", book.clock())
    run(book, closing.close, 1, "AM", book.clock())


def test_a_closed_breach_is_sealed_and_takes_notes_after_it(book, breach):
    closed(book)
    for verb, values in (
        (closing.close, ("AM", book.clock())),
        (closing.verify, ("Bon", "AM", book.clock())),
        (closing.decide, (Decision.KEPT,)),
        (closing.charge, ("AM", None, book.clock())),
    ):
        with pytest.raises(UserError):
            run(book, verb, breach, *values)
    with pytest.raises(SealedError), book.action("Changer") as session:
        session.get_one(Breach, breach).words = "autre chose"
    deed(book, "A-TRAIN")
    assert len(row(book).actions) == 2
    assert row(book).state is BreachState.CLOSED
    with book.read() as session:
        assert not list(verify_book(session))


@pytest.mark.usefixtures("breach")
def test_a_record_corrected_after_closing_is_noted_and_a_worse_one_opens_another(book):
    closed(book)
    run(book, breaches.follow, Source("service", 8), None, book.clock(), former=SERVICE)
    assert "corrigée ensuite" in row(book).actions[-1].action
    run(book, breaches.follow, SERVICE, HOT, book.clock())
    assert row(book, 2) is None
    worse = Fault(FRIDAY, "Gratin", measured=Decimal(40), limit=Decimal(63))
    run(book, breaches.follow, Source("service", 9), worse, book.clock(), former=SERVICE)
    with book.read() as session:
        assert session.get_one(Breach, 2).follows_id == 1
    assert row(book, 2).state is BreachState.TO_ACT


@pytest.mark.usefixtures("breach")
def test_undo_takes_back_an_action_with_its_lot_its_ticket_and_its_number(book):
    deed(book, "A-QUARANTINE", "A-CALL", product="Gratin")
    book.undo()
    found = row(book)
    assert (found.number, found.actions, found.lots) == ("", (), ())
    with book.read() as session:
        assert not session.scalars(select(MaintenanceTicket)).all()


def test_a_photograph_is_joined_as_proof_and_kept_with_a_closed_breach(book, breach):
    run(book, closing.join_proof, breach, b"\xff\xd8jpeg", "joint.jpg", "image/jpeg", book.clock())
    (proof,) = row(book).proofs
    assert proof.name == "joint.jpg"
    closed(book)
    with pytest.raises(UserError):
        run(book, closing.remove_proof, proof.proof_id)
    with pytest.raises(UserError):
        run(book, closing.join_proof, breach, b"", "vide.jpg", "image/jpeg", book.clock())
    with book.read() as session:
        assert read(session, session.get_one(Breach, 1).proofs[0].attachment) == b"\xff\xd8jpeg"


@pytest.mark.usefixtures("breach")
def test_the_letter_to_the_supplier_names_the_lot_and_nobody(book):
    deed(book, "A-RECALL", product="Gratin", lot="L 4")
    words = letter(row(book), Tells.DDPP, "La Tablée")
    assert "L 4" in words
    assert words.endswith("La Tablée")
    assert "AM" not in words


@pytest.mark.usefixtures("breach")
def test_a_dish_is_offered_the_actions_of_its_control_point_first(book):
    offered = proposals_for(row(book))
    assert len(offered.actions) == 26
    assert offered.actions[0].codes[0] in {"A-REHEAT", "A-DISCARD"}
    assert offered.phrase(offered.actions[3].text.upper()) is offered.actions[3]
    assert offered.phrase("autre chose") is None
