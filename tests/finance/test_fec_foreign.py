"""Files as other programs write them are judged by what the norm says of them, and no worse."""

import io

import pypdfium2
import pytest

from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import Office, merged
from cantine_desktop.finance.fec.fields import CASH_BASIS
from cantine_desktop.finance.fec.office_tool import takes_amount, takes_day
from cantine_desktop.finance.fec.reading import read_fec
from cantine_desktop.finance.fec.report import write_report
from tests.conftest import NOW
from tests.finance.fec_sample import AT, PRIOR, Sample
from tests.finance.single_faults import of_entry, put, signed


def check(sample):
    return check_fec(io.BytesIO(sample.content), sample.name, **sample.given())


def printed(report):
    target = io.BytesIO()
    write_report(target, report, NOW)
    with pypdfium2.PdfDocument(target.getvalue()) as paper:
        text = " ".join(page.get_textpage().get_text_range() for page in paper)
    return " ".join(text.split())


def treasury(sample, day="20250131", means="CHQ"):
    """Make the file that of a profession that keeps receipts and expenses."""
    sample.prior = None
    sample.names += CASH_BASIS
    for row in sample.rows:
        row += [day, means, "", ""]
    return sample


def errors(report):
    return {fault.code for fault in report.faults if fault.severity is Severity.ERROR}


def test_cash_accounting_may_leave_journals_and_accounts_blank():
    sample = treasury(Sample())
    for row in sample.entry("HA-2"):
        row[0] = row[1] = row[4] = ""
    report = check(sample)
    assert not errors(report), report.faults
    assert report.office is Office.ACCEPTED


def test_cash_accounting_needs_neither_two_sides_nor_the_french_chart():
    sample = treasury(Sample())
    del sample.rows[15]
    sample.rows[14][AT["CompteNum"]] = "AA"
    report = check(sample)
    assert {"E01", "E02", "G01", "L09"} <= report.codes
    assert not errors(report) - {"G02"}, report.faults


def test_cash_accounting_says_when_and_how_it_was_paid():
    report = check(treasury(Sample(), day="", means=""))
    assert {(f.column, f.field) for f in report.faults if f.code == "L02"} == {
        (19, "DateRglt"),
        (20, "ModeRglt"),
    }
    assert report.is_accepted
    wrong = check(treasury(Sample(), day="20251331"))
    assert {(f.column, f.field) for f in wrong.faults if f.code == "L03"} == {(19, "DateRglt")}


def test_a_blank_validation_in_cash_accounting_is_a_fault_that_the_office_does_not_tell():
    sample = treasury(Sample())
    put("ValidDate", "", 18, 19)(sample)
    report = check(sample)
    assert {"L02", "G14"} <= errors(report)
    assert report.office is Office.ACCEPTED


def test_a_company_may_not_leave_its_journals_blank():
    sample = Sample()
    put("JournalCode", "", 14, 15)(sample)
    assert "L02" in errors(check(sample))


def test_accents_in_names_are_those_of_the_norm_itself():
    """The table of VIII-7° writes « Crédit »."""
    sample = Sample()
    sample.names[11:13] = "Débit", "Crédit"
    report = check(sample)
    assert {f.code: f.severity for f in report.faults} == {"H01": Severity.WARNING}
    assert report.office is Office.ACCEPTED
    assert sum(line.debit.cents for line in read_fec(io.BytesIO(sample.content))) == 771_740


def test_names_of_the_xml_form_are_told_and_understood():
    sample = Sample()
    sample.names[6:8] = "CompteAuxNum", "CompteAuxLib"
    put("CompAuxLib", "", 15)(sample)
    report = check(sample)
    assert errors(report) == {"H01", "L12"}
    assert report.office is Office.REFUSED
    assert {line.party for line in read_fec(io.BytesIO(sample.content))} == {"", "BIO", "MAR"}


def test_a_separator_after_every_line_and_the_heading_is_told_once_to_the_office():
    sample = Sample()
    for parts in [sample.names, *sample.rows]:
        parts.append("")
    report = check(sample)
    assert report.codes == {"F11"}
    assert report.office is Office.ACCEPTED
    del sample.names[-1]
    assert check(sample).office is Office.REFUSED


def test_fields_filled_up_with_spaces_and_zeros_keep_the_norm():
    """Fixed widths: texts filled up on the right, amounts on the left (XII-2° and 3°)."""
    sample = Sample(prior=None)
    for row in sample.rows:
        for name in ("JournalCode", "CompteLib", "EcritureLib", "PieceRef"):
            row[AT[name]] = row[AT[name]].ljust(20)
        for name in ("Debit", "Credit"):
            row[AT[name]] = row[AT[name]].rjust(12, "0")
    report = check(sample)
    assert not errors(report), report.faults
    assert report.debit.cents == 771_740


def test_the_end_of_the_name_in_capitals_is_no_fault():
    report = check(Sample(name="123456782FEC20251231.TXT"))
    assert report.is_accepted
    assert report.codes == {"F01"}
    assert (report.siren, report.office) == ("123456782", Office.ACCEPTED)


