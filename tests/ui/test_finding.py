from ui.finding import Offer, latest, search


def found(key, title, **more):
    return Offer(key, title, run=list, **more)


OFFERS = [
    found("screen:readings", "Relevés", words="températures frigo"),
    found("screen:stock", "Stock", words="inventaire réserve étagère"),
    found("screen:price", "Prix d’équilibre"),
    found("document:T", "Températures de la semaine", weight=2),
    found("command:print", "Imprimer cet écran…"),
]


def keys(query, recent=()):
    return [offer.key for offer in search(OFFERS, query, recent, 10)]


def test_neither_accents_nor_case_nor_order_matter():
    assert keys("ETAGERE") == ["screen:stock"]
    assert keys("ecran imprimer") == ["command:print"]
    assert keys("d'equilibre") == ["screen:price"]
    assert keys("prix d’équi") == ["screen:price"]


def test_the_place_to_type_comes_before_the_paper():
    assert keys("tempera") == ["screen:readings", "document:T"]


def test_a_spelling_mistake_is_forgiven():
    assert keys("equilbre") == ["screen:price"]
    assert keys("releves")[0] == "screen:readings"


def test_what_was_run_lately_wins_among_equals():
    offers = [found("a", "Caisse"), found("b", "Cahier")]
    assert [offer.key for offer in search(offers, "ca", (), 5)] == ["a", "b"]
    assert [offer.key for offer in search(offers, "ca", ("b",), 5)] == ["b", "a"]


def test_nonsense_finds_nothing():
    assert keys("zzzzzz") == []
    assert keys("q#!") == []


def test_without_a_query_the_latest_come_first():
    assert [offer.key for offer in latest(OFFERS, ["command:print", "gone"], 2)] == [
        "command:print",
        "screen:readings",
    ]
