"""What each profile may do is held by the book itself, below every screen."""

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import ForbiddenError
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.starter import STARTER_UNITS, add_unit
from cantine_desktop.people import profiles
from cantine_desktop.people.model import Profile, ProfileKey
from cantine_desktop.storage.history import Change

ALL = {
    "access", "canteen", "finance", "history", "hygiene", "meals", "people", "staff", "supply",
}  # fmt: skip
READS = {
    "direction": ALL,
    "kitchen": {"access", "canteen", "hygiene", "meals", "staff", "supply"},
    "counter": {"access", "canteen", "hygiene", "meals", "people", "supply"},
    "treasury": ALL,
    "reading": ALL,
}
WRITES = {
    "direction": ALL,
    "kitchen": {"hygiene", "meals", "supply"},
    "counter": {"meals", "people"},
    "treasury": {"finance"},
    "reading": set(),
}
TABLES = {"access": Profile, "canteen": Canteen, "history": Change, "hygiene": ColdUnit}


@pytest.fixture
def book(book):
    with book.action("Ouverture") as session:
        profiles.seed(session)
        session.add(Canteen(name="Le quai"))
        add_unit(session, STARTER_UNITS[0], 1)
    return book


def read(book, table):
    with book.read() as session:
        return session.scalars(select(table)).all()


def change(book, area):
    """Change one row of an area."""
    with book.action("Modifier") as session:
        if area == "hygiene":
            add_unit(session, STARTER_UNITS[1], 2)
            return
        row = session.scalars(select(TABLES[area])).first()
        row.name = "Autre nom"


@pytest.mark.parametrize("profile", list(ProfileKey))
def test_each_profile_reads_and_writes_its_areas_and_no_other(book, profile):
    actor = profiles.sign_in(book, profile)
    assert {area for area in ALL if actor.may_read(area)} == READS[profile]
    assert {area for area in ALL if actor.may_write(area)} == WRITES[profile]


@pytest.mark.parametrize("profile", list(ProfileKey))
@pytest.mark.parametrize("area", list(TABLES))
def test_the_core_refuses_reading_what_is_closed(book, profile, area):
    profiles.sign_in(book, profile)
    if area in READS[profile]:
        assert read(book, TABLES[area])
    else:
        with pytest.raises(ForbiddenError):
            read(book, TABLES[area])


@pytest.mark.parametrize("profile", list(ProfileKey))
@pytest.mark.parametrize("area", ["access", "canteen", "hygiene"])
def test_the_core_refuses_changing_what_is_closed(book, profile, area):
    profiles.sign_in(book, profile)
    before = book.undo_labels
    if area in WRITES[profile]:
        change(book, area)
        assert book.undo_label == "Modifier"
    else:
        with pytest.raises(ForbiddenError):
            change(book, area)
        assert book.undo_labels == before


@pytest.mark.parametrize("profile", ["counter", "treasury", "reading"])
def test_nobody_undoes_what_they_could_not_do(book, profile):
    change(book, "hygiene")
    profiles.sign_in(book, ProfileKey(profile))
    with pytest.raises(ForbiddenError):
        book.undo()
    profiles.sign_in(book, ProfileKey.DIRECTION)
    assert len(read(book, ColdUnit)) == 2


def test_a_locked_book_shows_its_profiles_and_nothing_else(book):
    profiles.lock(book)
    with book.read() as session:
        assert len(profiles.active_profiles(session)) == 5
    for table in (Canteen, ColdUnit, Change):
        with pytest.raises(ForbiddenError):
            read(book, table)
    for area in ("access", "canteen", "hygiene"):
        with pytest.raises(ForbiddenError):
            change(book, area)


def test_the_history_says_which_profile_acted(book):
    profiles.sign_in(book, ProfileKey.KITCHEN)
    change(book, "hygiene")
    profiles.sign_in(book, ProfileKey.READING)
    from cantine_desktop.storage.history import Action  # noqa: PLC0415

    with book.read() as session:
        last = session.scalars(select(Action).order_by(Action.id.desc())).first()
    assert (last.by, last.label) == ("Cuisine", "Modifier")
