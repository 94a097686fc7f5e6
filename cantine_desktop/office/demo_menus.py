"""What the demonstration canteen cooks and buys; names of people and firms are invented."""

from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.hygiene.food.choices import Cooked, Ware


class Menu(NamedTuple):
    """A meal of three dishes.

    Attributes:
        starter: Cold dish.
        main: Hot dish.
        cooked: What the hot dish is, for its core temperature.
        dessert: Cold dish.
        keeps: Part of the hot dish is cooled and served again the next day.
    """

    starter: str
    main: str
    cooked: Cooked
    dessert: str
    keeps: bool = False


MENUS: tuple[Menu, ...] = (
    Menu("Carottes râpées au cumin", "Gratin de courge et châtaignes", Cooked.OTHER, "Compote"),
    Menu("Céleri rémoulade", "Dahl de lentilles corail", Cooked.OTHER, "Riz au lait", keeps=True),
    Menu("Salade de betteraves", "Poulet aux olives", Cooked.POULTRY, "Pommes au four"),
    Menu("Houmous de pois cassés", "Lasagnes aux légumes", Cooked.OTHER, "Salade d’oranges"),
    Menu("Salade de potiron rôti", "Merlu sauce citron", Cooked.FISH, "Gâteau au yaourt"),
    Menu("Taboulé d’hiver", "Chili sin carne", Cooked.OTHER, "Fromage blanc", keeps=True),
    Menu("Poireaux vinaigrette", "Hachis parmentier", Cooked.MINCED_MEAT, "Crumble aux poires"),
    Menu("Salade d’endives aux noix", "Quiche aux épinards", Cooked.OTHER, "Mousse au chocolat"),
    Menu("Panais râpés au citron", "Curry de pois chiches", Cooked.OTHER, "Flan coco", keeps=True),
    Menu("Salade de lentilles", "Tajine de légumes", Cooked.OTHER, "Gâteau aux carottes"),
    Menu("Chou rouge aux pommes", "Spätzle aux champignons", Cooked.OTHER, "Clafoutis"),
)


class Goods(NamedTuple):
    """A product that comes in every week or so.

    Attributes:
        celsius: What it usually shows at the door; ``None`` where nobody has to read it.
        life: Days until its date, from the delivery.
    """

    product: str
    supplier: str
    ware: Ware
    quantity: str
    celsius: Decimal | None
    life: int
    warm: bool = True


GOODS: tuple[Goods, ...] = (
    Goods("Légumes de saison", "Ferme du Kochersberg", Ware.PRODUCE, "4 cagettes", None, 8),
    Goods(
        "Crème et fromage blanc",
        "Biocoop de quartier",
        Ware.VERY_PERISHABLE,
        "6 kg",
        Decimal("3.2"),
        21,
    ),
    Goods("Pommes et poires", "Ferme du Kochersberg", Ware.PRODUCE, "2 cagettes", None, 15),
    Goods("Œufs plein air", "Ferme du Kochersberg", Ware.EGGS, "90", None, 24),
    Goods("Munster et tomme", "Fromagerie des Vosges", Ware.PERISHABLE, "3 kg", Decimal("5.1"), 30),
    Goods("Légumineuses et riz", "Grossiste Vrac Est", Ware.DRY, "12 kg", None, 300),
    Goods(
        "Petits pois surgelés",
        "Libre-service de gros Rhin",
        Ware.FROZEN,
        "10 kg",
        Decimal(-19),
        400,
    ),
)
"""What comes in, in turn, one or two a day of service, before the deliveries that are told."""

POULTRY = Goods(
    "Cuisses de poulet", "Volailles Meyer", Ware.MEAT_PREPARATION, "9 kg", Decimal("2.6"), 5
)
FISH = Goods("Filets de merlu", "Marée de l’Ill", Ware.FRESH_FISH, "8 kg", Decimal("1.1"), 3)
MINCED = Goods("Bœuf haché", "Volailles Meyer", Ware.MINCED_MEAT, "6 kg", Decimal("1.4"), 3)

BOUGHT_FOR: dict[Cooked, Goods] = {
    Cooked.POULTRY: POULTRY,
    Cooked.FISH: FISH,
    Cooked.MINCED_MEAT: MINCED,
}
"""What is delivered for the dish of the day itself."""
