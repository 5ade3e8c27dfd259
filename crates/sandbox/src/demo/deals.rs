//! The deals of the demonstration.

/// A deal; an empty text is an empty cell.
pub(super) struct Deal {
    pub(super) client: &'static str,
    pub(super) status: &'static str,
    pub(super) amount: f64,
    pub(super) sector: &'static str,
    pub(super) due: &'static str,
    pub(super) assignee: &'static str,
    pub(super) contact: &'static str,
    pub(super) notes: &'static str,
}

/// The options of the status.
pub(super) const STATUSES: [&str; 6] = ["Lead", "Qualified", "Negotiation", "Won", "In progress", "Lost"];

/// The options of the sector.
pub(super) const SECTORS: &[&str] =
    &["Viticulture", "Agroalimentaire", "Santé", "Industrie", "Commerce", "Énergie", "Services", "Tourisme"];

#[rustfmt::skip]
#[expect(clippy::too_many_arguments, reason = "one line of the table below")]
const fn deal(
    client: &'static str, status: &'static str, amount: f64, sector: &'static str,
    due: &'static str, assignee: &'static str, contact: &'static str, notes: &'static str,
) -> Deal {
    Deal { client, status, amount, sector, due, assignee, contact, notes }
}

/// All deals. One client has two, and some cells are empty, as in life.
#[rustfmt::skip]
pub(super) const DEALS: &[Deal] = &[
    deal("Château Beauséjour", "Negotiation", 18_450.50, "Viticulture", "2026-12-15", "Camille Martin", "Hélène Roussel", "Refonte de la boutique en ligne.\nAttend la validation du budget 2027."),
    deal("Fromagerie Lefèvre & Fils", "Qualified", 7_200.0, "Agroalimentaire", "2026-11-30", "Julien Moreau", "Mathieu Lefèvre", "Traçabilité des lots, deuxième rendez-vous prévu."),
    deal("Clinique Saint-Émilion", "Won", 42_999.99, "Santé", "2026-09-01", "Camille Martin", "Aïcha Benali", "Contrat signé le 28 août."),
    deal("Ateliers Kermarrec", "Lead", 3_150.75, "Industrie", "2027-01-20", "Inès Caron", "Loïc Kermarrec", ""),
    deal("Pâtisserie Noël", "Lost", 1_890.0, "Commerce", "2026-06-30", "Julien Moreau", "", "Projet abandonné : budget gelé."),
    deal("Domaine de l'Évêché", "In progress", 25_600.0, "Viticulture", "2026-10-31", "Inès Caron", "Hélène Roussel", "Déploiement en cours, lot 2 sur 3."),
    deal("Énergies d'Ouest", "Qualified", 61_340.20, "Énergie", "2027-03-15", "Camille Martin", "", "Appel d'offres ; dossier à rendre le 12 décembre."),
    deal("Hôtel Belle-Île", "Lead", 9_800.0, "Tourisme", "", "Inès Caron", "", "Rencontré au salon de Nantes."),
    deal("Château Beauséjour", "Lead", 5_400.0, "Viticulture", "2027-02-28", "Camille Martin", "Hélène Roussel", "Second projet : caisse du caveau."),
    deal("Transports Müller", "Negotiation", 33_720.10, "Services", "2026-12-05", "Julien Moreau", "Françoise Dübois", "Remise de 5 % demandée."),
    deal("Biscuiterie Ancône", "Won", 12_049.90, "Agroalimentaire", "2026-07-15", "Inès Caron", "Théo Garçon", ""),
    deal("Cabinet Ægidius", "Qualified", 4_500.0, "Services", "2026-12-20", "", "", "Qui suit ce dossier ?"),
    deal("Pharmacie de l'Orangerie", "Lead", 6_180.0, "Santé", "2027-01-10", "Julien Moreau", "", "Montant à confirmer."),
    deal("Menuiserie Çelik", "Negotiation", 15_275.35, "Industrie", "2026-11-18", "Camille Martin", "", "Devis n° 2026-118, version 3."),
    deal("Coopérative Blé d'Or", "In progress", 48_000.0, "Agroalimentaire", "2026-12-31", "Inès Caron", "Mathieu Lefèvre", "Acompte de 30 % reçu."),
    deal("Librairie Œuvres & Pages", "Lost", 2_310.60, "Commerce", "2026-05-12", "Julien Moreau", "", "A choisi un concurrent « plus simple »."),
    deal("Camping Les Flots Bleus", "Won", 6_749.0, "Tourisme", "2026-04-01", "Inès Caron", "Théo Garçon", "Mise en ligne avant la saison."),
    deal("Solaire du Midi", "Negotiation", 87_500.0, "Énergie", "2027-04-30", "Camille Martin", "Aïcha Benali", "Décision du comité le 14 janvier.\nContact : direction des achats."),
    deal("Vignobles Gaël Péron", "Qualified", 11_111.11, "Viticulture", "2027-02-01", "Inès Caron", "", "Migration depuis un tableur."),
    deal("Laboratoires Vaïda", "Lead", 54_900.0, "Santé", "2027-06-30", "Camille Martin", "Françoise Dübois", ""),
    deal("Garage Étienne", "Lost", 1_250.0, "Services", "2026-03-31", "Julien Moreau", "", "Sans réponse depuis mars."),
    deal("Fonderie Nordhöhe", "In progress", 72_480.25, "Industrie", "2027-01-31", "Camille Martin", "Françoise Dübois", "Facturation trimestrielle."),
    deal("Marché de Provence", "Qualified", 8_640.0, "Commerce", "2026-12-10", "Inès Caron", "", "Clientèle « saison » : relancer en janvier."),
    deal("L'Île aux Épices", "", 3_999.95, "", "2027-01-05", "Julien Moreau", "", "Fiche à compléter."),
];
