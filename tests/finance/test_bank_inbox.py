"""A bank file adds what the account has not, once, and says what it does."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.accounts import account_for, add_bank_account
from cantine_desktop.finance.bank.ibans import french_iban, is_iban
from cantine_desktop.finance.bank.inbox import preview, take_in
from cantine_desktop.finance.bank.model import AccountKind, BankAccount, BankLine, BankStatement
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.ledger.model import Account, Journal
from cantine_desktop.values.money import Money
from tests.conftest import NOW

DAY = date(2026, 10, 6)
IBAN = "FR1420041010050500013M02606"


def line(label, euros, day=DAY, **more):
    return ReadLine(day, Money(round(euros * 100)), label, **more)


def read(*lines, **more):
    return ReadStatement("ofx", lines=lines, first=DAY, last=DAY, **more)


def bank(session, name="Crédit Coopératif", **more):
    return add_bank_account(session, name, DAY, **more).id


def count(session):
    return session.scalar(select(func.count()).select_from(BankLine))


def test_the_same_file_twice_adds_nothing(any_book):
    statement = read(line("PRLV BIOCOOP", -84.20), line("REMISE CB", 412), line("REMISE CB", 412))
    with any_book.action("import") as session:
        account = bank(session)
        first = take_in(session, account, [statement], "a.ofx", b"content", NOW)
        assert preview(session, account, [statement]).sentence == (
            "3 déjà importées, 0 nouvelle, 0 jumelle suspecte"
        )
        assert take_in(session, account, [statement], "b.ofx", b"content", NOW) is first
        assert count(session) == 3
        assert sorted(session.scalars(select(BankLine.occurrence))) == [1, 1, 2]


def test_case_accents_and_spaces_of_a_label_do_not_make_a_new_line(book):
    with book.action("import") as session:
        account = bank(session)
        take_in(session, account, [read(line("Chèque  n° 12", -5))], "a", b"a", NOW)
        take_in(session, account, [read(line("CHEQUE N°12", -5))], "b", b"b", NOW)
        assert count(session) == 1


def test_other_words_on_the_same_day_and_amount_are_a_suspicious_twin(book):
    with book.action("import") as session:
        account = bank(session)
        take_in(session, account, [read(line("VIR HELLOASSO", 218.4))], "a", b"a", NOW)
        incoming = preview(session, account, [read(line("HELLOASSO SAS 4471", 218.4))])
        (twin,) = incoming.twins
        assert "VIR HELLOASSO" in twin.reason
        take_in(
            session, account, [read(line("HELLOASSO SAS 4471", 218.4))], "b", b"b", NOW,
            skip={twin.key},
        )  # fmt: skip
        assert count(session) == 1


def test_two_lines_alike_with_the_first_in_the_file_too_are_no_twins(book):
    with book.action("import") as session:
        account = bank(session)
        take_in(session, account, [read(line("A", 10))], "a", b"a", NOW)
        incoming = preview(session, account, [read(line("A", 10), line("B", 10))])
        assert incoming.sentence == "1 déjà importée, 1 nouvelle, 0 jumelle suspecte"


def test_statements_of_one_file_count_their_twins_unless_an_id_says_they_are_one(book):
    same = read(line("VERSEMENT", 10, given_id="X1"))
    other = read(line("VERSEMENT", 10, given_id="X2"))
    with book.action("import") as session:
        assert len(preview(session, None, [same, other]).new) == 2
        account = bank(session)
        take_in(session, account, [same, same], "a", b"a", NOW)
        assert count(session) == 1


def test_what_is_pending_is_told_and_left(book):
    waiting = read(line("CB", -10, is_pending=True))
    with book.action("import") as session:
        account = bank(session)
        take_in(session, account, [waiting], "a", b"a", NOW)
        assert count(session) == 0
        assert preview(session, account, [waiting]).sentence.endswith("1 en attente")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 9), st.integers(-3, 3), st.sampled_from(["a", "A ", "b"])),
        max_size=20,
    ),
    periods=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4),
    chance=st.randoms(),
)
def test_files_of_any_periods_in_any_order_add_each_movement_once(book, moves, periods, chance):
    with book.action("imports") as session:
        account = bank(session, f"Banque {count_accounts(session)}")
        for number, (first, last) in enumerate([*periods, (0, 9)]):
            held = [each for each in moves if first <= each[0] <= last]
            chance.shuffle(held)
            lines = [line(label, cents, DAY + timedelta(day)) for day, cents, label in held]
            content = f"{account}-{number}".encode()
            take_in(session, account, [read(*lines)], "f", content, NOW)
        kept = session.scalars(select(BankLine).where(BankLine.bank_account_id == account))
        expected = sorted((DAY + timedelta(day), cents * 100) for day, cents, _label in moves)
        assert sorted((each.day, each.amount.cents) for each in kept) == expected


def count_accounts(session):
    return session.scalar(select(func.count()).select_from(BankAccount))


def test_balances_are_proved_inside_and_after_what_was_imported(book):
    october = read(line("A", 10), opening=Money(1000), closing=Money(2000))
    november = ReadStatement(
        "ofx",
        lines=(line("B", 5, date(2026, 11, 2)),),
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
        opening=Money(1900),
        closing=Money(2400),
    )
    with book.action("import") as session:
        account = bank(session)
        take_in(session, account, [october], "a", b"a", NOW)
        inside, after = preview(session, account, [november]).proofs
        assert inside.is_right
        assert not after.is_right
        assert "il manque un relevé" in after.text


def daily(day, opening, closing):
    return ReadStatement(
        "camt.053",
        lines=(line("A", (closing - opening) / 100, date(2026, 10, day)),),
        first=date(2026, 10, day),
        last=date(2026, 10, day),
        opening=Money(opening),
        closing=Money(closing),
    )


def test_a_day_missing_between_the_statements_of_one_file_is_told(book):
    first, second, third = daily(5, 0, 1000), daily(6, 1000, 1500), daily(7, 1500, 1200)
    with book.read() as session:
        whole = preview(session, None, [third, first, second]).proofs
        assert all(proof.is_right for proof in whole)
        assert len(whole) == 3
        *inside, between = preview(session, None, [third, first]).proofs
        assert all(proof.is_right for proof in inside)
        assert not between.is_right
        assert "il manque un relevé dans ce fichier" in between.text


def test_several_statements_of_one_day_are_not_held_against_each_other(book):
    several = [daily(5, 0, 1000), daily(5, 1000, 1500), daily(6, 1500, 1200)]
    with book.read() as session:
        assert all(proof.is_right for proof in preview(session, None, several).proofs)
        twice = [daily(5, 0, 1000), daily(5, 0, 1000), daily(6, 1000, 1200)]
        assert all(proof.is_right for proof in preview(session, None, twice).proofs)


def test_a_closing_balance_alone_is_proved_by_the_file_before(book):
    def month(number, closing, *lines):
        day = date(2026, number, 20)
        held = tuple(line(label, euros, day) for label, euros in lines)
        return ReadStatement("ofx", lines=held, first=day, last=day, closing=Money(closing))

    september = month(9, 10_000, ("A", 10))
    with book.action("import") as session:
        account = bank(session)
        (first,) = preview(session, account, [september]).proofs
        assert (first.is_right, "prochain relevé" in first.text) == (None, True)
        take_in(session, account, [september], "a", b"a", NOW)
        october = month(10, 9_500, ("B", -5))
        (proof,) = preview(session, account, [october]).proofs
        assert proof.is_right
        assert "est prouvé" in proof.text
        short = month(10, 9_500, ("B", -4))
        (proof,) = preview(session, account, [short]).proofs
        assert proof.is_right is None
        assert "comparez" in proof.text
        take_in(session, account, [october], "b", b"b", NOW)
        (again,) = preview(session, account, [october]).proofs
        assert again.is_right


def test_each_bank_has_its_journal_and_account_and_services_keep_theirs(book):
    with book.action("comptes") as session:
        for name, kind in (
            ("A", AccountKind.BANK), ("B", AccountKind.BANK), ("C", AccountKind.SAVINGS),
            ("D", AccountKind.CARD_TERMINAL), ("E", AccountKind.HELLOASSO),
        ):  # fmt: skip
            bank(session, name, kind=kind)
    with book.read() as session:
        held = [
            (session.get_one(Journal, each.journal_id).code,
             session.get_one(Account, each.account_id).number)
            for each in (named(session, name) for name in "ABCDE")
        ]  # fmt: skip
    assert held == [
        ("BQ1", "512000"),
        ("BQ2", "512200"),
        ("BQ3", "512100"),
        ("OD", "511500"),
        ("OD", "467100"),
    ]


def named(session, name):
    return session.scalars(select(BankAccount).where(BankAccount.name == name)).one()


def test_an_account_is_found_by_its_iban_or_what_it_holds(book):
    with book.action("compte") as session:
        account = bank(session, iban="FR14 2004 1010 0505 0001 3M02 606")
        for number in (IBAN, "0500013M026", "20041010050500013M026"):
            assert account_for(session, number).id == account
        assert account_for(session, "3M026") is None
        with pytest.raises(UserError, match="déjà ce numéro"):
            bank(session, "Autre", iban=IBAN)
        with pytest.raises(UserError, match="clé"):
            bank(session, "Autre", iban=IBAN.replace("606", "607"))


def test_a_french_account_has_the_iban_of_its_codes():
    assert french_iban("20041", "01005", "0500013M026") == IBAN
    assert is_iban(IBAN)
    assert not french_iban("20041", "", "0500013M026")


def test_the_file_is_kept_with_its_statement(book):
    with book.action("import") as session:
        account = bank(session)
        statement = take_in(session, account, [read(line("A", 1))], "relevé.ofx", b"content", NOW)
        assert statement.attachment_id is not None
        assert session.get_one(BankStatement, statement.id).file_name == "relevé.ofx"
