"""Profiles: who gets in, who is refused, and nobody is ever locked out."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from cantine_desktop.errors import ForbiddenError, UserError
from cantine_desktop.people import profiles, recovery, secrets
from cantine_desktop.people.model import Access, AccessEvent, Profile, ProfileKey
from cantine_desktop.storage.history import Action, Change

DIRECTION, KITCHEN, TREASURY = ProfileKey.DIRECTION, ProfileKey.KITCHEN, ProfileKey.TREASURY
SECRET = "Tomates-farcies-12"


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 22, 8, tzinfo=UTC)

    def __call__(self):
        return self.now

    def wait(self, **amount):
        self.now += timedelta(**amount)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(book, clock, monkeypatch):
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secrets, "_HASHER", cheap)
    book.clock = clock
    with book.action("Ouverture") as session:
        profiles.seed(session)
    return book


def events(book):
    with book.read() as session:
        return [(a.key, a.event) for a in session.scalars(select(Access).order_by(Access.id))]


def test_a_new_book_has_five_profiles_and_seeding_again_adds_none(book):
    with book.action("Encore") as session:
        profiles.seed(session)
    with book.read() as session:
        names = [profiles.display_name(p) for p in profiles.active_profiles(session)]
    assert names == ["Direction", "Cuisine", "Comptoir", "Trésorerie", "Lecture"]


def test_a_profile_without_a_password_opens_by_a_click(book):
    actor = profiles.sign_in(book, KITCHEN)
    assert actor.name == "Cuisine"
    assert book.actor is actor


def test_the_right_password_opens_and_a_wrong_one_changes_nothing(book):
    profiles.set_password(book, TREASURY, SECRET)
    profiles.sign_in(book, KITCHEN)
    for wrong in ("", SECRET.lower(), SECRET + "x", "x" * 10_000):
        book.clock.wait(hours=1)
        with pytest.raises(profiles.WrongPasswordError, match="pas le bon"):
            profiles.sign_in(book, TREASURY, wrong)
        assert book.actor.name == "Cuisine"
    book.clock.wait(hours=1)
    assert profiles.sign_in(book, TREASURY, SECRET).name == "Trésorerie"


def test_an_accent_typed_in_two_signs_is_the_same_password(book):
    profiles.set_password(book, KITCHEN, "pur\u00e9e")
    assert profiles.sign_in(book, KITCHEN, "pure\u0301e").name == "Cuisine"


def test_failures_make_the_next_attempt_wait_longer_and_success_forgets_them(book):
    profiles.set_password(book, KITCHEN, "1234")

    def fail():
        with pytest.raises(profiles.WrongPasswordError):
            profiles.sign_in(book, KITCHEN, "0000")

    def wait_told():
        with pytest.raises(profiles.TooSoonError) as told:
            profiles.sign_in(book, KITCHEN, "1234")
        return told.value

    for _ in range(3):
        fail()
    assert wait_told().wait == timedelta(seconds=5)
    assert str(wait_told()) == "Trop d’essais. Réessayez dans 5 secondes."
    book.clock.wait(seconds=5)
    fail()
    assert wait_told().wait == timedelta(seconds=10)
    for _ in range(20):
        book.clock.wait(hours=1)
        fail()
    assert wait_told().wait == timedelta(minutes=15)
    assert "15 minutes" in str(wait_told())
    book.clock.wait(minutes=15)
    profiles.sign_in(book, KITCHEN, "1234")
    fail()
    assert profiles.sign_in(book, KITCHEN, "1234")


def test_a_clock_set_back_does_not_lock_for_ever(book):
    profiles.set_password(book, KITCHEN, "1234")
    for _ in range(3):
        with pytest.raises(profiles.WrongPasswordError):
            profiles.sign_in(book, KITCHEN, "0000")
    book.clock.wait(days=-400)
    with pytest.raises(profiles.TooSoonError) as told:
        profiles.sign_in(book, KITCHEN, "1234")
    assert told.value.wait <= timedelta(seconds=5)


def test_history_says_what_happened_and_undo_never_touches_passwords(book):
    before = book.undo_label
    profiles.set_password(book, KITCHEN, "1234")
    with pytest.raises(profiles.WrongPasswordError):
        profiles.sign_in(book, KITCHEN, "0000")
    profiles.remove_password(book, KITCHEN)
    assert book.undo_label == before
    assert events(book) == [
        (KITCHEN, AccessEvent.PASSWORD_SET),
        (KITCHEN, AccessEvent.REFUSED),
        (KITCHEN, AccessEvent.PASSWORD_REMOVED),
    ]
    with book.read() as session:
        labels = list(session.scalars(select(Action.label).order_by(Action.id)))
    assert labels[1:] == [
        "Mot de passe\u00a0: Cuisine",
        "Mot de passe refusé\u00a0: Cuisine",
        "Sans mot de passe\u00a0: Cuisine",
    ]
    assert profiles.sign_in(book, KITCHEN).name == "Cuisine"


def test_no_password_and_no_hash_is_left_readable_in_the_history(book):
    key = profiles.set_password(book, DIRECTION, SECRET)
    profiles.set_password(book, DIRECTION, SECRET + "2")
    with book.read() as session:
        kept = "".join(map(str, session.execute(select(Change.before, Change.after))))
        kept += "".join(map(str, session.execute(select(Action.label, Action.by))))
        hashes = list(session.connection().scalars(text("SELECT hash FROM secret")))
    assert "argon2" not in kept
    assert SECRET not in kept
    assert key.replace("-", "") not in kept
    assert len(hashes) == 2
    assert all(h.startswith("$argon2id$") for h in hashes)


def test_hashes_are_as_costly_as_the_rule_asks():
    """RFC 9106, second recommended option: 64 MiB, three passes."""
    assert secrets._HASHER.hash("x").startswith("$argon2id$v=19$m=65536,t=3,")


def test_only_the_direction_sets_passwords(book):
    for key in ProfileKey:
        if key is DIRECTION:
            continue
        profiles.sign_in(book, key)
        for attempt in (
            lambda key=key: profiles.set_password(book, key, "123456789"),
            lambda key=key: profiles.remove_password(book, key),
            lambda: profiles.renew_recovery_key(book),
        ):
            with pytest.raises(ForbiddenError, match="direction"):
                attempt()


@pytest.mark.parametrize(
    ("key", "password"), [(DIRECTION, "1234567"), (KITCHEN, "123"), (KITCHEN, "x" * 201)]
)
def test_a_password_too_short_or_too_long_is_refused_in_words(book, key, password):
    with pytest.raises(UserError, match=r"signes|trop long"):
        profiles.set_password(book, key, password)
    assert not events(book)


def test_the_first_password_of_the_direction_gives_a_recovery_key_once(book):
    assert profiles.set_password(book, KITCHEN, "1234") is None
    key = profiles.set_password(book, DIRECTION, SECRET)
    assert [len(group) for group in key.split("-")] == [4] * 5
    assert profiles.set_password(book, DIRECTION, SECRET) is None


def test_the_recovery_key_opens_when_the_password_is_lost_and_serves_once(book):
    key = profiles.set_password(book, DIRECTION, SECRET)
    profiles.lock(book)
    typed = key.lower().replace("-", " ")
    new_key = profiles.recover(book, typed, "Ratatouille-34")
    assert book.actor.name == "Direction"
    with pytest.raises(profiles.WrongPasswordError):
        profiles.sign_in(book, DIRECTION, SECRET)
    assert profiles.sign_in(book, DIRECTION, "Ratatouille-34")
    with pytest.raises(profiles.WrongPasswordError, match="clé de secours"):
        profiles.recover(book, key, "Encore-un-autre")
    assert profiles.recover(book, new_key, "Encore-un-autre")


def test_guessing_recovery_keys_is_slowed_down_too(book):
    profiles.set_password(book, DIRECTION, SECRET)
    for _ in range(3):
        with pytest.raises(profiles.WrongPasswordError):
            profiles.recover(book, recovery.new_key(), "Ratatouille-34")
    with pytest.raises(profiles.TooSoonError):
        profiles.recover(book, recovery.new_key(), "Ratatouille-34")


def test_a_renewed_key_replaces_the_former_one(book):
    key = profiles.set_password(book, DIRECTION, SECRET)
    renewed = profiles.renew_recovery_key(book)
    with pytest.raises(profiles.WrongPasswordError):
        profiles.recover(book, key, "Ratatouille-34")
    assert profiles.recover(book, renewed, "Ratatouille-34")


def test_every_wrong_sign_and_every_swap_in_a_key_is_noticed():
    key = recovery.read_key(recovery.new_key())
    for place in range(len(key)):
        for sign in recovery.SIGNS:
            wrong = key[:place] + sign + key[place + 1 :]
            if wrong != key:
                with pytest.raises(UserError, match="faute de frappe"):
                    recovery.read_key(wrong)
    for place in range(len(key) - 1):
        swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
        if swapped != key:
            with pytest.raises(UserError, match="faute de frappe"):
                recovery.read_key(swapped)


@pytest.mark.parametrize(("typed", "said"), [("", "il y en a 0"), ("O0I1L" * 4, "jamais 0, 1")])
def test_what_cannot_be_a_key_is_explained(typed, said):
    with pytest.raises(UserError, match=said):
        recovery.read_key(typed)


def test_the_direction_cannot_be_put_out_of_service(book):
    with pytest.raises(IntegrityError), book.action("Fermer la porte") as session:
        session.scalar(select(Profile).where(Profile.key == DIRECTION)).is_active = False


def test_a_profile_out_of_service_cannot_sign_in(book):
    with book.action("Sans comptoir") as session:
        session.scalar(select(Profile).where(Profile.key == ProfileKey.COUNTER)).is_active = False
    with pytest.raises(UserError, match="Comptoir"):
        profiles.sign_in(book, ProfileKey.COUNTER)


def test_a_renamed_profile_signs_its_actions_with_its_name(book):
    with book.action("Renommer") as session:
        kitchen = session.scalar(select(Profile).where(Profile.key == KITCHEN))
        kitchen.name = "Cuisine, Marie"
    assert profiles.sign_in(book, KITCHEN).name == "Cuisine, Marie"


def test_passwords_and_waits_hold_on_each_engine(any_book, monkeypatch):
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secrets, "_HASHER", cheap)
    with any_book.action("Ouverture") as session:
        profiles.seed(session)
    key = profiles.set_password(any_book, DIRECTION, SECRET)
    for _ in range(3):
        with pytest.raises(profiles.WrongPasswordError):
            profiles.sign_in(any_book, DIRECTION, "faux")
    with pytest.raises(profiles.TooSoonError):
        profiles.sign_in(any_book, DIRECTION, SECRET)
    assert profiles.recover(any_book, key, "Ratatouille-34")
    assert any_book.actor.name == "Direction"
