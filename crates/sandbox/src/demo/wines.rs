//! What a French wine merchant keeps in Odoo: customers and wines.

/// Name, town, postal code, country code.
pub(super) const CUSTOMERS: &[(&str, &str, &str, &str)] = &[
    ("La Table d'Émile", "Lyon", "69002", "FR"),
    ("Bistrot des Quais", "Nantes", "44000", "FR"),
    ("Cave Saint-Martin", "Tours", "37000", "FR"),
    ("Hôtel Belle-Île", "Le Palais", "56360", "FR"),
    ("L'Œnothèque du Marché", "Dijon", "21000", "FR"),
    ("Restaurant Chez Gaël", "Brest", "29200", "FR"),
    ("Épicerie Fine Lefèvre", "Lille", "59800", "FR"),
    ("Le Verre à Pied", "Paris", "75011", "FR"),
    ("Brasserie Müller", "Strasbourg", "67000", "FR"),
    ("Auberge de l'Évêché", "Autun", "71400", "FR"),
    ("Wijnhuis De Kroon", "Gand", "9000", "BE"),
    ("Les Caves du Léman", "Lausanne", "1003", "CH"),
    ("Traiteur Ancône", "Nice", "06300", "FR"),
    ("Comptoir Basque", "Bayonne", "64100", "FR"),
    ("Maison Ægidius", "Reims", "51100", "FR"),
    ("Le Petit Zinc", "Bordeaux", "33000", "FR"),
    ("Château Beauséjour Réceptions", "Libourne", "33500", "FR"),
    ("Crêperie Kermarrec", "Quimper", "29000", "FR"),
    ("Claire Fontaine", "Angers", "49000", "FR"),
    ("Benoît L'Hôte", "Orléans", "45000", "FR"),
];

/// Reference, name, list price, cost.
pub(super) const WINES: &[(&str, &str, f64, f64)] = &[
    ("SANC-21", "Sancerre blanc 2021 75 cl", 18.9, 10.4),
    ("CHIN-20", "Chinon rouge 2020 75 cl", 11.5, 5.9),
    ("POMM-18", "Pommard 1er cru 2018 75 cl", 62.0, 38.5),
    ("CHAB-22", "Chablis 2022 75 cl", 19.8, 11.2),
    ("MUSC-22", "Muscadet Sèvre et Maine sur lie 2022 75 cl", 8.2, 3.9),
    ("TAVE-22", "Tavel rosé 2022 75 cl", 12.4, 6.7),
    ("BAND-19", "Bandol rouge 2019 magnum", 58.0, 33.0),
    ("CHAM-NV", "Champagne brut sans année 75 cl", 32.0, 19.5),
    ("CREM-NV", "Crémant de Loire brut 75 cl", 11.9, 6.1),
    ("BANY-17", "Banyuls grand cru 2017 50 cl", 24.0, 13.8),
    ("GIGO-20", "Gigondas 2020 75 cl", 21.5, 12.6),
    ("STEM-16", "Saint-Émilion grand cru 2016 75 cl", 45.0, 27.9),
    ("RIES-21", "Riesling Alsace 2021 75 cl", 13.6, 7.4),
    ("VOUV-20", "Vouvray moelleux 2020 37,5 cl", 10.9, 5.8),
    ("COTE-21", "Côtes du Rhône 2021 caisse de 6", 49.0, 26.4),
];
