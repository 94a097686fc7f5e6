"""What is closed stays as it was; only a correction may follow."""

import pytest
from sqlalchemy import select

from cantine_desktop.errors import ForbiddenError, SealedError
from cantine_desktop.storage.history import UnrecordedError
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.seal import Seal, seal
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.money import Money
from tests.storage.bills import Bill, BillLine, Shelf


def close(book, number="F1"):
    with book.action(f"Clore {number}") as session:
        bill = session.scalars(select(Bill).where(Bill.number == number)).one()
        seal(session, [bill], book.clock())


@pytest.fixture
def closed(shop):
    """A sealed bill with a sealed line; an open one beside."""
    with shop.action("Facturer") as session:
        for number in ("F1", "F2"):
            session.add(Bill(number=number, total=Money(100)))
        session.flush()
        session.add(BillLine(bill_id=1, text="Carottes"))
        session.add(BillLine(bill_id=2, text="Poireaux"))
    close(shop)
    return shop


def edit(session):
    session.get_one(Bill, 1).total = Money(0)


def delete(session):
    session.delete(session.get_one(BillLine, 1))


def unseal(session):
    session.get_one(Bill, 1).sealed_at = None


def edit_child(session):
    session.get_one(BillLine, 1).text = "Navets"


def add_child(session):
    session.add(BillLine(bill_id=1, text="Navets"))


def move_child_in(session):
    session.get_one(BillLine, 2).bill_id = 1


@pytest.mark.parametrize("meddle", [edit, delete, unseal, edit_child, add_child, move_child_in])
def test_a_sealed_record_refuses(closed, meddle):
    before = contents(closed)
    with pytest.raises(SealedError, match="correction"), closed.action("x") as session:
        meddle(session)
    assert contents(closed) == before


def test_a_record_sealed_earlier_in_the_same_action_refuses_too(closed):
    before = contents(closed)
    with pytest.raises(SealedError), closed.action("x") as session:
        seal_then_pay(session, closed.clock())
    assert contents(closed) == before


def seal_then_pay(session, now):
    bill = Bill(number="F3")
    session.add(bill)
    seal(session, [bill], now)
    bill.paid = True
    session.flush()


def contents(book):
    with book.read() as session:
        bills = session.execute(select(Bill.number, Bill.total, Bill.sealed_at).order_by(Bill.id))
        lines = session.execute(select(BillLine.bill_id, BillLine.text).order_by(BillLine.id))
        return (
            bills.all(),
            lines.all(),
            session.scalars(select(Seal.hash)).all(),
        )


def test_the_refusal_names_the_record(closed):
    with pytest.raises(SealedError, match="facture n°\u00a01"), closed.action("x") as session:
        edit(session)


def test_sealing_a_parent_seals_its_children_and_nothing_else(closed):
    with closed.read() as session:
        assert [b.is_sealed for b in session.scalars(select(Bill).order_by(Bill.id))] == [1, 0]
        assert [b.is_sealed for b in session.scalars(select(BillLine).order_by(BillLine.id))] == [
            True,
            False,
        ]
        seals = session.execute(select(Seal.id, Seal.table, Seal.key).order_by(Seal.id)).all()
        assert seals == [(1, "test_bill", 1), (2, "test_bill_line", 1)]
        assert verify(session) == []


def test_sealing_twice_changes_nothing(closed):
    before = contents(closed)
    close(closed)
    assert contents(closed) == before
    assert closed.undo_label == "Clore F1"


def test_what_is_open_still_changes(closed):
    with closed.action("Payer") as session:
        session.get_one(Bill, 2).paid = True
        session.add(BillLine(bill_id=2, text="Navets"))
        session.delete(session.get_one(BillLine, 2))
    closed.undo()
    closed.redo()
    with closed.read() as session:
        assert session.get_one(Bill, 2).paid
        assert verify(session) == []


def test_an_action_that_sealed_is_not_taken_back_and_leaves_the_list(closed):
    before = contents(closed)
    with pytest.raises(SealedError, match="correction"):
        closed.undo()
    assert contents(closed) == before
    assert closed.undo_labels == ["Facturer"]
    assert closed.redo_label is None
    with pytest.raises(SealedError):
        closed.undo()
    assert closed.undo_label is None


def test_undo_brings_no_child_back_to_a_parent_sealed_since(shop, neighbour):
    with shop.action("Facturer") as session:
        session.add(Bill(number="F1"))
        session.flush()
        session.add(BillLine(bill_id=1, text="Carottes"))
    with shop.action("Ôter") as session:
        session.delete(session.get_one(BillLine, 1))
    close(neighbour)
    with pytest.raises(SealedError, match="ajouter"):
        shop.undo()
    with shop.read() as session:
        assert session.scalars(select(BillLine)).all() == []
        assert verify(session) == []


def test_a_record_is_sealed_by_seal_alone(shop):
    with pytest.raises(UnrecordedError), shop.action("x") as session:
        mark_as_sealed(session, shop.clock())
    with pytest.raises(TypeError), shop.action("x") as session:
        seal(session, [Shelf(name="Frigo")], shop.clock())


def test_sealing_needs_the_right_to_write(closed):
    closed.actor = Actor("Lecture", reads=None, writes=frozenset())
    with pytest.raises(ForbiddenError):
        close(closed, "F2")
    closed.actor = Actor("Comptoir", reads=frozenset({"finance"}), writes=frozenset({"finance"}))
    close(closed, "F2")
    with closed.read() as session:
        assert session.get_one(BillLine, 2).is_sealed


def test_an_action_that_fails_after_sealing_seals_nothing(closed):
    before = contents(closed)
    with pytest.raises(ZeroDivisionError), closed.action("x") as session:
        seal_and_fail(session, closed.clock())
    assert contents(closed) == before
    close(closed, "F2")
    with closed.read() as session:
        assert session.scalars(select(Seal.id).order_by(Seal.id)).all() == [1, 2, 3, 4]
        assert verify(session) == []


def seal_and_fail(session, now):
    seal(session, [session.get_one(Bill, 2)], now)
    raise ZeroDivisionError


def mark_as_sealed(session, now):
    bill = Bill(number="F1")
    bill.sealed_at = now
    session.add(bill)
    session.flush()
