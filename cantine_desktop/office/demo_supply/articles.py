"""What the suppliers of the demonstration sell: packs, prices, labels.

A line is: supplier; product; name of the order unit; its packs, « 6x250g »; price; what the
price is for; labels. Prices are plausible for 2026, and invented.
"""

from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.supply.articles.model import Cold, FoodCategory, MadeIn, QualityLabel


class DemoArticle(NamedTuple):
    """An article.

    Attributes:
        product: Key of the product.
        packs: « 6x250g », « 25kg », « 30p », « 6x1l ».
        price: Euros for one of ``basis``: « colis », « kg », « l », « p ».
        marks: b organic, i geographical, l local, s short circuit, f from France; r fresh,
            z frozen; w weighed at the door.
    """

    supplier: str
    product: str
    unit: str
    packs: str
    price: str
    basis: str
    marks: str = ""

    @property
    def labels(self) -> frozenset[QualityLabel]:
        """What it is certified."""
        found = {"b": QualityLabel.ORGANIC, "i": QualityLabel.GEOGRAPHICAL}
        return frozenset(found[mark] for mark in self.marks if mark in found)

    @property
    def cold(self) -> Cold:
        """Where it is kept."""
        if "z" in self.marks:
            return Cold.FROZEN
        return Cold.FRESH if "r" in self.marks else Cold.AMBIENT

    @property
    def made_in(self) -> MadeIn:
        """Where it comes from."""
        return MadeIn.FRANCE if "f" in self.marks else MadeIn.UNKNOWN


_LINES = """
ferme;carotte;caisse;10kg;1.35;kg;blsf
ferme;pomme-de-terre;sac;25kg;0.95;kg;blsf
ferme;oignon;sac;10kg;1.25;kg;blsf
ferme;oignon-rouge;filet;5kg;1.70;kg;blsf
ferme;echalote;filet;1kg;3.60;kg;lsf
ferme;ail;filet;500g;8.40;kg;lsf
ferme;poireau;caisse;5kg;2.10;kg;blsf
ferme;courge;caisse;10kg;1.70;kg;blsf
ferme;potiron;caisse;10kg;1.60;kg;blsf
ferme;betterave-cuite;colis;5x500g;3.10;kg;blsfr
ferme;celeri-rave;caisse;5kg;1.90;kg;blsf
ferme;celeri-branche;botte;1kg;2.50;kg;lsf
ferme;chou-rouge;caisse;6kg;1.45;kg;blsf
ferme;endive;caisse;5kg;2.80;kg;lsfr
ferme;navet;caisse;5kg;1.80;kg;blsf
ferme;panais;caisse;5kg;2.40;kg;blsf
ferme;mache;barquette;1kg;8.90;kg;lsfr
ferme;pomme;caisse;10kg;1.90;kg;blsf
ferme;poire;caisse;66p;24.00;colis;lsf
ferme;oeuf;plateau;30p;8.70;colis;blsf
ferme;persil;botte;100g;1.20;colis;lsf
ferme;ciboulette;botte;50g;1.10;colis;lsf
biocoop;creme;pot;1kg;5.10;kg;bfr
biocoop;creme-liquide;colis;6x1l;4.60;l;bfr
biocoop;lait;colis;6x1l;1.25;l;bf
biocoop;yaourt;colis;12x125g;0.36;p;bfr
biocoop;fromage-blanc;seau;5kg;3.05;kg;bfr
biocoop;beurre;colis;10x250g;9.60;kg;bfr
biocoop;citron;caisse;5kg;3.10;kg;b
biocoop;orange;caisse;10kg;2.15;kg;b
biocoop;poivron;caisse;5kg;3.60;kg;b
biocoop;champignon;caisse;3kg;5.10;kg;bfr
biocoop;gingembre;sachet;500g;8.60;kg;b
biocoop;coriandre-fraiche;botte;100g;1.70;colis;b
biocoop;menthe;botte;50g;1.10;colis;bf
biocoop;lait-coco;colis;6x400ml;4.50;l;b
biocoop;tahin;pot;700g;11.20;kg;b
biocoop;huile-olive;bidon;5l;9.40;l;b
biocoop;chataigne;colis;6x420g;12.90;kg;bf
vrac;lentille-corail;sac;5kg;4.20;kg;b
vrac;lentille-verte;sac;5kg;3.90;kg;bif
vrac;pois-chiche;sac;5kg;3.60;kg;bf
vrac;pois-casse;sac;5kg;2.90;kg;bf
vrac;haricot-rouge;sac;5kg;4.10;kg;b
vrac;riz-long;sac;10kg;2.35;kg;b
vrac;riz-rond;sac;5kg;2.70;kg;b
vrac;semoule;sac;10kg;2.10;kg;b
vrac;boulgour;sac;5kg;2.60;kg;b
vrac;farine;sac;25kg;1.05;kg;bf
vrac;flocon-avoine;sac;5kg;2.30;kg;bf
vrac;maizena;sac;5kg;3.00;kg;
vrac;chapelure;sac;2kg;3.60;kg;
vrac;sucre;sac;10kg;2.20;kg;b
vrac;sucre-blanc;sac;10kg;1.35;kg;f
vrac;raisin-sec;sac;2kg;6.20;kg;b
vrac;pruneau;sac;2kg;8.40;kg;bif
vrac;amande;sac;1kg;13.90;kg;b
vrac;noix;sac;2kg;15.40;kg;bf
vrac;noix-coco-rapee;sac;1kg;7.80;kg;b
vrac;graine-courge;sac;1kg;11.90;kg;b
vrac;chocolat-noir;sac;2kg;12.80;kg;b
vrac;sel;sac;10kg;0.75;kg;f
vrac;cumin;sachet;250g;23.00;kg;
vrac;cannelle;sachet;250g;27.00;kg;
vrac;curcuma;sachet;250g;21.00;kg;
vrac;curry;sachet;250g;23.00;kg;
vrac;paprika;sachet;250g;21.00;kg;
vrac;huile-colza;bidon;5l;3.70;l;bf
vrac;huile-tournesol;bidon;5l;2.75;l;bf
vrac;vinaigre-cidre;colis;6x1l;3.00;l;bf
vrac;moutarde;seau;1kg;4.90;kg;f
rhin;tomate-pelee;colis;6x2500g;1.90;kg;
rhin;concentre-tomate;colis;6x400g;4.90;kg;
rhin;mais-boite;colis;6x1kg;3.20;kg;
rhin;olive-verte;seau;2kg;7.90;kg;
rhin;epinard-surgele;colis;4x2500g;2.45;kg;fz
rhin;griotte-surgelee;colis;4x2500g;5.60;kg;z
rhin;lasagne;colis;6x1kg;3.40;kg;
rhin;confiture;seau;3kg;6.20;kg;
rhin;mayonnaise;seau;5l;5.40;l;r
rhin;citron;caisse;4kg;2.40;kg;
rhin;lait;colis;6x1l;0.98;l;f
rhin;pomme-de-terre;sac;25kg;0.88;kg;f
rhin;levure-chimique;boite;700g;10.50;kg;
fournil;pain;piece;1kg;4.10;kg;blsf
fromages;fromage-rape;sachet;2500g;8.90;kg;fr
fromages;fromage-blanc;seau;5kg;3.40;kg;lsfr
maree;merlu;caisse;3kg;15.20;kg;frw
volailles;poulet-cuisse;caisse;5kg;6.60;kg;lsfrw
volailles;boeuf-hache;barquette;1kg;14.20;kg;frw
""".strip().splitlines()

