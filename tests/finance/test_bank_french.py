"""Files as French banks and services write them, each with its own habit, are read by themselves.

Layouts follow what public importers of these banks expect; every text here is made up.
"""

import pytest

from cantine_desktop.finance.bank.csv_mapping import MappingNeededError
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.finance.bank.remembering import read_known
from cantine_desktop.values.money import Money
from tests.finance.test_bank_csv import PAYMENTS, moves, read

IBAN = "FR1420041010050500013M02606"
RISING = PAYMENTS[::-1]

FILES = {
    "CIC, commas": (
        ("Date d'opération,Date de valeur,Montant,Libellé,Solde\n"
        "29/10/2026,29/10/2026,1500.00,VIR MAIRIE,1500.00\n"
        "30/10/2026,30/10/2026,-37.90,PRLV EDF,1462.10\n"),
        "iso-8859-15", RISING, "csv:cic",
    ),
    "CIC, two columns": (
        ("Date d'opération;Date de valeur;Débit;Crédit;Libellé;Solde\r\n"
        "29/10/2026;29/10/2026;;1500,00;VIR MAIRIE;1500,00\r\n"
        "30/10/2026;30/10/2026;-37,90;;PRLV EDF;1462,10\r\n"),
        "cp1252", RISING, "csv:cic",
    ),
    "Société Générale, names with underscores": (
        ('="0201900016400270";01/10/2026;31/10/2026;\n'
        "date_comptabilisation;libellé_complet_operation;montant_operation;devise;\n"
        "30/10/2026;CARTE X7527 LEROY    ;-37,90;EUR;\n"
        "29/10/2026;VIR RECU    DE: MAIRIE;1500,00;EUR;\n"),
        "latin-1", PAYMENTS, "csv:societe-generale",
    ),
    "Société Générale, words over several rows": (
        ('"SG VOIRON      "\n"FR14 2004 1010 0505 0001 3M02 606";"Compte Courant"\n'
        '"Solde au";"31/10/2026"\n"Solde";"1 462,10";"EUR"\n\n'
        "Date;Nature de l'opération;Débit;Crédit;Devise;Date de valeur;Libellé interbancaire\n"
        '"30/10/2026";"CARTE X1";"-37,90";"";"EUR";"30/10/2026";"FACTURES CARTES"\n'
        '"29/10/2026";"VIR RECU 1S";"";"1 500,00";"EUR";"29/10/2026";"VIREMENTS"\n'
        '"";"DE: MAIRIE";"";"";"";"";""\n"";"MOTIF: SUBVENTION";"";"";"";"";""\n'),
        "cp1252", PAYMENTS, "csv:societe-generale",
    ),
    "BNP Paribas without headings": (
        ("Compte de chèques;Compte de chèques;****1234;31/10/2026;;1 462,10\n"
        "30/10/2026;Prélèvement;Energie;PRLV SEPA EDF;-37,90\n"
        "29/10/2026;Virement reçu;Subvention;VIR SEPA MAIRIE;1 500,00\n"),
        "cp1252", PAYMENTS, "csv:bnp",
    ),
    "BNP Paribas with letters written for a web page": (
        ("Compte de ch&egrave;ques;Compte de ch&egrave;ques;****1234;31/10/2026;;1 462,10\n"
        "30/10/2026;Pr&eacute;l&egrave;vement;Energie;PRLV EDF &amp; CIE;-37,90\n"
        "29/10/2026;Virement re&ccedil;u;Subvention;VIR SEPA MAIRIE;1 500,00\n"),
        "utf-8", PAYMENTS, "csv:bnp",
    ),
    "LCL without headings": (
        ("30/10/2026;-37,90;Carte;;CB LEROY;;\n29/10/2026;1500,00;Virement;;VIR MAIRIE;;\n"
        "31/10/2026;1462,10;;;01234 123456A;;\n"),
        "latin-1", PAYMENTS, "csv:lcl",
    ),
    "Fortuneo": (
        ("Date opération;Date valeur;libellé;Débit;Crédit;\n"
        "30/10/2026;30/10/2026;CARTE;-37,9;\n29/10/2026;29/10/2026;VIR MAIRIE;;1500;\n"),
        "cp1252", PAYMENTS, "csv:fortuneo",
    ),
    "Shine": (
        ("Transaction ID;Date de la valeur;Date d'opération;IBAN;Type de transaction;"
        "Transaction personnelle;Category;Débit;Crédit;Solde mouvement;Solde bancaire;Libellé;"
        "Nom de la contrepartie;Montant HT;Montant de TVA total;Pièces;Commentaire\n"
        f"a;30/10/2026;30/10/2026;{IBAN};Carte;Non;;37,90;;-37,90;1462,10;CB;LEROY;31,58;6,32;;\n"
        f"b;29/10/2026;29/10/2026;{IBAN};Virement;Non;;;1500,00;1500,00;1500,00;VIR;MAIRIE;;;;\n"),
        "cp1252", PAYMENTS, "csv:shine",
    ),
    "Qonto in English, what waits set apart": (
        ("Status,Settlement date (UTC),Operation date (UTC),Total amount (incl. VAT),Currency,"
        "Debit,Credit,Counterparty name,Payment method,Transaction ID,Reference\n"
        "settled,2026-10-30 10:00:00,2026-10-29 10:00:00,-37.90,EUR,37.90,,LEROY,Card,i1,r\n"
        "settled,2026-10-29 10:00:00,2026-10-29 10:00:00,1500.00,EUR,,1500.00,MAIRIE,Tr,i3,r\n"),
        "utf-8", PAYMENTS, "csv:qonto",
    ),
    "Qonto in French": (
        ("Statut;Date de la valeur (UTC);Date de l'opération (UTC);Montant total (TTC);Débit;"
        "Crédit;Solde;Devise;Nom de la contrepartie;Identifiant de transaction;Référence\n"
        "Exécuté;30-10-2026 10:00:00;30-10-2026 10:00:00;-37,90;37,90;;1462,10;EUR;LEROY;i1;r\n"
        "Exécuté;29-10-2026 10:00:00;29-10-2026 10:00:00;1500,00;;1500,00;1500,00;EUR;M;i2;r\n"),
        "utf-8", PAYMENTS, "csv:qonto",
    ),
    "Revolut Business": (
        ("Date started (UTC),Date completed (UTC),ID,Type,State,Description,Payer,Orig currency,"
        "Orig amount,Payment currency,Amount,Total amount,Fee,Fee currency,Balance,Account\n"
        "2026-10-29,2026-10-30,i1,CARD_PAYMENT,COMPLETED,Leroy,J,EUR,-37.80,EUR,-37.80,-37.90,"
        "0.10,EUR,1462.10,Main\n"
        "2026-10-28,2026-10-29,i2,TOPUP,COMPLETED,Mairie,,EUR,1500.00,EUR,1500.00,1500.00,0.00,"
        "EUR,1500.00,Main\n"),
        "utf-8", PAYMENTS, "csv:revolut",
    ),
    "N26, whose account is the other’s": (
        ('"Date","Bénéficiaire","Numéro de compte","Type de transaction","Référence de paiement",'
        '"Montant (EUR)","Montant (Devise étrangère)","Taux de conversion"\n'
        '"2026-10-30","LEROY","","Paiement MasterCard","","-37.9","-37.9","1.0"\n'
        '"2026-10-29","MAIRIE","FR7612345","Revenu","subvention","1500.0","",""\n'),
        "utf-8", PAYMENTS, "csv:n26",
    ),
    "N26 in English": (
        ('"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference",'
        '"Account Name","Amount (EUR)","Original Amount","Exchange Rate"\n'
        "2026-10-30,2026-10-30,LEROY,,Presentment,,Compte principal,-37.90,37.90,1\n"
        "2026-10-29,2026-10-29,MAIRIE,FR7612345,Credit Transfer,s,Compte principal,1500.00,,\n"),
        "utf-8", PAYMENTS, "csv:n26",
    ),
    "PayPal": (
        ('"Date","Heure","Fuseau horaire","Description","Devise","Avant commission","Commission",'
        '"Net","Solde","Numéro de transaction","Nom","Nom de la banque","Compte bancaire"\n'
        '"29/10/2026","10:00","Europe/Paris","Don","EUR","1.510,00","-10,00","1.500,00",'
        '"1.500,00","T1","MAIRIE","",""\n'
        '"30/10/2026","10:00","Europe/Paris","Virement","EUR","-37,90","0,00","-37,90",'
        '"1.462,10","T2","","BNP","1234"\n'),
        "utf-8-sig", RISING, "csv:paypal",
    ),
    "Lydia": (
        ("Firstname Lastname,Odile Durand\nAccount name,Current\n"
        f"IBAN,{IBAN}\nPeriod,From 01/10/2026 to 31/10/2026\n\nDate,Label,Debit,Credit,Balance\n"
        "29/10/2026,Subvention,,1500.00,1500.00\n30/10/2026,Card: LEROY,-37.90,,1462.10\n"),
        "utf-8", RISING, "csv:autre",
    ),
    "Crédit Coopératif": (
        ("Date;Libellé;Débit;Crédit;Date de valeur;Référence\n"
        "30/10/2026;CB;37,90;;30/10/2026;1\n29/10/2026;VIR;;1500,00;29/10/2026;2\n"),
        "latin-1", PAYMENTS, "csv:autre",
    ),
    "La Nef": (
        ("Date comptable;Date d'opération;Date de valeur;Libellé;Montant;Solde\n"
        "30/10/2026;30/10/2026;30/10/2026;PRLV;-37,90;1\u202f462,10\n"
        "29/10/2026;29/10/2026;29/10/2026;VIR;1\u202f500,00;1\u202f500,00\n"),
        "utf-8", PAYMENTS, "csv:autre",
    ),
    "ING": (
        ("Date d'opération;Libellé de l'opération;Détail;Montant (EUR);Devise\n"
        "30/10/2026;CARTE LEROY;;-37,90;EUR\n29/10/2026;VIR;;+1500,00;EUR\n"),
        "latin-1", PAYMENTS, "csv:autre",
    ),
    "Monabanq": (
        ("Date;Date de valeur;Libellé;Débit;Crédit;Solde\n"
        "30/10/2026;30/10/2026;CB;-37,90;;1462,10\n29/10/2026;29/10/2026;VIR;;1500,00;1500,00\n"),
        "latin-1", PAYMENTS, "csv:credit-mutuel",
    ),
    "headings that lost their accents": (
        ("Num\ufffdro de compte : 04123456789;Devise : EUR;\n"
        "Date;Date de valeur;D\ufffdbit;Cr3\ufffddit;Libell\ufffd;Solde\n"
        "29/10/2026;29/10/2026;;1500,00;VIR MAIRIE;1500,00\n"
        "30/10/2026;30/10/2026;-37,90;;PRLV EDF;1462,10\n"),
        "utf-8", RISING, "csv:credit-mutuel",
    ),
    "letters encoded twice": (
        ("Date;Libellé;Débit;Crédit\n30/10/2026;CHÈQUE;37,90;\n29/10/2026;reçu;;1500,00\n"
        .encode().decode("cp1252")),
        "utf-8", PAYMENTS, "csv:autre",
    ),
    "a thousands sign that was lost": (
        "Date;Libellé;Montant\n30/10/2026;A;-37.90\n29/10/2026;B;1\ufffd500.00\n",
        "utf-8", PAYMENTS, "csv:autre",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_french_file_is_read_without_a_question(name):
    text, encoding, expected, form = FILES[name]
    (statement,) = read(text, encoding)
    assert moves([statement]) == expected
    assert statement.form == form
    assert all(line.label not in {"", "—"} for line in statement.lines)


def test_words_of_rows_below_go_with_their_movement():
    (statement,) = read(*FILES["Société Générale, words over several rows"][:2])
    assert statement.lines[1].details == "VIREMENTS DE: MAIRIE MOTIF: SUBVENTION"
    assert (statement.iban, statement.closing) == (IBAN, Money(146_210))


def test_the_last_row_of_lcl_is_the_balance_and_no_movement():
    (statement,) = read(*FILES["LCL without headings"][:2])
    assert statement.closing == Money(146_210)
    assert statement.iban.startswith("FR")
    assert "30002012340000123456A" in statement.iban


def test_the_first_row_of_bnp_is_the_balance_and_no_movement():
    (statement,) = read(*FILES["BNP Paribas with letters written for a web page"][:2])
    assert statement.closing == Money(146_210)
    assert statement.lines[0].label == "PRLV EDF & CIE"
    assert statement.lines[0].details == "Prélèvement · Energie"


def test_the_account_another_party_has_is_not_the_one_of_the_file():
    (statement,) = read(*FILES["N26, whose account is the other’s"][:2])
    assert not statement.account
    assert "FR7612345" in statement.lines[1].details


SEVERAL = """Téléchargement du 02/11/2026;

Mme DURAND
Compte Chèque carte n° 12345678901;
Solde au 31/10/2026 1 462,10 €
Liste des opérations du compte entre le 01/10/2026 et le 31/10/2026;

Date;Date valeur;Libellé;Débit euros;Crédit euros;
30/10/2026;30/10/2026;"PRELEVEMENT

EDF
";37,90;;
29/10/2026;29/10/2026;"VIREMENT
MAIRIE";;1 500,00;

Mme DURAND
Livret A carte n° 98765432109;
Solde au 31/10/2026 5 000,00 €
Liste des opérations du compte entre le 01/10/2026 et le 31/10/2026;

Date;Date valeur;Libellé;Débit euros;Crédit euros;
28/10/2026;28/10/2026;"VIREMENT";;100,00;
"""


def test_accounts_that_follow_each_other_in_one_file_stay_apart():
    current, savings = read(SEVERAL, "cp1252")
    assert (current.account, savings.account) == ("12345678901", "98765432109")
    assert (current.closing, savings.closing) == (Money(146_210), Money(500_000))
    assert moves([current]) == PAYMENTS
    assert moves([savings]) == [("2026-10-28", "100.00")]
    assert not current.lines[1].details
    assert savings.lines[0].place == 22
    assert not current.remarks + savings.remarks


def test_headings_repeated_on_each_page_do_not_cut_the_file():
    text = (
        "Date;Libellé;Montant\n30/10/2026;A;-37,90\n\nDate;Libellé;Montant\n29/10/2026;B;1500,00\n"
    )
    (statement,) = read(text)
    assert moves([statement]) == PAYMENTS


def test_a_column_of_amounts_of_both_signs_is_no_column_of_debits():
    text = "30/10/2026;LEROY;-37,90;\n29/10/2026;MAIRIE;1500,00;\n28/10/2026;X;;12,00\n"
    with pytest.raises(MappingNeededError) as asked:
        read(text)
    (statement,) = read_bank_file(text.encode(), "x", asked.value.guess)
    assert moves([statement]) == PAYMENTS
    assert [each.line for each in statement.remarks if each.line] == [3]


def test_amounts_with_three_decimals_throughout_are_read():
    amounts = ["-53.100", "475.000", "-13.300", "8.400", "-29.000", "12.500", "-7.250", "100.050"]
    rows = [f"2026-10-{day},A,{amount}" for day, amount in enumerate(amounts, 10)]
    (statement,) = read("\n".join(["Date,Description,Amount", *rows, ""]))
    assert [line.amount.cents for line in statement.lines][:2] == [-5310, 47500]


def test_a_few_amounts_that_can_be_read_two_ways_are_told_one_by_one():
    (statement,) = read("Date;Libellé;Montant\n30/10/2026;A;-1.500\n29/10/2026;B;2.000\n")
    assert not statement.lines
    assert [each.line for each in statement.remarks if each.line] == [2, 3]


def test_a_file_cut_in_its_last_line_is_told():
    whole = "Date;Libellé;Débit;Crédit;Solde\n30/10/2026;A;37,90;;1462,10\n29/10/2026;B;;1500"
    (statement,) = read(whole)
    assert "s’arrête au milieu" in str(statement.remarks[0])
    assert statement.remarks[0].line == 3
    (statement,) = read(whole + ",00;1500,00")
    assert not any("s’arrête" in str(each) for each in statement.remarks)


PAYOUTS = {
    "Square": (
        "Payout Date,Payout ID,Type,Gross Amount,Fees,Net Amount,Transaction ID\n"
        "2026-10-30,PO1,Charge,88.00,-2.55,85.45,T1\n"
        "2026-10-30,PO1,Refund,-30.00,0.87,-29.13,T2\n"
    ),
    "Shopify": (
        "Transaction Date,Type,Order,Payout Status,Payout Date,Payout ID,Amount,Fee,Net,Currency\n"
        "2026-10-30,charge,#1001,paid,2026-10-31,PO1,88.00,2.55,85.45,EUR\n"
        "2026-10-30,refund,#1002,paid,2026-10-31,PO1,-30.00,-0.87,-29.13,EUR\n"
    ),
    "PayPlug": (
        "Date;Type;ID;Montant;Frais;Montant net;Devise;Description;Virement\n"
        "30/10/2026;Paiement;pay_1;88,00;2,55;85,45;EUR;Repas;PO1\n"
        "30/10/2026;Remboursement;re_1;-30,00;-0,87;-29,13;EUR;Repas;PO1\n"
    ),
}


@pytest.mark.parametrize("name", PAYOUTS)
def test_services_that_pay_out_as_stripe_does_are_net_with_their_fee_and_payout(name):
    (statement,) = read(PAYOUTS[name])
    assert statement.form == "csv:versements"
    assert [(e.amount.cents, e.fee.cents, e.reference) for e in statement.lines] == [
        (8545, 255, "PO1"),
        (-2913, -87, "PO1"),
    ]
    assert sum(e.amount.cents + e.fee.cents for e in statement.lines) == 5800
    assert not statement.remarks


def test_a_payment_reference_does_not_make_a_bank_file_one_of_helloasso():
    (statement,) = read("Date;Libellé;Montant;Référence de paiement\n30/10/2026;EDF;-37,90;R1\n")
    assert statement.form == "csv:autre"
    assert (statement.lines[0].label, statement.lines[0].reference) == ("EDF", "R1")


def test_what_was_said_of_one_file_is_not_used_for_another_of_the_same_width():
    told = "30/10/2026;-37,90;Carte;;CB LEROY\n29/10/2026;1500,00;Virement;;VIR\n"
    other = "CB LEROY;Carte;30/10/2026;x;-37,90\nVIR MAIRIE;Virement;29/10/2026;x;1500,00\n"
    with pytest.raises(MappingNeededError) as asked:
        read(told)
    assert moves(read_known(told.encode(), "x", [asked.value.guess])) == PAYMENTS
    with pytest.raises(MappingNeededError):
        read_known(other.encode(), "x", [asked.value.guess])
