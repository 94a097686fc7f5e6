"""What is destroyed at its term is gone from the file, and only what a certificate names."""

from pathlib import Path

import pytest
from sqlalchemy import select

from cantine_desktop.errors import ConflictError, ForbiddenError, UserError
from cantine_desktop.storage.attachments import attach
from cantine_desktop.storage.destruction import DestructionCertificate, destroy
from cantine_desktop.storage.history import Action, Change
from cantine_desktop.storage.keys import Ranges, as_ranges
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.scrubbing import is_due, scrub
from cantine_desktop.storage.seal import Seal, seal
from cantine_desktop.storage.search import find
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.money import Money
from tests.storage.bills import Bill, BillLine, Shelf

NB = "\u00a0"


@pytest.fixture
def lived(shop):
    """A sealed bill 1 with a line, an open bill 2, a renamed shelf, a deleted one, two files."""
    with shop.action("Facturer") as session:
        session.add_all([Bill(number="ZORGLUB"), Bill(number="F2", total=Money(50))])
        session.flush()
        session.add(BillLine(bill_id=1, text="Carottes de Zorglub"))
    with shop.action("Ranger") as session:
        session.add_all([Shelf(name="Zorglub"), Shelf(name="Zorglub bis")])
    with shop.action("Renommer") as session:
        session.get_one(Shelf, 1).name = "Cave"
    with shop.action("Ôter") as session:
        session.delete(session.get_one(Shelf, 2))
    with shop.action("Joindre") as session:
        attach(session, b"photo de Zorglub", "zorglub.pdf", "application/pdf", shop.clock())
        attach(session, b"photo commune", "un.pdf", "application/pdf", shop.clock())
        attach(session, b"photo commune", "deux.pdf", "application/pdf", shop.clock())
    with shop.action("Clore") as session:
        seal(session, session.scalars(select(Bill).where(Bill.id == 1)), shop.clock())
    return shop


EVERYTHING = [
    ("test_bill", 1),
    ("test_bill_line", 1),
    ("test_shelf", 1),
    ("test_shelf", 2),
    ("attachment", 1),
    ("attachment", 2),
]


def purge(book, spots=EVERYTHING):
    with book.action("Détruire", undoable=False) as session:
        return destroy(session, spots, [{"title": "Tout"}], "L. M.", book.clock()).id


def findings(book):
    with book.read() as session:
        return verify(session)


def places(book):
    return {finding.place.replace(NB, " ") for finding in findings(book)}


def test_the_chains_hold_and_nothing_is_found_wrong_after_a_destruction(lived):
    with lived.read() as session:
        before = session.scalars(select(Action.hash).order_by(Action.id)).all()
        seals = session.scalars(select(Seal.hash).order_by(Seal.id)).all()
    purge(lived)
    assert findings(lived) == []
    with lived.read() as session:
        assert session.scalars(select(Action.hash).order_by(Action.id)).all()[:-1] == before
        assert session.scalars(select(Seal.hash).order_by(Seal.id)).all()[:-1] == seals
        assert session.scalars(select(Bill.id)).all() == [2]
    with lived.action("Ranger") as session:
        session.add(Shelf(name="Neuve"))
    assert findings(lived) == []


def test_no_value_is_left_in_history_seals_index_or_contents(lived):
    purge(lived)
    with lived.read() as session:
        kept = session.execute(select(Change.before, Change.after)).all()
        kept += session.execute(select(Seal.row)).all()
        assert "orglub" not in str(kept).casefold()
        assert find(session, "zorglub") == []
        contents = session.connection().exec_driver_sql("SELECT data FROM content").scalars().all()
        assert [bytes(data) for data in contents] == [b"photo commune"]


@pytest.mark.parametrize("any_book", ["sqlite"], indirect=True)
def test_the_bytes_are_gone_from_the_files(lived):
    path = Path(lived.engine.url.database)

    def files():
        found = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
        return b"".join(file.read_bytes() for file in found if file.exists()).lower()

    assert b"zorglub" in files()
    purge(lived)
    assert is_due(lived.engine)
    assert scrub(lived.engine)
    assert b"zorglub" not in files()
    assert b"photo commune" in files()
    assert not is_due(lived.engine)
    assert findings(lived) == []


def test_scrubbing_leaves_a_sound_book_on_each_engine(lived):
    purge(lived)
    assert scrub(lived.engine)
    assert scrub(lived.engine), "once more has nothing to do"
    assert findings(lived) == []


@pytest.mark.parametrize("any_book", ["sqlite"], indirect=True)
def test_somebody_reading_puts_scrubbing_off_and_loses_nothing(lived, neighbour):
    purge(lived)
    with neighbour.read() as session:
        assert session.scalars(select(Bill.id)).all() == [2]
        scrub(lived.engine)
        assert session.scalars(select(Bill.id)).all() == [2]
    assert scrub(lived.engine)
    assert findings(lived) == []


