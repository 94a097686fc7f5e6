"""A flush writes many rows in one statement, and each row keeps its own key and values."""

import pytest
from sqlalchemy import event, select

from cantine_desktop.errors import SealedError
from cantine_desktop.storage.destruction import DestructionCertificate
from cantine_desktop.storage.history import Change
from cantine_desktop.storage.seal import Seal, seal
from cantine_desktop.values.money import Money
from tests.storage.bills import Bill, BillLine

COUNT = 1200


def test_rows_written_together_take_rising_keys_in_the_order_they_were_added(shop):
    with shop.action("Facturer") as session:
        rows = [Bill(number=f"F{i}", total=Money(i)) for i in range(COUNT)]
        session.add_all(rows)
        session.flush()
        assert [row.id for row in rows] == list(range(1, COUNT + 1))
    with shop.read() as session:
        stored = session.execute(select(Bill.number, Bill.total).order_by(Bill.id)).all()
    assert stored == [(f"F{i}", Money(i)) for i in range(COUNT)]


def test_rows_of_one_kind_are_written_by_a_few_statements(shop):
    statements = []
    event.listen(
        shop.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: statements.append(statement),
    )
    with shop.action("Facturer") as session:
        session.add_all(Bill(number=f"F{i}") for i in range(40))
    assert sum("INSERT INTO test_bill" in statement for statement in statements) == 1


def test_seals_of_an_action_follow_the_order_in_which_it_sealed(shop):
    with shop.action("Clore") as session:
        bills = [Bill(number=f"F{i}") for i in range(3)]
        session.add_all(bills)
        session.flush()
        session.add(BillLine(bill_id=bills[1].id, text="Carottes"))
        for bill in (bills[2], bills[1]):
            seal(session, [bill], shop.clock())
    with shop.read() as session:
        seals = session.execute(select(Seal.table, Seal.key).order_by(Seal.id)).all()
    assert seals == [("test_bill", 3), ("test_bill", 2), ("test_bill_line", 1)]


def test_an_action_given_up_leaves_no_seal(shop):
    def give_up():
        with shop.action("Clore") as session:
            bill = Bill(number="F1")
            session.add(bill)
            seal(session, [bill], shop.clock())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        give_up()
    with shop.read() as session:
        assert session.scalars(select(Seal)).all() == []


def _certificate(book):
    return DestructionCertificate(at=book.clock(), by="Anne", keys={}, lines=[])


def test_a_row_sealed_as_it_is_written_is_closed_at_once(shop):
    def change_afterwards():
        with shop.action("Détruire") as session:
            certificate = _certificate(shop)
            session.add(certificate)
            seal(session, [certificate], shop.clock())
            certificate.by = "Marc"

    with pytest.raises(SealedError):
        change_afterwards()


def test_sealing_a_new_row_lets_nothing_else_into_what_is_sealed(shop):
    with shop.action("Clore") as session:
        bill = Bill(number="F1")
        session.add(bill)
        seal(session, [bill], shop.clock())
        number = bill.id

    def slip_in():
        with shop.action("Détruire") as session:
            certificate = _certificate(shop)
            session.add_all([certificate, BillLine(bill_id=number, text="Navets")])
            seal(session, [certificate], shop.clock())

    with pytest.raises(SealedError):
        slip_in()


def test_nothing_goes_into_what_the_same_action_sealed(shop):
    def slip_in():
        with shop.action("Clore") as session:
            bill = Bill(number="F1")
            session.add(bill)
            seal(session, [bill], shop.clock())
            session.add(BillLine(bill_id=bill.id, text="Navets"))

    with pytest.raises(SealedError):
        slip_in()


def test_a_history_of_an_action_tells_each_row_as_it_was_left(shop):
    with shop.action("Facturer") as session:
        bill = Bill(number="F1")
        session.add(bill)
        session.flush()
        bill.number = "F2"
        session.flush()
        gone = Bill(number="F3")
        session.add(gone)
        session.flush()
        session.delete(gone)
    with shop.read() as session:
        changes = session.scalars(select(Change)).all()
        assert [(c.key, c.before, c.after["number"]) for c in changes] == [(1, None, "F2")]
