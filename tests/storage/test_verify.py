"""Whatever another program changes in the book is found, and the place is named."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import ForbiddenError
from cantine_desktop.storage.attachments import attach
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.seal import seal
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.money import Money
from tests.storage.bills import Bill, BillLine, Shelf

NB = "\u00a0"


@pytest.fixture
def lived(shop):
    """A book with some life: 8 actions, bill 1 and its line sealed, one file, a deleted shelf."""
    with shop.action("Facturer") as session:  # 1: changes 1 to 4
        session.add_all([Bill(number="F1", total=Money(100)), Bill(number="F2", total=Money(50))])
        session.flush()
        session.add(BillLine(bill_id=1, text="Carottes"))
        session.add(BillLine(bill_id=2, text="Poireaux"))
    with shop.action("Ranger") as session:  # 2: changes 5 and 6
        session.add_all([Shelf(name="Haut"), Shelf(name="Bas")])
    with shop.action("Renommer") as session:  # 3: change 7
        session.get_one(Shelf, 1).name = "Cave"
    shop.undo()  # 4: change 8
    with shop.action("Ôter") as session:  # 5: change 9
        session.delete(session.get_one(Shelf, 2))
    with shop.action("Joindre") as session:  # 6: change 10
        attach(session, b"contenu", "facture.pdf", "application/pdf", shop.clock())
    with shop.action("Clore") as session:  # 7: changes 11 and 12
        seal(session, session.scalars(select(Bill).where(Bill.id == 1)), shop.clock())
    with shop.action("Payer") as session:  # 8: change 13
        session.get_one(Bill, 2).paid = True
    return shop


def findings(book):
    with book.read() as session:
        return verify(session)


def places(book):
    return {finding.place.replace(NB, " ") for finding in findings(book)}


def test_a_book_that_only_the_application_wrote_is_found_whole(lived):
    assert findings(lived) == []


def test_an_empty_book_is_found_whole(shop):
    assert findings(shop) == []


def test_only_who_reads_everything_may_verify(lived):
    lived.actor = Actor("Cuisine", reads=frozenset({"hygiene"}), writes=None)
    with pytest.raises(ForbiddenError):
        findings(lived)


COPY = "INSERT INTO {0} SELECT * FROM {0}_copy"

ROWS = {
    "a value edited": ("UPDATE test_shelf SET name = 'Grenier' WHERE id = 1", "étagère n° 1"),
    "a value emptied": ("UPDATE test_bill SET sealed_at = NULL WHERE id = 1", "facture n° 1"),
    "an amount edited": ("UPDATE test_bill SET total = 51 WHERE id = 2", "facture n° 2"),
    "a yes turned no": ("UPDATE test_bill SET paid = FALSE WHERE id = 2", "facture n° 2"),
    "a row deleted": ("DELETE FROM test_shelf WHERE id = 1", "étagère n° 1"),
    "a row added": ("INSERT INTO test_shelf (id, name) VALUES (9, 'Ajout')", "étagère n° 9"),
    "a row brought back": ("INSERT INTO test_shelf (id, name) VALUES (2, 'Bas')", "étagère n° 2"),
    "a row renumbered": ("UPDATE test_shelf SET id = 7 WHERE id = 1", "étagère n° 7"),
    "a sealed row edited": ("UPDATE test_bill SET total = 99 WHERE id = 1", "facture n° 1"),
    "a sealed child edited": ("UPDATE test_bill_line SET text = 'x' WHERE id = 1", "ligne n° 1"),
    "a sealed row deleted": ("DELETE FROM test_bill WHERE id = 1", "facture n° 1"),
    "a child moved in": ("UPDATE test_bill_line SET bill_id = 1 WHERE id = 2", "ligne n° 2"),
    "a seal forged": (
        "UPDATE test_bill SET sealed_at = '2026-11-22 07:30:00.000000' WHERE id = 2",
        "facture n° 2",
    ),
    "a file altered": ("UPDATE content SET data = x'00' WHERE id = 1", "pièce jointe n° 1"),
    "a file removed": ("DELETE FROM content WHERE id = 1", "pièce jointe n° 1"),
    "an attachment pointed elsewhere": (
        "UPDATE attachment SET sha256 = 'abc' WHERE id = 1",
        "pièce jointe n° 1",
    ),
}

HISTORY = {
    "a label": ("UPDATE action SET label = 'Rien' WHERE id = 3", "action n° 3"),
    "an author": ("UPDATE action SET \"by\" = 'Personne' WHERE id = 3", "action n° 3"),
    "an instant": (
        "UPDATE action SET at = '2026-11-21 07:30:00' WHERE id = 8",
        "action n° 8",
    ),
    "what it undoes": ("UPDATE action SET undoes = 2 WHERE id = 4", "action n° 4"),
    "a hash": ("UPDATE action SET hash = 'abc' WHERE id = 3", "action n° 3"),
    "the last hash": ("UPDATE action SET hash = 'abc' WHERE id = 8", "action n° 8"),
    "a change's key": ("UPDATE change SET key = 2 WHERE id = 7", "action n° 3"),
    "a change's values": (
        "UPDATE change SET after = replace(after, 'Cave', 'Grenier') WHERE id = 7",
        "action n° 3",
    ),
    "a null written as text": ("UPDATE change SET before = 'null' WHERE id = 1", "facture n° 1"),
    "a first state": ("UPDATE change SET after = '' WHERE id = 9", "action n° 5"),
    "a change's number": ("UPDATE change SET id = 99 WHERE id = 7", "action n° 3"),
    "a change deleted": ("DELETE FROM change WHERE id = 6", "action n° 2"),
    "a change added": (
        "INSERT INTO change (id, action_id, \"table\", key) VALUES (99, 3, 'test_shelf', 1)",
        "action n° 3",
    ),
    "a change of no action": (
        "INSERT INTO change (id, action_id, \"table\", key) VALUES (99, 44, 'test_shelf', 1)",
        "modification n° 99",
    ),
    "an action deleted": ("DELETE FROM action WHERE id = 3", "action n° 3"),
    "the first action deleted": ("DELETE FROM action WHERE id = 1", "action n° 1"),
    "the last action deleted": ("DELETE FROM action WHERE id = 8", "action n° 8"),
    "an action added": (
        "INSERT INTO action (id, at, label, \"by\", hash) VALUES (9, '2026-11-22', 'x', 'x', '')",
        "action n° 9",
    ),
    "the count of actions": ("UPDATE chain SET length = 7 WHERE name = 'history'", "action n° 8"),
    "the mark of actions": ("UPDATE chain SET mark = 'abc' WHERE name = 'history'", "action n° 8"),
    "the end of history": ("DELETE FROM chain WHERE name = 'history'", "action n° 8"),
    "a seal's row": ("UPDATE seal SET row = replace(row, '100', '99') WHERE id = 1", "scellé n° 1"),
    "a seal's hash": ("UPDATE seal SET hash = 'abc' WHERE id = 1", "scellé n° 1"),
    "a seal's key": ("UPDATE seal SET key = 2 WHERE id = 1", "scellé n° 1"),
    "a seal deleted": ("DELETE FROM seal WHERE id = 1", "scellé n° 1"),
    "the last seal deleted": ("DELETE FROM seal WHERE id = 2", "scellé n° 2"),
    "the end of seals": ("DELETE FROM chain WHERE name = 'seals'", "scellé n° 2"),
}


on_sqlite = pytest.mark.parametrize("any_book", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("any_book", ["postgresql"], indirect=True)


@on_sqlite
@pytest.mark.parametrize(("sql", "place"), ROWS.values(), ids=ROWS.keys())
def test_a_row_touched_from_outside_is_found_and_named(lived, tamper, sql, place):
    tamper(sql)
    assert place in places(lived)
    assert len(places(lived)) <= 2, "the finding should not drown"


@on_sqlite
@pytest.mark.parametrize(("sql", "place"), HISTORY.values(), ids=HISTORY.keys())
def test_a_row_of_history_touched_from_outside_is_found_and_named(lived, tamper, sql, place):
    tamper(sql)
    assert place in places(lived)
    assert len(findings(lived)) <= 4, "the finding should not drown"


@on_postgresql
def test_the_same_is_found_on_postgresql(lived):
    missed = {}
    for what, (sql, place) in (ROWS | HISTORY).items():
        with lived.engine.connect() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(sql.replace("x'00'", "'\\x00'"))
            found = {f.place.replace(NB, " ") for f in verify(Session(connection))}
            if place not in found:
                missed[what] = found
            connection.rollback()
    assert missed == {}
    assert findings(lived) == []


def test_the_tail_cut_off_with_its_rows_put_back_is_found(lived, tamper):
    tamper(
        "DELETE FROM change WHERE action_id = 8",
        "DELETE FROM action WHERE id = 8",
        "UPDATE test_bill SET paid = FALSE WHERE id = 2",
    )
    assert places(lived) == {"action n° 8"}


def test_the_tail_cut_off_with_the_count_put_back_is_found(lived, tamper):
    tamper(
        "DELETE FROM change WHERE action_id = 8",
        "DELETE FROM action WHERE id = 8",
        "UPDATE test_bill SET paid = FALSE WHERE id = 2",
        "UPDATE chain SET length = 7, tip = (SELECT hash FROM action WHERE id = 7)",
    )
    assert places(lived) & {"action n° 7", "action n° 8"}


def test_the_end_of_history_removed_is_found_even_after_more_work(lived, tamper):
    tamper(
        "DELETE FROM change WHERE action_id = 8",
        "DELETE FROM action WHERE id = 8",
        "UPDATE test_bill SET paid = FALSE WHERE id = 2",
        "DELETE FROM chain WHERE name = 'history'",
    )
    for name in ("Un", "Deux"):
        with lived.action("Ranger") as session:
            session.add(Shelf(name=name))
    assert places(lived) == {"action n° 9"}


@on_sqlite
def test_an_old_end_put_back_with_its_history_is_found_by_the_keys_given(lived, tamper):
    with lived.engine.connect() as connection:
        old = connection.exec_driver_sql(
            "SELECT length, tip, mark FROM chain WHERE name = 'history'"
        ).one()
    with lived.action("Ranger") as session:
        session.add(Shelf(name="Neuve"))
    tamper(
        "DELETE FROM change WHERE action_id = 9",
        "DELETE FROM action WHERE id = 9",
        "DELETE FROM test_shelf WHERE name = 'Neuve'",
        f"UPDATE chain SET length = {old[0]}, tip = '{old[1]}', mark = '{old[2]}' "
        "WHERE name = 'history'",
    )
    assert places(lived) == {"action n° 9"}


def test_the_edited_column_and_both_values_are_said(lived, tamper):
    tamper("UPDATE test_shelf SET name = 'Grenier' WHERE id = 1")
    (finding,) = findings(lived)
    assert (finding.table, finding.key) == ("test_shelf", 1)
    assert finding.text.replace(NB, " ") == (
        "« name » a été modifié hors du logiciel : Grenier au lieu de Haut."
    )


def test_history_that_contradicts_itself_is_located_by_its_change(lived, tamper):
    tamper("UPDATE change SET after = replace(after, 'Haut', 'Loft') WHERE id = 5")
    texts = [f.text for f in findings(lived) if f.place.endswith("étagère n°" + NB + "1")]
    assert texts == [f"La modification n°{NB}7 ne continue pas la précédente."]


UNREADABLE = {
    "a date that is none": "UPDATE test_bill SET sealed_at = 'hier' WHERE id = 1",
    "bytes for a text": "UPDATE test_shelf SET name = x'ff00' WHERE id = 1",
    "a text for an amount": "UPDATE test_bill SET total = 'cent' WHERE id = 2",
    "letters that are none": "UPDATE test_shelf SET name = CAST(x'ff' AS TEXT) WHERE id = 1",
    "history that is no JSON": "UPDATE change SET after = '{' WHERE id = 5",
    "a label of bytes": "UPDATE action SET label = x'ff' WHERE id = 3",
    "an instant of bytes": "UPDATE action SET at = 5 WHERE id = 3",
    "a file become text": "UPDATE content SET data = 'contenu' WHERE id = 1",
    "a key of bytes": "UPDATE change SET key = x'ff' WHERE id = 5",
    "a table of bytes": "UPDATE change SET \"table\" = x'ff' WHERE id = 5",
    "a seal of bytes": "UPDATE seal SET row = x'ff' WHERE id = 1",
}


@on_sqlite
@pytest.mark.parametrize("sql", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_values_that_cannot_be_read_are_findings_too(lived, tamper, sql):
    tamper(sql)
    assert findings(lived)
