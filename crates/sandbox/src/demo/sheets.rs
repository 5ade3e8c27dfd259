//! The demonstration as a Google spreadsheet, with what people do to spreadsheets.

use chrono::NaiveDate;

use super::bench::BenchDeal;
use super::{contacts, deals};
use crate::sheets::{Cell, Format, Simulator};

/// Id of the spreadsheet.
pub const SPREADSHEET: &str = "1PasserelleDemonstrationAbCdEfGhIjKlMnOpQrStU";
/// Title of the tab for measuring.
pub const SHEETS_BENCH: &str = "Mesures";

const HEADER: [&str; 7] = ["Client", "Statut", "Montant brut", "Secteur", "Échéance", "Assigné", "Notes"];

/// Makes the spreadsheet: deals under a merged title, and contacts.
pub fn sheets(simulator: &Simulator) {
    simulator.spreadsheet(SPREADSHEET, "Démo Passerelle", "fr_FR", "Europe/Paris");
    let tab = simulator.tab(SPREADSHEET, 0, "Deals");
    tab.set(0, 0, Cell::text("Affaires en cours"));
    tab.merge(0, 1, 0, HEADER.len());
    tab.add([header()]);
    tab.add(deals::DEALS.iter().map(|deal| {
        row([deal.client, deal.status, deal.sector, deal.due, deal.assignee, deal.notes], deal.amount)
    }));
    let people = simulator.tab(SPREADSHEET, 1_204_567_890, "Contacts");
    people.add([["Nom", "E-mail", "Téléphone"].map(Cell::text).to_vec()]);
    people.add(
        contacts::CONTACTS
            .iter()
            .map(|contact| [contact.name, contact.email, contact.phone].map(Cell::text).to_vec()),
    );
}

/// Adds a tab with this many deals.
pub fn sheets_bench(simulator: &Simulator, records: usize) {
    let tab = simulator.tab(SPREADSHEET, 77, SHEETS_BENCH);
    tab.add([header()]);
    tab.add((0..records).map(|number| {
        let deal = BenchDeal::of(number);
        row([&deal.client, deal.status, deal.sector, &deal.due, &deal.assignee, &deal.notes], deal.amount)
    }));
}

fn header() -> Vec<Cell> {
    HEADER.map(Cell::text).to_vec()
}

fn row([client, status, sector, due, assignee, notes]: [&str; 6], amount: f64) -> Vec<Cell> {
    let due = NaiveDate::parse_from_str(due, "%Y-%m-%d").map_or_else(|_| Cell::empty(), Cell::date);
    let amount = Cell::number(amount).shown_as(Format::of("CURRENCY"));
    let [client, status, sector, assignee, notes] = [client, status, sector, assignee, notes].map(Cell::text);
    vec![client, status, amount, sector, due, assignee, notes]
}
