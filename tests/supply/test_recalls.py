"""The public list of recalls: what touches our lots is kept, sure ones are set aside."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.hygiene.recalls.files import read_list
from cantine_desktop.supply.recalls.judging import judge
from cantine_desktop.supply.recalls.model import RecallMatch, RecallNotice, RecallVerdict
from cantine_desktop.supply.recalls.notice_list import read_notices
from cantine_desktop.supply.recalls.queries import match_rows, notice_rows, waiting
from cantine_desktop.supply.stock.lot_events import block
from cantine_desktop.supply.stock.lots import is_blocked
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from tests.supply.shelves import NOW, TODAY, add_lot, add_product

HEAD = (
    "id;numero_fiche;date_publication;categorie_produit;sous_categorie_produit;marque_produit;"
    "modeles_ou_references;identification_produits;distributeurs;motif_rappel;risques_encourus;"
    "conduites_a_tenir_par_le_consommateur;lien_vers_la_fiche_rappel;"
    "date_debut_commercialisation;date_de_fin_de_la_procedure_de_rappel;libelle"
)


def notice(sheet="2026-11-0042", **said):
    told = {
        "published": "2026-11-20T00:00:00+00:00", "category": "alimentation", "kind": "fromages",
        "brand": "Ferme du Haut", "model": "", "lots": "", "sellers": "Biocoop Krutenau",
        "reason": "Listeria monocytogenes", "risk": "Listériose", "advice": "Ne plus consommer",
        "link": "https://rappel.conso.gouv.fr/fiche/1", "from": "2026-11-01", "ended": "",
        "name": "tomme au lait cru", **said,
    }  # fmt: skip
    order = (
        *("published", "category", "kind", "brand", "model", "lots", "sellers", "reason"),
        *("risk", "advice", "link", "from", "ended", "name"),
    )
    return ";".join(["1", sheet, *(told[each] for each in order)])


def listed(*lines, head=HEAD):
    return BytesIO("\r\n".join([head, *lines]).encode())


@pytest.fixture
def tomme(session):
    return add_product(session, "Tomme au lait cru")


@pytest.fixture
def shop(session):
    return add_supplier(session, SupplierFacts("Biocoop Krutenau")).id


def held(session, lot):
    return is_blocked(session.get_one(Lot, lot))


def test_a_lot_with_the_recalled_number_and_name_is_set_aside_at_once(session, tomme):
    lot = add_lot(session, tomme, 3000, code="HB-4512")
    other = add_lot(session, tomme, 3000, code="HB-9999")
    report = read_list(session, listed(notice(lots="3760012345678|lot HB4512|dlc|2026-12-01")), NOW)
    assert (report.added, report.unchanged, report.problems) == (1, 0, ())
    assert held(session, lot)
    assert not held(session, other)
    [row] = match_rows(session, notice_rows(session)[0].key)
    assert "HB-4512" in row.why
    assert row.verdict is RecallVerdict.TO_LOOK_AT


@pytest.mark.parametrize(
    ("held_as", "told"),
    [
        ("HB 4512", "lot HB 4512"),
        ("HB-4512", "HB 4512|dlc"),
        ("26 310 A", "lots 26 310 A et 26 311 A"),
        ("LOT 4512", "lot 4512"),
        ("4512", "LOT4512"),
        ("L26110512", "lot : L26110512"),
        ("L20261105", "L20261105"),
    ],
)
def test_a_number_is_the_same_with_spaces_or_the_word_lot(session, tomme, held_as, told):
    lot = add_lot(session, tomme, 3000, code=held_as)
    read_list(session, listed(notice(lots=told)), NOW)
    assert held(session, lot)


def test_a_number_that_the_canteen_gave_itself_is_compared_with_nothing(session, tomme):
    lot = add_lot(session, tomme, 3000, code="L20261105-1")
    read_list(session, listed(notice(lots="L202611051", sellers="", brand="")), NOW)
    assert not held(session, lot)


def test_a_lot_at_the_end_of_a_long_notice_is_found(session, tomme):
    lot = add_lot(session, tomme, 3000, code="AB123456")
    many = " ".join(f"ZZ{rank:06}" for rank in range(700))
    read_list(session, listed(notice(lots=f"{many} AB123456")), NOW)
    assert held(session, lot)


def test_a_name_and_a_seller_are_shown_but_not_set_aside(session, tomme, shop):
    lot = add_lot(session, tomme, 3000, supplier_id=shop)
    read_list(session, listed(notice()), NOW)
    [row] = match_rows(session, notice_rows(session)[0].key)
    assert "vendu par Biocoop Krutenau" in row.why
    assert not held(session, lot)


def test_another_lot_number_speaks_against_unless_the_date_is_recalled(session, tomme, shop):
    add_lot(session, tomme, 3000, supplier_id=shop, code="XY-77", days=40)
    dated = add_lot(session, tomme, 3000, supplier_id=shop, code="XY-78", days=8)
    read_list(session, listed(notice(lots="3760012345678|lot HB4512|dlc|2026-12-01")), NOW)
    [row] = match_rows(session, notice_rows(session)[0].key)
    assert row.lot.key == dated


@pytest.mark.parametrize(
    "said",
    [
        {"name": "tarte aux poires", "kind": "desserts"},
        {"sellers": "Autre magasin", "brand": "Autre marque"},
        {"category": "automobiles et moyens de déplacement"},
        {"from": "2026-12-24", "published": "2026-12-31"},
    ],
    ids=["another food", "another seller and maker", "no food", "sold later"],
)
def test_what_has_too_little_in_common_is_not_shown(session, tomme, shop, said):
    add_lot(session, tomme, 3000, supplier_id=shop)
    report = read_list(session, listed(notice(**said)), NOW)
    assert report.added == 0
    assert notice_rows(session) == []


def test_our_own_lot_numbers_are_never_taken_for_the_maker_s(session, tomme):
    add_lot(session, tomme, 3000)
    add_lot(session, tomme, 3000, code="7")
    read_list(session, listed(notice(lots="lot 7 L20261123-1", name="x", kind="y")), NOW)
    assert notice_rows(session) == []


def test_food_that_was_eaten_is_found_too(session, tomme, shop):
    lot = add_lot(session, tomme, 3000, supplier_id=shop, ago=10)
    session.get_one(Lot, lot).ended_on = TODAY
    read_list(session, listed(notice()), NOW)
    assert waiting(session) == 1


def test_the_same_list_twice_adds_nothing_and_keeps_what_was_said(session, tomme):
    lot = add_lot(session, tomme, 3000, code="HB4512")
    read_list(session, listed(notice(lots="HB4512")), NOW)
    [match] = session.query(RecallMatch)
    judge(session, match.id, RecallVerdict.NOT_TOUCHED, NOW, "AM")
    assert not held(session, lot)
    again = read_list(session, listed(notice(lots="HB4512")), NOW)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert match.verdict is RecallVerdict.NOT_TOUCHED
    assert not held(session, lot)


def test_a_notice_worded_anew_and_a_lot_come_in_since_are_a_change(session, tomme):
    add_lot(session, tomme, 3000, code="HB4512")
    read_list(session, listed(notice(lots="HB4512")), NOW)
    add_lot(session, tomme, 2000, code="HB4512")
    report = read_list(session, listed(notice(lots="HB4512", risk="aucun")), NOW)
    assert (report.added, report.changed) == (0, 1)
    assert session.query(RecallNotice).one().risk == "aucun"
    assert waiting(session) == 2


def test_what_is_not_touched_goes_back_to_use_unless_something_else_holds_it(session, tomme):
    lot = add_lot(session, tomme, 3000, code="HB4512")
    block(session, lot, NOW, "odeur suspecte")
    read_list(session, listed(notice(lots="HB4512")), NOW)
    [match] = session.query(RecallMatch)
    judge(session, match.id, RecallVerdict.NOT_TOUCHED, NOW)
    assert held(session, lot)


def test_a_lot_said_to_be_touched_is_set_aside(session, tomme, shop):
    lot = add_lot(session, tomme, 3000, supplier_id=shop)
    read_list(session, listed(notice()), NOW)
    [match] = session.query(RecallMatch)
    with pytest.raises(UserError, match="visé ou non"):
        judge(session, match.id, RecallVerdict.TO_LOOK_AT, NOW)
    judge(session, match.id, RecallVerdict.TOUCHED, NOW, "AM")
    assert held(session, lot)
    assert notice_rows(session)[0].touched == 1


def test_the_list_of_the_first_years_is_read_too():
    head = ("Reference_Fiche,Date_de_publication,Catégorie de produit,Nom de la marque du produit,"
            "Noms des modèles ou références,Identification des produits")  # fmt: skip
    line = '2022-01-0007,2022-01-14,Alimentation,Ferme,Tomme,"GTIN 3760012345678 lot 12"'
    found = read_notices(listed(line, head=head))
    assert [(each.sheet, each.published_on) for each in found.notices] == [
        ("2022-01-0007", date(2022, 1, 14))
    ]


def test_a_line_that_makes_no_sense_is_told_and_stops_nothing(session, tomme):
    add_lot(session, tomme, 3000, code="HB4512")
    lines = notice(sheet="A", published="hier"), notice(lots="HB4512")
    report = read_list(session, listed(*lines), NOW)
    assert report.added == 1
    assert any(each.line == 2 and "hier" in each.text for each in report.remarks)


def test_a_file_that_is_not_the_list_is_refused():
    with pytest.raises(UnreadableError, match="numero_fiche"):
        read_notices(BytesIO(b"nom;prix\nTomme;12\n"))
    with pytest.raises(UnreadableError, match="PDF"):
        read_notices(BytesIO(b"%PDF-1.7 rien"))


def test_the_newest_wording_of_a_number_counts():
    old = notice(published="2026-11-01", risk="ancien")
    found = read_notices(listed(notice(risk="nouveau"), old))
    assert [each.risk for each in found.notices] == ["nouveau"]


def test_an_address_of_another_kind_than_the_web_s_is_left_out():
    found = read_notices(listed(notice(link="javascript:alert(1)"), notice(sheet="B")))
    assert {each.link for each in found.notices} == {"", "https://rappel.conso.gouv.fr/fiche/1"}


def test_the_remarks_say_how_fresh_the_list_is(session):
    report = read_list(session, listed(notice(), notice(sheet="B", category="jouets")), NOW)
    words = " ".join(each.text for each in report.remarks)
    assert "1 avis alimentaire lu" in words
    assert "20/11/2026" in words or "20 nov" in words


def test_one_notice_of_three_thousand_is_found(session, tomme):
    for each in range(40):
        add_lot(session, tomme, 1000, code=f"Z{each:05}", ago=each)
    lines = [notice(sheet=f"S{n}", name=f"produit {n}", lots=f"lot X{n}") for n in range(3000)]
    report = read_list(session, listed(*lines, notice(lots="Z00007")), NOW)
    assert report.added == 1
    assert any("3001" in each.text.replace("\u202f", "") for each in report.remarks)


def test_taking_in_is_undone_in_one_step(book):
    with book.action("départ") as session:
        lot = add_lot(session, add_product(session, "Tomme au lait cru"), 3000, code="HB4512")
    with book.action("liste") as session:
        read_list(session, listed(notice(lots="HB4512")), NOW + timedelta(hours=1))
    book.undo()
    with book.read() as session:
        assert notice_rows(session) == []
        assert not held(session, lot)