ARTICLES: tuple[DemoArticle, ...] = tuple(DemoArticle(*line.split(";")) for line in _LINES)

CATEGORIES: dict[str, FoodCategory] = {
    "vegetable": FoodCategory.PRODUCE,
    "fruit": FoodCategory.PRODUCE,
    "dairy": FoodCategory.DAIRY,
    "egg": FoodCategory.DAIRY,
    "meat": FoodCategory.MEAT,
    "fish": FoodCategory.SEA,
    "drink": FoodCategory.DRINK,
}
"""Families of the public declaration by families of products; the others are other food."""

WARES: dict[str, str] = {
    "vegetable": "produce",
    "fruit": "produce",
    "egg": "eggs_shell",
    "dairy": "very_perishable",
    "meat": "meat_prep",
    "fish": "fresh_fish",
}
"""Families of the sanitary control; the others are dry goods."""

MINCED = "boeuf-hache"
"""Colder than other meat when it comes in."""

CELSIUS: dict[str, Decimal] = {
    "fresh_fish": Decimal("1.1"),
    "minced_meat": Decimal("1.4"),
    "meat_prep": Decimal("2.6"),
    "very_perishable": Decimal("2.8"),
    "frozen": Decimal("-19.0"),
}
"""What each family usually shows at the door; the others are not measured."""

KEEPS: dict[str, int] = {
    "vegetable": 8,
    "fruit": 10,
    "egg": 21,
    "dairy": 18,
    "meat": 4,
    "fish": 2,
}
"""Days each family keeps; the others a year."""
