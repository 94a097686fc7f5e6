"""CSV files of banks and payment services are read with the sign proven, or one question asked.

Measured on the third-party files (``../shared/data/corpora/csv``, 41 files): 40 are read, 29 by
themselves and 11 with one mapping step. ``pain_file.csv`` is refused: it holds ids only.
"""

from datetime import date

import pytest

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.finance.bank.csv_mapping import CsvMapping, MappingNeededError, Sign
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.values.money import Money
from tests.finance.test_bank_files import corpus

PAYMENTS = [("2026-10-30", "-37.90"), ("2026-10-29", "1500.00")]
RISING = [("2026-10-01", "-84.20"), ("2026-10-05", "412.00")]


def read(text, encoding="utf-8", mapping=None):
    return read_bank_file(text.encode(encoding), "relevé.csv", mapping)


def moves(statements):
    return [(str(e.day), str(e.amount.euros)) for each in statements for e in each.lines]


CASES = {
    "credit-mutuel": (
        ("Date;Date de valeur;Débit;Crédit;Libellé;Solde\r\n"
        "01/10/2026;01/10/2026;-84,20;;PRLV BIOCOOP;1915,80\r\n"
        "05/10/2026;05/10/2026;;412,00;REMISE CB;2327,80\r\n"),
        "iso-8859-15", RISING, True,
    ),
    "credit-mutuel misspelt": (
        ("Date;Date de valeur;Débit;Cr3édit;Libellé;Solde;Motif;RUM;END TO END;ICS\n"
        "01/10/2026;01/10/2026;-84,20;;PRLV;1915,80;facture;R1;E1;I1\n"
        "05/10/2026;05/10/2026;;412,00;REMISE CB;2327,80;;;;\n"),
        "cp1252", RISING, True,
    ),
    "credit-mutuel montant": (
        ("Date;Date de valeur;Montant;Libellé;Solde\n"
        "05/10/2026;05/10/2026;412,00;B;2327,80\n01/10/2026;01/10/2026;-84,20;A;1915,80\n"),
        "cp1252", RISING[::-1], True,
    ),
    "bpce": (
        ("Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;"
        "Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;"
        "Date operation;Date de valeur;Pointage operation\n"
        "30/10/2026;LEROY;CB LEROY MERLIN;A1;;Carte;;;-37,90;;29/10/2026;30/10/2026;0\n"
        "29/10/2026;MAIRIE;VIR MAIRIE;A2;;Virement;;;;+1500,00;29/10/2026;29/10/2026;0\n"),
        "utf-8", PAYMENTS, None,
    ),
    "bpce-pro": (
        ("Code de la banque : 12345;Date de début : 01/10/2026;Date de fin : 31/10/2026\n"
        "Numéro de compte : 04123456789;Nom du compte : ASSO;Devise : EUR;\n"
        "Solde en fin de période;;;;1462,10\n"
        "Date;Numéro d'opération;Libellé;Débit;Crédit;Détail;\n"
        "30/10/26;000123;CB;-37,90;;loyer;\n29/10/26;000124;REMISE;;1500,00;;\n"
        "Solde en début de période;;;;0,00\n"),
        "latin-1", PAYMENTS, True,
    ),
    "banque-postale": (
        ("Numéro Compte   ;1234567A020\nType         ;CCP\nCompte tenu en  ;euros\n"
        "Date            ;31/10/2026\nSolde (EUROS)   ;1234,56\nSolde (FRANCS)   ;8098,18\n\n"
        "Date;Libellé;Montant(EUROS);Montant(FRANCS)\n"
        "30/10/2026;ACHAT CB;-37,90;-248,61\n29/10/2026;VIREMENT;1500,00;9839,35\n"),
        "latin-1", PAYMENTS, None,
    ),
    "credit-agricole": (
        ("Téléchargement du 02/11/2026;\n\nTitulaire : ASSOCIATION\n"
        "Compte Chèque n° 12345678901;\nSolde au 31/10/2026 1 234,56 €\n\n"
        "Liste des opérations du compte entre le 01/10/2026 et le 31/10/2026;\n\n"
        "Date;Libellé;Débit euros;Crédit euros;\n"
        '30/10/2026;"PRELEVEMENT \nEDF CLIENTS \nREF 123\n";37,90;;\n'
        '29/10/2026;"VIREMENT EN VOTRE FAVEUR\nMAIRIE";;1 500,00;\n'),
        "cp1252", PAYMENTS, None,
    ),
    "societe-generale": (
        ('="0000123456789";01/10/2026;31/10/2026;3;31/10/2026;1234,56 EUR\n\n'
        "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n"
        "30/10/2026;CARTE X1234;CARTE LEROY MERLIN;-37,90;EUR\n"
        "29/10/2026;VIR RECU;VIR RECU DE: MAIRIE;1500,00;EUR\n"),
        "cp1252", PAYMENTS, None,
    ),
    "bnp": (
        ("Compte de chèques;Compte de chèques;****1234;31/10/2026;;1 234,56\n"
        "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n"
        "30/10/2026;PRELEVEMENT;PRLV;PRLV SEPA EDF;-37,90\n"
        "29/10/2026;VIREMENT;VIR;VIR SEPA RECU;1 500,00\n"),
        "cp1252", PAYMENTS, None,
    ),
    "boursobank": (
        ("dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;"
        "accountLabel;accountbalance\n"
        '2026-10-30;2026-10-30;"CARTE LEROY";"B";"L";"l";-37,90;;00040123456;"B";1462.10\n'
        '2026-10-29;2026-10-29;"VIR MAIRIE";"V";"M";"m";"1 500,00";;00040123456;"B";1500.00\n'),
        "utf-8-sig", PAYMENTS, True,
    ),
    "qonto": (
        ("Statut;Date de l'opération (UTC);Date de valeur (UTC);Montant total (TTC);Devise;"
        "Nom de la contrepartie;Méthode de paiement;Référence;Solde du compte\n"
        "Exécuté;30-10-2026 10:00:00;31-10-2026 10:00:00;-37,90;EUR;LEROY;Carte;r;1462,10\n"
        "Refusé;29-10-2026 10:00:00;;-10,00;EUR;X;Carte;;\n"
        "Exécuté;29-10-2026 10:00:00;29-10-2026;1500,00;EUR;MAIRIE;Virement;s;1500,00\n"),
        "utf-8", PAYMENTS, True,
    ),
    "shine": (
        ("Date de la valeur;Type de transaction;Débit;Crédit;Nom de la contrepartie;Libellé\n"
        "30/10/2026;Carte;37.90;;LEROY;CB LEROY\n29/10/2026;Virement;;1500.00;MAIRIE;VIR\n"),
        "utf-8", PAYMENTS, None,
    ),
    "ing": (
        ('"Datum";"Naam / Omschrijving";"Rekening";"Code";"Af Bij";"Bedrag (EUR)";"Mededelingen"\n'
        '"20261030";"AH";"NL20INGB0001234567";"BA";"Af";"37,90";"Pas"\n'
        '"20261029";"Baas";"NL20INGB0001234567";"OV";"Bij";"1500,00";"okt"\n'),
        "utf-8", PAYMENTS, None,
    ),
    "sens": (
        "Date;Libellé;Montant;Sens\n30/10/2026;A;37,90;D\n29/10/2026;B;1500,00;C\n",
        "utf-8", PAYMENTS, None,
    ),
    "dos": (
        "Date;Libellé;Débit;Crédit\n30/10/2026;Chèque n°12;37,90;\n29/10/2026;Espèces;;1500,00\n",
        "cp850", PAYMENTS, None,
    ),
    "utf-16 tabs": (
        "Date\tDescription\tMontant\n2026-10-30\tA\t-37,90\n2026-10-29\tB\t1 500,00\n",
        "utf-16", PAYMENTS, None,
    ),
    "english": (
        ("Booking date|Text|Withdrawals (EUR)|Deposits (EUR)|Balance\n"
        "30 Oct 2026|A|37.90||1,462.10\n29 Oct 2026|B||1,500.00|1,500.00\n"),
        "utf-8", PAYMENTS, True,
    ),
    "german": (
        ('"Buchung";"Valuta";"Verwendungszweck";"Betrag";"Saldo"\n'
        '"30.10.2026";"30.10.2026";"Miete";"37,90-";"1.462,10"\n'
        '"29.10.2026";"29.10.2026";"Gehalt";"1.500,00";"1.500,00"\n'),
        "cp1252", PAYMENTS, True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_file_of_a_bank_is_read_by_itself(name):
    text, encoding, expected, is_balanced = CASES[name]
    statements = read(text, encoding)
    assert moves(statements) == expected
    assert statements[0].is_balanced is is_balanced


def test_labels_over_several_lines_are_one():
    (statement,) = read(*CASES["credit-agricole"][:2])
    assert statement.lines[0].label == "PRELEVEMENT EDF CLIENTS REF 123"
    assert statement.closing == Money(123_456)
    assert statement.account == "12345678901"


def test_a_quote_that_never_closes_costs_no_line():
    (statement,) = read('Date;Libellé;Montant\n30/10/2026;12" PIZZA;-12,00\n29/10/2026;B;1,00\n')
    assert len(statement.lines) == 2


def test_balances_tell_the_sign_of_amounts_written_without():
    (statement,) = read(
        "Date;Libellé;Montant;Solde\n28/10/2026;A;100,00;1100,00\n29/10/2026;B;37,90;1062,10\n"
        "30/10/2026;C;12,10;1050,00\n31/10/2026;D;50,00;1100,00\n"
    )
    assert [each.amount.cents for each in statement.lines] == [10000, -3790, -1210, 5000]
    assert "sens n’est pas prouvé" in str(statement.remarks[0])


def test_balances_turn_a_card_statement_that_counts_spending_as_positive():
    (statement,) = read(
        "Date,Description,Amount,Balance\n2026-10-28,A,10.00,-10.00\n"
        "2026-10-29,B,5.00,-15.00\n2026-10-30,Refund,-5.00,-10.00\n"
    )
    assert [each.amount.cents for each in statement.lines] == [-1000, -500, 500]


def test_a_missing_row_is_found_by_the_balance():
    (statement,) = read(
        "Date;Libellé;Montant;Solde\n27/10/2026;A;10,00;10,00\n28/10/2026;B;10,00;20,00\n"
        "29/10/2026;C;-5,00;15,00\n30/10/2026;D;1,00;46,00\n"
    )
    assert [each.line for each in statement.remarks] == [5]
    assert statement.is_balanced is False


def test_amounts_that_say_no_side_are_asked_about():
    text = "Date;Libellé;Montant\n30/10/2026;A;37,90\n29/10/2026;B;12,00\n"
    with pytest.raises(MappingNeededError) as caught:
        read(text)
    assert "entrent-ils" in caught.value.questions[0]
    guess = caught.value.guess
    out = CsvMapping.decoded(guess.encoded())
    assert out == guess
    (statement,) = read(text, mapping=guess)
    assert [each.amount.cents for each in statement.lines] == [3790, 1200]
    turned = CsvMapping(
        headings=guess.headings, columns=guess.columns, sign=Sign.ALL_OUT, order=guess.order
    )
    (statement,) = read(text, mapping=turned)
    assert [each.amount.cents for each in statement.lines] == [-3790, -1200]


def test_days_that_could_be_months_are_asked_about_in_english():
    text = "Date,Description,Amount\n01/02/2026,A,-1.00\n03/02/2026,B,2.00\n"
    with pytest.raises(MappingNeededError) as caught:
        read(text)
    assert "jour ou par le mois" in caught.value.questions[0]
    proven = text + "01/25/2026,C,3.00\n"
    assert read(proven)[0].lines[0].day == date(2026, 1, 2)


def test_a_file_without_headings_is_asked_about_once():
    text = "30/10/2026;-37,90;Carte;;CB LEROY;;\n29/10/2026;1500,00;Virement;;VIR MAIRIE;;\n"
    with pytest.raises(MappingNeededError) as caught:
        read(text)
    assert moves(read(text, mapping=caught.value.guess)) == PAYMENTS


def test_headings_in_an_unknown_language_are_asked_about_once():
    text = "Kuupäev;Selgitus;Makstud\n30.10.2026;Pood;-37,90\n29.10.2026;Palk;1500,00\n"
    with pytest.raises(MappingNeededError) as caught:
        read(text)
    assert caught.value.sample.headings[0] == "Kuupäev"
    assert moves(read(text, mapping=caught.value.guess)) == PAYMENTS


def test_rows_that_cannot_be_read_are_told_with_their_line():
    (statement,) = read(
        "Date;Libellé;Montant\n30/10/2026;A;-37,90\n31/02/2026;B;1,00\n29/10/2026;C;douze\n"
        "28/10/2026;D;5,00\nTotal;;-32,90\n"
    )
    assert len(statement.lines) == 2
    assert [each.line for each in statement.remarks if each.line] == [3, 4, 6]


def test_currencies_and_accounts_are_statements_of_their_own():
    statements = read(
        "Date,Description,Amount,Currency,Account\n2026-10-30,A,-1.00,EUR,FR1\n"
        "2026-10-29,B,2.00,USD,FR1\n2026-10-28,C,-3.00,EUR,FR2\n"
    )
    found = {(each.account, each.currency) for each in statements}
    assert found == {("FR1", "EUR"), ("FR1", "USD"), ("FR2", "EUR")}


REVOLUT = """Type,Produit,Date de début,Date de fin,Description,Montant,Frais,Devise,État,Solde
Carte,Actuel,2026-10-29 10:00:00,2026-10-30 11:00:00,Leroy,-37.90,0.10,EUR,TERMINÉ,1462.00
Recharge,Actuel,2026-10-28 10:00:00,2026-10-28 11:00:00,Mairie,1500.00,0.00,EUR,TERMINÉ,1500.00
Carte,Actuel,2026-10-31 10:00:00,,Hotel,-80.00,0.00,EUR,EN ATTENTE,
"""


def test_a_fee_that_comes_on_top_is_proven_and_what_waits_is_pending():
    (statement,) = read(REVOLUT)
    assert [(e.amount.cents, e.fee.cents, e.is_pending) for e in statement.lines] == [
        (-3800, 10, False),
        (150_000, 0, False),
        (-8000, 0, True),
    ]
    assert statement.is_balanced


def test_orders_of_helloasso_are_read_by_the_names_of_their_columns():
    (statement,) = read(
        "Référence commande;Date de la commande;Statut de la commande;Nom adhérent;"
        "Prénom adhérent;Nom payeur;Prénom payeur;Email payeur;Raison sociale;Moyen de paiement;"
        "Tarif;Montant tarif;Code Promo;Montant code promo;Allergies\n"
        "123;05/10/2026 12:30;Validé;A;B;Durand;Odile;e@f.fr;;Carte bancaire;Adhésion;10,00;;;\n"
        "124;06/10/2026;Validé;A;B;Durand;Odile;e@f.fr;;Carte bancaire;Adhésion;10,00;P;5,00;\n"
        "125;06/10/2026;Annulé;A;B;Durand;Odile;e@f.fr;;Carte bancaire;Adhésion;10,00;;;\n",
        "utf-8-sig",
    )
    assert statement.form == "csv:helloasso"
    assert [each.amount.cents for each in statement.lines] == [1000, 500]
    assert "Odile Durand" in statement.lines[0].label
    assert [each.line for each in statement.remarks] == [4]


SUMUP = (
    "Email,Date,Réf. transaction,Type de transaction,Status,Type de carte,4 derniers chiffres,"
    "Traiter en tant que,Méthode de paiement,Entry mode,Auth code,Description,Montant total,"
    "Prix net,Tax amount,Tip amount,Frais,Virement,Date du virement,Payout ID,Reference\n"
    "a@b.fr,2026-10-03 12:40:00,TAAA,Vente,Réussi,VISA,1,DEBIT,POS,NFC,1,Repas,12.0,12.0,0,0,"
    "0.21,11.79,2026-10-05,98765,\n"
    "a@b.fr,2026-10-03 12:45:00,TAAB,Vente,Réussi,VISA,1,DEBIT,POS,NFC,1,Repas,8.0,8.0,0,0,"
    "0.14,7.86,2026-10-05,98765,\n"
    "a@b.fr,2026-10-03 12:46:00,TAAC,Vente,Annulé,VISA,1,DEBIT,POS,NFC,1,Repas,8.0,8.0,0,0,0,,,,\n"
)


def test_payments_of_sumup_are_net_with_their_fee_and_payout():
    (statement,) = read(SUMUP)
    assert statement.form == "csv:sumup"
    assert [(e.amount.cents, e.fee.cents, e.reference) for e in statement.lines] == [
        (1179, 21, "98765"),
        (786, 14, "98765"),
    ]
    assert [each.line for each in statement.remarks] == [4]


def test_stripe_nets_are_checked_against_gross_and_fee():
    (statement,) = read(
        "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Description,Transfer\n"
        'txn_1,charge,ch_1,"104,13","3,37","100,76",eur,2026-10-02 07:48,Don,po_1\n'
        'txn_2,payout,po_1,"-100,76","0,00","-100,76",eur,2026-10-04 02:14,STRIPE,po_1\n'
        'txn_3,charge,ch_2,"10,00","1,00","9,50",eur,2026-10-04 02:14,Don,po_2\n'
    )
    assert [(e.amount.cents, e.fee.cents) for e in statement.lines] == [
        (10076, 337),
        (-10076, 0),
        (950, 100),
    ]
    assert [each.line for each in statement.remarks] == [4]


EXPECTED = {
    "format1.csv": 11, "csv_expensify_example_format1_2024_07_09.csv": 10,
    "ch.banana.filter.import.paypal.#It20240624.csv": 24,
    "ch.banana.filter.import.paypal.#cash20140529.csv": 34,
    "ch.banana.filter.import.paypal.#claudia20140526.csv": 54, "download.csv": 21,
    "business2_20222410.csv": 7, "business3_20251016.csv": 2, "business_exp1_EUR_20240131.csv": 36,
    "private1_20222609.csv": 9, "private1_20250922_de.csv": 3,
    "balance_summary_format1_20231010.csv": 12, "transactions_all_format1_20231004.csv": 18,
    "csv_example_format1_20250520.csv": 3, "csv_example_format2_20250324.csv": 724,
    "csv_example_format2_20251014.csv": 1, "business1_20230105.csv": 3,
    "business2_DE_20240719.csv": 5, "camt_file.csv": 1, "csv_european_decimals.csv": 3,
    "csv_french_headers.csv": 3, "csv_garbled_amount.csv": 1, "csv_spanish_headers.csv": 3,
    "sample_split_amounts.csv": 2, "sample_statement.csv": 2, "20180226-1000594757-umsatz.CSV": 1,
    "2019-03-02_11-50-46_bunq-statement.csv": 7, "CSV_A_20180414_112204.csv": 3,
    "MonzoDataExport_February2018_2018-02-26_174335.csv": 1,
    "Movements_1234512345_201805271848.csv": 1, "TransactionHistory_20180418043121.csv": 8,
    "Umsaetze_KtoNr538917600_EUR_02-03-2018_1503.CSV": 1, "W80844_EBH_201945.202122.csv": 2,
    "dba33fceecd62c3c727893361e0ba4d3.P000000027355791.csv": 1,
    "export_KBC-Mastercard_Business_Essential_20200204_1604.csv": 3,
    "test_BOI_TransactionExport.csv": 27, "test_delimiter_tab.csv": 73,
    "test_raiffeisen_02.csv": 73, "test_row_format_default.csv": 73,
    "test_row_format_neg_inflow.csv": 73,
}  # fmt: skip
"""Movements of each file, counted by hand: rows that moved money and that can be read."""


@pytest.mark.parametrize("file", corpus("csv"))
def test_a_third_party_csv_file_is_read_in_one_step_at_most(file):
    content = file.read_bytes()
    if file.name.endswith("pain_file.csv"):
        with pytest.raises(UnreadableError, match="n’est pas un relevé"):
            read_bank_file(content, file.name)
        return
    try:
        statements = read_bank_file(content, file.name)
    except MappingNeededError as asked:
        statements = read_bank_file(content, file.name, asked.guess)
    (expected,) = {count for end, count in EXPECTED.items() if file.name.endswith(end)}
    assert sum(len(each.lines) for each in statements) == expected