def test_a_side_in_small_letters_is_understood():
    sample = Sample()
    signed(sample, sides=("d", "c"))
    report = check(sample)
    assert report.codes == {"H05"}
    assert report.is_accepted
    assert report.debit.cents == report.credit.cents == 771_740


def test_an_unknown_side_is_not_followed_by_faults_that_it_alone_brings_about():
    sample = Sample()
    signed(sample)
    sample.rows[4][12] = "X"
    report = check(sample)
    assert report.codes == {"H05"}
    assert report.office is Office.STOPPED


def test_a_day_of_zeros_where_none_is_asked_is_told_to_be_left_blank():
    sample = Sample()
    put("DateLet", "00000000", 4)(sample)
    report = check(sample)
    assert errors(report) == {"L03"}
    assert "à blanc" in report.faults[0].words
    assert report.office is Office.ACCEPTED
    of_entry("HA-2", "EcritureDate", "00000000")(sample)
    assert check(sample).office is Office.REFUSED


def test_quotes_around_a_label_alone_do_not_trouble_the_office():
    sample = Sample()
    put("EcritureLib", '"Repas"', 4)(sample)
    report = check(sample)
    assert (errors(report), report.office) == ({"F08"}, Office.ACCEPTED)
    put("Debit", '"86,50"', 4)(sample)
    assert check(sample).office is Office.REFUSED


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("20251231", True),
        ("2025-12-31", True),
        ("31/12/2025", True),
        ("20251231 10:25:37", True),
        ("18991231", True),
        ("20250230", True),
        ("20251307", False),
        ("31/13/2025", False),
        ("20250732", False),
        ("45657", False),
        ("déc. 2025", False),
        ("", True),
        ("00000000", True),
    ],
)
def test_the_days_that_the_tool_of_the_office_takes(text, taken):
    assert takes_day(text, required=False) is taken
    assert takes_day(text, required=True) is bool(taken and text.strip("0"))


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("1234,50", True),
        (" 000000000001437,12", True),
        (",50", True),
        ("-12,5", True),
        ("12,5-", True),
        ("", True),
        ("1E3", True),
        ("12.50", False),
        ("1 234,50", False),
        ("1,234,50", False),
        ("12,50 €", False),
        ("--5", False),
        ("-", False),
    ],
)
def test_the_amounts_that_the_tool_of_the_office_takes(text, taken):
    assert takes_amount(text) is taken


def test_a_year_of_more_than_twelve_months_is_told_once_and_one_of_three_years_refused():
    sample = Sample(prior=None)
    of_entry("AN-1", "EcritureDate", "20240901")(sample)
    report = check(sample)
    assert report.is_accepted
    assert report.counts == {"E05": 1}
    of_entry("AN-1", "EcritureDate", "20230101")(sample)
    assert errors(check(sample)) == {"E05"}
    assert check(sample).counts == {"E05": 1}


def test_the_same_fault_on_lines_that_follow_is_said_once():
    sample = Sample()
    put("ValidDate", "", 2, 3, 4, 5, 18, 19)(sample)
    report = check(sample)
    (blank,) = merged([f for f in report.faults if f.code == "L02"])
    assert blank[0] == "4 à 7, 20 à 21"
    assert blank[1].place_of(blank[0]) == "lignes 4 à 7, 20 à 21, zone 16 (ValidDate)"
    text = printed(report)
    assert "4 à 7, 20 à 21" in text
    assert text.count("La zone ValidDate est vide.") == 1


def test_the_report_says_what_was_checked_and_what_could_not_be_compared():
    alone, followed = (printed(check(Sample(prior=prior))) for prior in (None, PRIOR))
    assert alone.count("rien à signaler") == 5
    assert "ne sont pas comparés à la clôture d’avant" in alone
    assert "Les à-nouveaux sont comparés, compte par compte" in followed


def renumbered(sample, opened="467100"):
    """Close the year before with accounts of the chart before ANC 2022-06."""
    sample.prior |= {"467000": 1_000, "512000": 249_000}
    sample.rows[0][AT["Debit"]] = "2490,00"
    extra = list(sample.rows[0])
    extra[AT["CompteNum"]], extra[AT["CompteLib"]] = opened, "HelloAsso"
    extra[AT["Debit"]] = "10,00"
    sample.rows.insert(1, extra)


def test_accounts_that_the_chart_of_2025_renumbered_open_under_their_new_number():
    sample = Sample()
    renumbered(sample)
    assert not check(sample).faults


def test_another_new_number_in_the_year_of_the_renumbering_asks_to_be_looked_at():
    sample = Sample()
    renumbered(sample, "467800")
    report = check(sample)
    assert report.is_accepted
    assert report.counts == {"G04": 2}


def test_in_other_years_an_account_opens_under_its_number():
    sample = Sample(name="123456782FEC20241231.txt")
    renumbered(sample)
    for row in sample.rows:
        for name in ("EcritureDate", "PieceDate", "DateLet", "ValidDate"):
            day = row[AT[name]]
            row[AT[name]] = day and str(int(day) - 10_000)
    assert errors(check(sample)) == {"G04"}
