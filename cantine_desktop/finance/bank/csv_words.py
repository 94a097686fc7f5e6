"""What headings of bank files mean, in the languages banks write them."""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from cantine_desktop.values.text import fold


class Role(StrEnum):
    """What a column holds."""

    DAY = "day"
    OPERATION_DAY = "operation-day"
    VALUE_DAY = "value-day"
    LABEL = "label"
    DETAILS = "details"
    AMOUNT = "amount"
    RECEIVED = "received"
    DEBIT = "debit"
    CREDIT = "credit"
    NET = "net"
    FEE = "fee"
    BALANCE = "balance"
    SIDE = "side"
    CURRENCY = "currency"
    ACCOUNT = "account"
    REFERENCE = "reference"
    CODE = "code"
    STATUS = "status"
    ID = "id"


_ALIASES = {
    Role.DAY: """
        date; jour; date comptable; date de comptabilisation; date d'ecriture; date
        ecriture; date compta; date du mouvement; date mouvement; date imputation; date
        d'imputation; settlement date utc; settlement date; date de reglement; date de
        completion; date de fin; date completed; completed date; transaction completed;
        booking date; bookingdate; post date; posting date; posted date; date posted;
        created; created utc; entry date; process date; processed date; buchungstag;
        buchungsdatum; buchung; datum; datum des abschlusses; abgeschlossen am; fecha; fecha
        contable; fecha movimiento; data; data contabile; data di completamento; data
        registrazione; data movimento; datum zauctovani; datum verrekening; boekdatum;
        boekingsdatum; uitvoeringsdatum; data ksiegowania; data lancamento; data do
        movimento; data mov.; bokforingsdag; bokforingsdatum; bogforingsdato; bokfort dato;
        bokforingsdato; dato; konyvelesi datum; konyveles datuma; buchungsdatum valuta;
        zeitstempel; timestamp; date time; datetime; date et heure; date/heure;
        kirjauspaiva; datum knjizenja; finished on; completed on; date comptabilisation; dt
        ope; run date; arrival date; date d'arrivee
    """,
    Role.OPERATION_DAY: """
        started date; date started; date de debut; date du debut; transaction started; datum
        des beginns; erstellt am; data di inizio; datum verrichting; datum provedeni;
        operation date utc; operation date local; initiated date; created on; date de
        creation; date achat; date d'achat; purchase date; date de l'ordre; date ordre; date
        de l'operation; date operation; date d'operation; dateop; date de transaction; date
        transaction; date de la transaction; transaction date; transactiondate; trans date;
        trans. date; datum transakce; data transakcji; data operacji; transactiedatum;
        tranzakcio datuma; data operazione; data transazione; fecha operacion; fecha de
        operacion; f. operacion; date d'execution; date execution
    """,
    Role.VALUE_DAY: """
        date de valeur; date de la valeur; date valeur; dateval; valeur; value date;
        valuedate; value; valuta; valutadatum; wertstellung; wertstellungsdatum; wert; fecha
        valor; f. valor; data valuta; data valor; rentedatum; valutadato; valutadag; ertek
        nap; erteknap; data waluty; available on; available on utc; arvopaiva; datum valuty; dt
        val
    """,
    Role.LABEL: """
        libelle complet; libelle operation; libelle de l'operation; libelle; titre; libelle
        simplifie; libelle court; libelle de l'ecriture; intitule; label; description;
        descriptif; designation; motif; objet; nature; operation; nature de l'operation;
        details; detail; transaction details; transaction description; narrative;
        particulars; nom de la contrepartie; nom contrepartie; counterparty name; nom; nome;
        name des empfangers; target name; nom du destinataire; name; payee; payee name;
        merchant; merchant name; beneficiaire; verwendungszweck; buchungstext; beschreibung;
        buchungsdetails; avisierungstext; text; concepto; descripcion; movimiento;
        descrizione; causale; descrizione operazione; omschrijving; omschrijving-1;
        mededelingen; naam / omschrijving; handelaar; descricao; descritivo; tytul; opis
        operacji; opis transakcji; nazev protiuctu; zprava; partner neve; kozlemeny; tekst;
        beskrivelse; beskrivning; text/beskrivning; rubrik; handler; toelichting; libelles;
        libelle mouvement; communication; communications; haendler; ecriture; mouvement;
        libelle complet operation; partner name; nom du partenaire; texte de notification;
        avisierungstext
    """,
    Role.DETAILS: """
        detail de l'ecriture; informations complementaires; information complementaire;
        libelle complementaire; complement; commentaire; comment; note; notes; memo;
        message; categorie; sous categorie; category; subcategory; sub category;
        supplierfound; type de transaction; payment reference; omschrijving-2;
        omschrijving-3; reason; remarque; auftraggeber/beguenstigter;
        beguenstigter/zahlungspflichtiger; begunstigter; payer; auftraggeber; empfanger;
        zahlungspartner; name zahlungsbeteiligter; naam tegenpartij; counterparty;
        tegenpartij; contrepartie; nom du tiers; tiers; beneficiary; ordonnateur; donneur
        d'ordre; emetteur; destinataire; poznamka; reszletek; communication libre;
        communication structuree; causale pagamento; riferimento; concepto ampliado;
        observaciones; additional information; additional info; further information;
        location; category parent; libelle interbancaire; partner iban; iban du partenaire
    """,
    Role.AMOUNT: """
        montant; montant operation; montant de l'operation; montant operation en euro;
        montant de l'operation en euro; montant eur; montant en eur; montant euros; montant
        ttc; montant en euros; montant total; total amount; montant de la transaction;
        somme; amount; amount eur; transaction amount; amount payment currency; payment
        amount; total amount ttc; value eur; gross; gross amount; brut; montant brut; avant
        commission; betrag; umsatz; betrag eur; betrag in eur; soll/haben betrag; importe;
        importe eur; importo; importo eur; lordo; bedrag; bedrag eur; bedrag in eur; castka;
        zauctovana castka; objem; kwota; kwota operacji; kwota transakcji; valor; montante;
        quantia; belopp; belob; belop; tranzakcio osszege; osszeg; osszege; summa; kwota w
        pln; montant local amount; montant net de l'operation; mouvement eur;
        ausgangsbetrag; source amount; montant source; amount in account currency; amount in
        eur
    """,
    Role.RECEIVED: """
        zielbetrag; target amount; montant cible; montant recu
    """,
    Role.DEBIT: """
        debit; debit euros; debit en euros; debit eur; debits; montant debit; montant
        debite; debite; depense; depenses; sortie; sorties; retrait; retraits; paid out;
        money out; withdrawal; withdrawals; withdrawal amount; debit amount; out; outflow;
        payments; soll; belastung; ausgang; ausgabe; ausgaben; lastschrift; cargo; cargos;
        adeudo; debe; uscite; addebiti; dare; addebito; importo di fatturazione in uscita;
        debet; af; uitgaven; debito; saida; uitg; ut; money out eur; spent; terheles;
        obciazenia; expenses; debit montant; montant au debit; debit -; deb
    """,
    Role.CREDIT: """
        credit; credit euros; credit en euros; credit eur; credits; montant credit; montant
        credite; credite; recette; recettes; entree; entrees; depot; depots; paid in; money
        in; deposit; deposits; deposit amount; credit amount; in; inflow; receipts; haben;
        gutschrift; eingang; einnahme; einnahmen; abono; abonos; ingreso; haber; entrate;
        accrediti; avere; accredito; importo di fatturazione in entrata; bij; ontvangsten;
        credito; entrada; money in eur; received; jovairas; uznania; income; credit montant;
        montant au credit; credit +; cred; versement; versements
    """,
    Role.NET: """
        net; net amount; montant net; netto; importo netto; montant verse; nettobetrag;
        netbetrag; neto; importe neto; montant net verse
    """,
    Role.FEE: """
        fee; fees; frais; commission; commissions; commissione; tariffa; gebuhr; gebuehr;
        kosten; comision; total fees; frais de transaction; poplatek; oplata; koltseg; dij;
        frais eur; fees eur; montant des frais; fee amount; betrag der ausgangsgebuhr;
        source fee amount; taxa; kosten op verrichting; entgelt
    """,
    Role.BALANCE: """
        solde; solde comptable; solde apres operation; solde apres; accountbalance; solde
        progressif; balance; running balance; closing balance; balance after; saldo;
        kontostand; saldo nach buchung; saldo disponibile; saldo na trn; saldo po operacji;
        egyenleg; saldo eur; solde eur; solde en euros; saldo contabile; saldo contable;
        zustatek; saldo na mutatie; available balance; ledger balance; solde du compte;
        nouveau solde; account balance; balance eur; saldo apos movimento; behallning; saldo
        po transakcji
    """,
    Role.SIDE: """
        sens; debit/credit; debit credit; credit/debit; credit debit indicator; direction;
        richtung; signe; d/c; c/d; dc; bevetel/kiadas; af bij; af/bij; soll/haben; s/h; h/s;
        umsatzart soll/haben; impact sur le solde; balance impact; auswirkung auf guthaben;
        type debit credit; debet/credit; dr/cr; cr/dr; sign; in/out; entree/sortie
    """,
    Role.CURRENCY: """
        devise; devise du compte; ausgangswahrung; source currency; devise source; currency;
        ccy; currency code; payment currency; account currency; wahrung; waehrung; divisa;
        moneda; valuta; moneta; munt; muntsoort; mena; mena uctu; waluta; devizanem; valuta
        del conto; valuta della transazione; moeda; iso currency; tranzakcio devizaneme;
        kontowahrung; currency iso; devise iso
    """,
    Role.ACCOUNT: """
        compte; numero de compte; n de compte; no compte; num compte; accountnum; numero
        compte; iban; iban/bban; iban du compte; account; account number; account no;
        auftragskonto; iban auftragskonto; iban auftraggeberkonto; auftraggeberkonto;
        kontonummer; cuenta; conto; numero conto; rekening; rekeningnummer; cislo uctu;
        konto; szamlaszam; conta; kredietkaart; accountid; rachunek; accountname; account
        name; compte bancaire
    """,
    Role.REFERENCE: """
        reference; ref; ref.; numero d'operation; n operation; no operation; numero
        operation; numero de piece; piece; n piece; numero de cheque; n cheque; cheque;
        check number; cheque number; reference operation; referenz; referentie; reference
        interne; reference de la transaction; payment id; transactiereferentie; end to end;
        end to end id; kundenreferenz; referencia; reference number; bank reference;
        customer reference; automatic payout id; payout id; transfer; numero de versement;
        reference du versement; reference commande; mandatsreferenz; vs; volgnr;
        betalingskenmerk; rum; numero de recu; n de recu; receipt number; virement;
        reference de paiement; reference du paiement
    """,
    Role.CODE: """
        type; type operation; type d'operation; type de mouvement; transaction type; code
        operation; code; operation type; reporting category; art; umsatzart; tipo; tipo
        movimento; tipo transazione; buchungsart; typ transakce; tranzakcio tipusa;
        mutatiesoort; type de l'operation; methode de paiement; payment method; moyen de
        paiement; zahlungsart; transaktionsart; mode de paiement; kind
    """,
    Role.STATUS: """
        statut; etat; status; state; transaction status; stato; estado; status de la
        transaction; statut de la transaction; statut de l'operation; statut de paiement;
        statut de la commande; statut du paiement
    """,
    Role.ID: """
        id; identifiant; transaction id; transaction id unique; numero de transaction;
        identifiant de la transaction; ref. transaction; transaktions-id; transaktionscode;
        codice transazione; id transakce; balance transaction id; transferwise id;
        transaction code; uuid; unique id; identifiant operation; id transaction; fitid;
        megbizas azonosito
    """,
}
_CURRENCY_IN_BRACKETS = re.compile(r"[(\[]\s*(?:[A-Z]{3}|€|£|\$|euros?|EUROS?)\s*[)\]]")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_TAIL = re.compile(r"(?:en|in)?(?:euros|euro|eur|chf|usd|gbp|utc)$")
LONGEST_HEADING = 60
_LOST = "\ufffd"
_CLOSEST = 85