def test_the_certificate_names_the_keys_and_is_sealed(lived):
    number = purge(lived)
    with lived.read() as session:
        certificate = session.get_one(DestructionCertificate, number)
        assert certificate.is_sealed
        assert (certificate.by, certificate.at) == ("L. M.", lived.clock())
        assert certificate.keys == {
            "attachment": "1-2",
            "test_bill": "1",
            "test_bill_line": "1",
            "test_shelf": "1-2",
        }


def test_an_action_on_destroyed_rows_is_not_undone(lived):
    lived_labels = len(lived.undo_labels)
    purge(lived, [("test_shelf", 1), ("test_shelf", 2)])
    assert len(lived.undo_labels) == lived_labels
    refused = 0
    while lived.undo_label:
        try:
            lived.undo()
        except ConflictError:
            refused += 1
        except UserError:
            pass
    assert refused >= 3
    assert findings(lived) == []
    with lived.read() as session:
        assert session.scalars(select(Shelf)).all() == []


def test_what_others_refer_to_is_not_destroyed(lived):
    with lived.action("Ranger") as session:
        session.add(Shelf(name="Avec facture", bill_id=2))
    with pytest.raises(UserError, match="renvoient"):
        purge(lived, [("test_bill", 2)])
    with pytest.raises(UserError, match="rien"):
        purge(lived, [])
    assert findings(lived) == []


def test_destroying_needs_the_right_to_write(lived):
    lived.actor = Actor("Cuisine", reads=None, writes=frozenset({"hygiene"}))
    with pytest.raises(ForbiddenError):
        purge(lived)
    purge(lived, [("test_shelf", 1)])


def test_others_on_the_same_book_hear_of_it(lived, neighbour):
    heard = []
    lived.subscribe(heard.append)
    purge(lived)
    assert "test_bill" in heard[0]
    assert {"test_bill", "destruction_certificate"} <= neighbour.news()


def test_a_destruction_that_fails_destroys_nothing(lived):
    with pytest.raises(ZeroDivisionError), lived.action("Détruire", undoable=False) as session:
        destroy_and_fail(session, lived)
    assert findings(lived) == []
    with lived.read() as session:
        assert session.scalars(select(Bill.number).order_by(Bill.id)).all() == ["ZORGLUB", "F2"]


def destroy_and_fail(session, book):
    destroy(session, EVERYTHING, [], "L. M.", book.clock())
    raise ZeroDivisionError


TAMPERED = {
    "a row destroyed by hand": (["DELETE FROM test_bill WHERE id = 2"], "facture n° 2"),
    "values emptied by hand": (
        ["UPDATE change SET before = NULL, after = NULL WHERE \"table\" = 'test_bill' AND key = 2"],
        "action n° 1",
    ),
    "values emptied as a destruction would": (
        [
            "DELETE FROM test_bill WHERE id = 2",
            (
                "UPDATE change SET before = NULL, after = NULL, salt = NULL, destroyed = 'ab'"
                " WHERE \"table\" = 'test_bill' AND key = 2"
            ),
        ],
        "facture n° 2",
    ),
    "one more key in the certificate": (
        [
            "DELETE FROM test_bill WHERE id = 2",
            (
                "UPDATE destruction_certificate SET keys = replace(keys,"
                ' \'"test_bill":"1"\', \'"test_bill":"1-2"\')'
            ),
        ],
        "certificat de destruction n° 1",
    ),
    "a certificate removed": (
        ["DELETE FROM destruction_certificate WHERE id = 1"],
        "facture n° 1",
    ),
    "a destroyed row brought back": (
        ["INSERT INTO test_shelf (id, name) VALUES (1, 'Retour')"],
        "étagère n° 1",
    ),
    "a destroyed value written again": (
        ["UPDATE change SET after = '{}' WHERE \"table\" = 'test_shelf' AND key = 1"],
        "étagère n° 1",
    ),
    "the hash that stands for values changed": (
        ["UPDATE change SET destroyed = 'ab' WHERE id = (SELECT min(id) FROM change)"],
        "action n° 1",
    ),
    "the hash that stands for a sealed row changed": (
        ["UPDATE seal SET destroyed = 'ab' WHERE id = 1"],
        "scellé n° 1",
    ),
    "a certificate forged": (
        [
            "DELETE FROM test_bill WHERE id = 2",
            (
                'INSERT INTO destruction_certificate (id, at, "by", keys, lines)'
                " VALUES (9, '2026-11-22', 'x', '{\"test_bill\":\"2\"}', '[]')"
            ),
        ],
        "certificat de destruction n° 9",
    ),
}


@pytest.mark.parametrize(("statements", "place"), TAMPERED.values(), ids=TAMPERED.keys())
def test_any_other_removal_is_found(lived, tamper, statements, place):
    purge(lived)
    tamper(*statements)
    assert place in places(lived)


def test_keys_are_written_short_and_read_back():
    keys = [3, 1, 2, 7, 9, 10]
    assert as_ranges(keys) == "1-3,7,9-10"
    ranges = Ranges(as_ranges(keys), "20-21")
    assert [key for key in range(30) if key in ranges] == [1, 2, 3, 7, 9, 10, 20, 21]
    assert len(ranges) == 8
    assert not as_ranges([])
    assert 1 not in Ranges("")
