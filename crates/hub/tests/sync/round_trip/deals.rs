//! A thousand deals with everything people put into them; no two are alike.

use model::{DealField, DealValues, Status};
use serde_json::{Value, json};

pub(crate) const COUNT: usize = 1_000;

/// Who follows deals.
pub(crate) const PEOPLE: [&str; 4] = ["Zoé Lefèvre", "Loïc Kermarrec", "Françoise Dübois", "Ægir Ångström"];

pub(crate) const SECTORS: [&str; 4] = ["Viticulture", "Santé & bien-être", "Énergie", "Commerce – détail"];

/// A leap day, the ends of a year, the days on which clocks change.
const DAYS: [&str; 6] = ["2028-02-29", "2027-12-31", "2028-01-01", "2027-03-28", "2027-10-31", "1999-12-31"];

const CENTS: [u64; 6] = [1, 10, 99, 110, 29_005, 99_999_999_999];

const NOTES: [&str; 14] = [
    "À suivre « bientôt ».\nDeuxième ligne, avec une virgule ; et un point-virgule.",
    "Un paragraphe.\n\nUn autre.",
    "🍷 Dégustation 👩‍🌾 puis 🥂 — à 18 h",
    "<b>gras</b> & \"citation\" d'été, 1 < 2 > 0, &amp; &eacute;",
    "deux  espaces,\tune tabulation, C:\\dossier",
    "Decomposé : Cafe\u{301}",
    "=SOMME(A1:A9)",
    "'0042",
    "0042",
    "01/02/2027",
    "1e5",
    "VRAI",
    "- tiret\n* étoile\n# titre",
    "株式会社, Ελλάδα, Ἰησοῦς, עברית",
];

/// The deal of that number, for a service in which these fields always hold something.
pub(crate) fn deal(number: usize, always: &[DealField]) -> DealValues {
    // Every thirteenth has nothing that a deal can be without; the others lack one thing or another.
    let given = |field: DealField, every: usize, value: Value| {
        let is_left_out = number.is_multiple_of(13) || number.is_multiple_of(every);
        (!is_left_out || always.contains(&field)).then_some(value)
    };
    let deal = json!({
        "client": client(number),
        "statut": Status::ALL[number % Status::ALL.len()].word(),
        "montant_brut": amount(number),
        "secteur": given(DealField::Secteur, 4, json!(SECTORS[number / 4 % SECTORS.len()])),
        "date_echeance": given(DealField::DateEcheance, 7, json!(day(number))),
        "assignee": given(DealField::Assignee, 5, json!(PEOPLE[number % PEOPLE.len()])),
        "notes": given(DealField::Notes, 3, json!(notes(number))),
    });
    serde_json::from_value(deal).unwrap()
}

/// Every fortieth is a namesake of the one before it.
fn client(number: usize) -> String {
    let number = if number % 40 == 39 { number - 1 } else { number };
    match number % 6 {
        0 => format!("Château Beauséjour 🍷 {number}"),
        1 => format!("{number:05}"),
        2 => format!("L'Île d'Yeu & Fils « {number} »"),
        3 => format!("=Formule+{number}"),
        4 => format!("Ægidius, 株式会社 \"{number}\""),
        _ => format!("Société n° {number:04}"),
    }
}

/// In euros, of cents that no rounding may touch.
fn amount(number: usize) -> f64 {
    let cents = CENTS.get(number).copied().unwrap_or(number as u64 * 7_919 + 1);
    cents as f64 / 100.0
}

fn day(number: usize) -> String {
    let any = || format!("2027-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    if number.is_multiple_of(2) { DAYS[number / 2 % DAYS.len()].to_owned() } else { any() }
}

/// Some are longer than a service takes in one piece.
fn notes(number: usize) -> String {
    let is_long = number % 50 == 1;
    if is_long {
        format!("Compte rendu {number}, é.\n").repeat(220).trim().to_owned()
    } else {
        NOTES[number % NOTES.len()].to_owned()
    }
}