def plain_heading(text: str) -> str:
    """Return a heading without accents, case, spaces nor marks.

    A heading whose accents another program lost (``D\ufffdbit``) is the one known that it fits.
    """
    if _LOST in text[:200]:
        return _found_again(text[:200])
    return _plain(text[:200])


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9/+-]+", "", fold(text)).strip("-+/")


@lru_cache(maxsize=1024)
def _found_again(text: str) -> str:
    parts = [re.escape(_plain(part)) for part in re.split(f"{_LOST}+", text)]
    wanted = re.compile("[a-z]?".join(parts))
    return next(filter(wanted.fullmatch, _meanings()), _plain(text))


class Meaning(NamedTuple):
    """What a heading means.

    Attributes:
        rank: Place among the words of its role: of two columns of one role, the lower is meant.
    """

    role: Role
    rank: int


@cache
def _meanings() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for role, words in _ALIASES.items():
        for rank, word in enumerate(words.split(";")):
            found.setdefault(plain_heading(" ".join(word.split())), Meaning(role, rank))
    return found


def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading means, misspelt or not; ``None`` when it is not known."""
    return known_meaning(heading) or closest_meaning(heading)


def known_meaning(heading: str) -> Meaning | None:
    """Return what a heading means; ``None`` when it is not known as it stands."""
    if not heading.strip() or len(heading) > LONGEST_HEADING:
        return None
    known = _meanings()
    plain = plain_heading(_CURRENCY_IN_BRACKETS.sub("", heading))
    for form in (plain, plain_heading(_BRACKETS.sub("", heading)), _TAIL.sub("", plain)):
        if form in known:
            return known[form]
    return None


@lru_cache(maxsize=4096)
def closest_meaning(heading: str) -> Meaning | None:
    """Return what a misspelt heading most likely means: ``Cr3édit``, ``Montant opéraion``."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  -- only for headings nobody knows

    for plain in dict.fromkeys((plain_heading(heading), _plain(heading.replace(_LOST, "e")))):
        if 5 <= len(plain) <= LONGEST_HEADING:
            known = _meanings()
            found = process.extractOne(
                plain, known.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSEST
            )
            if found:
                return known[found[0]]
    return None
