//! Exported deals as CSV for spreadsheets.

use std::fmt::Write;

use chrono::Datelike;
use model::deal::FieldValue;
use model::spreadsheet::{LINE_END, MARK, text};
use model::{Deal, DealField, Lang, notation};

/// The first line.
pub(super) fn head(lang: Lang) -> String {
    let labels = DealField::ALL.map(|field| field.label());
    let mut line = String::from(MARK);
    for (place, label) in labels.iter().enumerate() {
        if place > 0 {
            line.push(';');
        }
        text(label.get(lang), &mut line);
    }
    line.push_str(LINE_END);
    line
}

/// The lines of some deals: amounts and days as the language writes them, and an apostrophe before what a
/// spreadsheet would take for a formula.
pub(super) fn lines(deals: &[Deal], lang: Lang) -> String {
    let mut out = String::with_capacity(deals.len() * 120);
    for deal in deals {
        for (place, field) in DealField::ALL.into_iter().enumerate() {
            if place > 0 {
                out.push(';');
            }
            if let Some(value) = deal.values.get(field).value() {
                cell(value, lang, &mut out);
            }
        }
        out.push_str(LINE_END);
    }
    out
}

fn cell(value: &FieldValue, lang: Lang, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = match value {
        FieldValue::Text(words) => {
            text(words, out);
            Ok(())
        }
        FieldValue::Status(status) => write!(out, "{}", status.word()),
        FieldValue::Money(money) => write!(out, "{}", notation::typed(money, lang)),
        FieldValue::Date(day) if lang == Lang::Fr => {
            write!(out, "{:02}/{:02}/{}", day.day(), day.month(), day.year())
        }
        FieldValue::Date(day) => write!(out, "{day}"),
    };
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use model::{DealValues, Money, Slot, Status};

    use super::*;

    #[test]
    fn a_deal_in_either_language() {
        let mut values = DealValues::default();
        for (field, value) in [
            (DealField::Client, FieldValue::Text("=Château; 5\"".into())),
            (DealField::Statut, FieldValue::Status(Status::InProgress)),
            (DealField::MontantBrut, FieldValue::Money(Money::from_cents(123_405))),
            (DealField::DateEcheance, FieldValue::Date("2026-11-21".parse().unwrap())),
        ] {
            values.set(field, Slot::Set(value));
        }
        let at = DateTime::UNIX_EPOCH;
        let deals = [Deal { id: 1, values, created_at: at, updated_at: at }];
        assert_eq!(
            lines(&deals, Lang::Fr),
            "\"'=Château; 5\"\"\";gagné - en cours;1234,05;;21/11/2026;;\r\n"
        );
        assert_eq!(
            lines(&deals, Lang::En),
            "\"'=Château; 5\"\"\";gagné - en cours;1234.05;;2026-11-21;;\r\n"
        );
        assert_eq!(
            head(Lang::Fr),
            "\u{feff}Client;Statut;Montant brut;Secteur;Date d'échéance;Responsable;Notes\r\n"
        );
    }
}
