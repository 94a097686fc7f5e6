"""Files are kept once, come back with undo and redo, and open for whom they concern."""

import pytest
from sqlalchemy import func, select

from cantine_desktop.errors import ForbiddenError, UserError
from cantine_desktop.storage import attachments
from cantine_desktop.storage.attachments import Attachment, Content, attach
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.verify import verify

PDF = bytes(range(256)) * 300


def keep(book, content=PDF, name="facture.pdf", **options):
    with book.action("Joindre") as session:
        return attach(session, content, name, "application/pdf", book.clock(), **options).id


def opened(book, key):
    with book.read() as session:
        return attachments.read(session, session.get_one(Attachment, key))


def contents(book):
    with book.read() as session:
        return session.scalar(select(func.count(Content.id)))


def test_a_file_comes_back_byte_for_byte(any_book):
    key = keep(any_book)
    assert opened(any_book, key) == PDF
    with any_book.read() as session:
        kept = session.get_one(Attachment, key)
        assert (kept.name, kept.size, kept.media_type) == ("facture.pdf", 76_800, "application/pdf")
        assert verify(session) == []


def test_the_same_content_is_kept_once(any_book):
    assert keep(any_book) != keep(any_book, name="copie.pdf")
    keep(any_book, b"autre")
    assert contents(any_book) == 2


def test_undo_takes_the_attachment_away_and_redo_finds_its_content(any_book):
    key = keep(any_book)
    any_book.undo()
    with any_book.read() as session:
        assert session.get(Attachment, key) is None
        assert verify(session) == []
    any_book.redo()
    assert opened(any_book, key) == PDF


def test_a_file_too_large_is_refused_with_its_weight_and_a_way_out(any_book, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 2**20)
    with pytest.raises(UserError) as refused, any_book.action("x") as session:
        attach(session, bytes(2**20 + 1), "scan.pdf", "application/pdf", any_book.clock())
    said = str(refused.value)
    assert "« scan.pdf »" in said.replace("\u00a0", " ")
    assert "1,1\u00a0Mo" in said
    assert "limite est de 1\u00a0Mo" in said
    assert "Réduisez" in said
    assert contents(any_book) == 0
    assert opened(any_book, keep(any_book, bytes(2**20))) == bytes(2**20)


def test_an_empty_file_is_refused(any_book):
    with pytest.raises(UserError, match="vide"):
        keep(any_book, b"")


def test_a_file_opens_for_those_who_read_its_area(any_book):
    key = keep(any_book, area="staff")
    other = keep(any_book, b"menu")
    any_book.actor = Actor("Cuisine", reads=frozenset({"hygiene"}), writes=frozenset({"hygiene"}))
    assert opened(any_book, other) == b"menu"
    with pytest.raises(ForbiddenError, match="l’équipe"):
        opened(any_book, key)
    with pytest.raises(ForbiddenError), any_book.read() as session:
        session.scalars(select(Content.data)).all()
    assert opened(any_book, keep(any_book, b"photo")) == b"photo"


def test_an_altered_content_is_not_handed_out(any_book, tamper):
    key = keep(any_book, b"contrat")
    tamper("UPDATE content SET data = x'00'")
    with pytest.raises(UserError, match="altéré"):
        opened(any_book, key)
    tamper("DELETE FROM content")
    with pytest.raises(UserError, match="perdu"):
        opened(any_book, key)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Anne\\scan.pdf", "scan.pdf"),
        ("a\x00b\n\u202ec.pdf", "abc.pdf"),
        ("é" * 400 + ".pdf", "é" * 116 + ".pdf"),
        (" .. ", "sans nom"),
    ],
)
def test_the_name_of_a_file_is_one_that_any_disk_takes(any_book, given, kept):
    key = keep(any_book, name=given)
    with any_book.read() as session:
        assert session.get_one(Attachment, key).name == kept
