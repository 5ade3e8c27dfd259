//! The demonstration as the files a wine merchant's software exports: French, Windows-1252.

use std::fmt::Write;

use chrono::{Days, NaiveDate};

use super::wines::{CUSTOMERS, WINES};

/// Sales lines of the year before.
const SALES: usize = 360;

/// The files, each with its name and its bytes. All of it can be read; some of it deserves a second look, as
/// in life: two customers with one address, a sale of a wine that is not in the catalogue, one sold under its
/// cost.
pub fn exports(today: NaiveDate) -> [(&'static str, Vec<u8>); 5] {
    [
        ("clients.csv", encoded(&customers())),
        ("produits.csv", encoded(&wines())),
        ("ventes.csv", encoded(&sales(today))),
        ("stocks.csv", encoded(&stock(today))),
        ("contacts.csv", encoded(&contacts(today))),
    ]
}

fn encoded(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

fn customer(place: usize) -> String {
    format!("C{:03}", place % CUSTOMERS.len() + 1)
}

fn customers() -> String {
    let mut file = String::from(
        "Code client;Société;E-mail;Téléphone;Adresse;Code postal;Ville;Pays;Catégorie client\r\n",
    );
    for (place, (name, city, zip, country)) in CUSTOMERS.iter().enumerate() {
        let kind = ["Restaurant", "Caviste", "Particulier"][place % 3];
        // The last two share an address.
        let mail = place.min(CUSTOMERS.len() - 2) + 1;
        line(
            &mut file,
            format_args!(
                "{};{name};contact{mail}@example.com;01 99 00 10 {:02};{} rue des Vignes;{zip};{city};{country};{kind}",
                customer(place),
                place + 1,
                place * 3 + 1,
            ),
        );
    }
    file
}

fn wines() -> String {
    let mut file = String::from(
        "Code produit;Désignation;Couleur;Prix de vente;Prix d'achat;Millésime;Contenance;Actif\r\n",
    );
    for (code, name, price, cost) in WINES {
        let year = name.split(' ').find(|word| word.len() == 4 && word.starts_with("20")).unwrap_or_default();
        line(
            &mut file,
            format_args!(
                "{code};{name};{};{};{};{year};{};oui",
                colour(name),
                euros(*price),
                euros(*cost),
                size(name),
            ),
        );
    }
    file
}

fn sales(today: NaiveDate) -> String {
    let mut file =
        String::from("N° ligne;N° commande;Date;Code client;Code produit;Quantité;Prix unitaire;Canal\r\n");
    for number in 0..SALES {
        let order = number / 3;
        let (code, _, price, cost) = WINES[(number * 7 + order) % WINES.len()];
        let code = if number == SALES / 2 { "ANCI-99" } else { code };
        let price = if number == SALES / 3 { cost - 1.0 } else { price };
        let channel = ["Boutique", "Salon", "Site web"][order % 3];
        line(
            &mut file,
            format_args!(
                "L{:05};S{:05};{};{};{code};{};{};{channel}",
                number + 1,
                order + 1,
                days_ago(today, (SALES - number) as u64),
                customer(order * 7 + order / 5),
                number % 6 + 1,
                euros(price),
            ),
        );
    }
    file
}

fn stock(today: NaiveDate) -> String {
    let mut file = String::from("Code produit;Dépôt;Quantité;Réservé;Date inventaire\r\n");
    for (place, (code, ..)) in WINES.iter().enumerate() {
        line(
            &mut file,
            format_args!(
                "{code};Cave du Port;{};{};{}",
                place * 37 % 120,
                place % 4 * 6,
                days_ago(today, 12),
            ),
        );
    }
    file
}

fn contacts(today: NaiveDate) -> String {
    let mut file = String::from("Code client;Date;Canal;Campagne;Objet;Statut\r\n");
    for place in 0..CUSTOMERS.len() * 2 {
        let (campaign, subject) =
            [("Primeurs", "Offre primeurs"), ("Fêtes", "Coffrets de fin d'année")][place % 2];
        let status = ["Envoyé", "Ouvert", "Répondu"][place % 3];
        line(
            &mut file,
            format_args!(
                "{};{};E-mail;{campaign};{subject};{status}",
                customer(place),
                days_ago(today, 20 + place as u64 * 5),
            ),
        );
    }
    file
}

fn line(file: &mut String, cells: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = write!(file, "{cells}\r\n");
}

fn euros(amount: f64) -> String {
    format!("{amount:.2}").replace('.', ",")
}

fn days_ago(today: NaiveDate, days: u64) -> String {
    today.checked_sub_days(Days::new(days)).unwrap_or(today).format("%d/%m/%Y").to_string()
}

fn colour(name: &str) -> &'static str {
    let of = [
        ("rosé", "Rosé"),
        ("Champagne", "Pétillant"),
        ("Crémant", "Pétillant"),
        ("Banyuls", "Fortifié"),
        ("blanc", "Blanc"),
        ("Chablis", "Blanc"),
        ("Muscadet", "Blanc"),
        ("Riesling", "Blanc"),
        ("Vouvray", "Blanc"),
    ];
    of.into_iter().find(|(word, _)| name.contains(word)).map_or("Rouge", |(_, colour)| colour)
}

fn size(name: &str) -> &'static str {
    let of = [("magnum", "Magnum"), ("caisse de 6", "Caisse de 6"), ("37,5", "37,5 cl"), ("50 cl", "50 cl")];
    of.into_iter().find(|(word, _)| name.contains(word)).map_or("75 cl", |(_, size)| size)
}
