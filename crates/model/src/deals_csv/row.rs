//! A row of a file seen as a deal.

use super::columns::Columns;
use super::day::{DayOrder, day};
use crate::crossing::{Mapped, from_service};
use crate::deal::{DealField, FieldValue, Slot};
use crate::decimal::{self, Mark};
use crate::money::Money;
use crate::parse::shorten;
use crate::spreadsheet::restored;
use crate::status::StatusWords;
use crate::table::TextRow;
use crate::text::Text;
use crate::value::Value;

/// How the rows of a file are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Which column is what.
    pub columns: Columns,
    /// Fields whose cells are lists in brackets, as ClickUp writes its tags and people: `[Vin, Bio]`.
    pub bracketed: Vec<DealField>,
    /// The decimal mark of its amounts, where that is known.
    pub mark: Option<Mark>,
    /// What stands first in its dates.
    pub days: DayOrder,
}

/// Sees a row as a deal. A field without a column stays absent; an empty cell is empty. A cell that cannot be
/// read, and a value no deal may have, is a fault of this row.
pub fn read_row(row: &TextRow<'_>, layout: &Layout, words: &StatusWords) -> Mapped {
    let mut mapped = Mapped::default();
    for (field, column) in &layout.columns.fields {
        let cell = restored(row.cell(*column).unwrap_or_default());
        let cell = if layout.bracketed.contains(field) { without_brackets(cell) } else { cell };
        take(&mut mapped, *field, cell, layout, words);
    }
    mapped
}

fn take(mapped: &mut Mapped, field: DealField, cell: &str, layout: &Layout, words: &StatusWords) {
    let is_blank = cell.trim().is_empty();
    let read = match field {
        _ if is_blank && field != DealField::Statut => Ok(Slot::Empty),
        DealField::MontantBrut => amount(cell, layout.mark).map_err(|text| labelled(field, text)),
        DealField::DateEcheance => day(cell, layout.days)
            .map(|day| Slot::Set(FieldValue::Date(day)))
            .map_err(|text| labelled(field, text)),
        _ => from_service(field, &Value::Text(cell.to_owned()), words),
    };
    match read {
        Ok(slot) => mapped.values.set(field, slot),
        Err(text) => mapped.refuse(field, cell.to_owned(), text),
    }
    if field == DealField::Statut {
        let is_unknown = !is_blank && words.status(cell).is_none();
        mapped.unknown_status = is_unknown.then(|| cell.trim().to_owned());
    }
}

fn amount(cell: &str, mark: Option<Mark>) -> Result<Slot<FieldValue>, Text> {
    let number = decimal::read(cell, mark).map_err(|fault| fault.text(cell))?;
    let money = number.money().ok_or_else(|| too_large(cell))?;
    Ok(Slot::Set(FieldValue::Money(money)))
}

fn too_large(cell: &str) -> Text {
    let (shown, most) = (shorten(cell), Money::MAX);
    Text::new(
        format!("« {shown} » est hors limites ({most} au plus)"),
        format!("“{shown}” is out of range ({most} at most)"),
    )
}

fn labelled(field: DealField, text: Text) -> Text {
    let label = field.label();
    Text::new(format!("{} : {}.", label.fr, text.fr), format!("{}: {}.", label.en, text.en))
}

fn without_brackets(cell: &str) -> &str {
    let trimmed = cell.trim();
    trimmed.strip_prefix('[').and_then(|list| list.strip_suffix(']')).map_or(cell, str::trim)
}

#[cfg(test)]
mod tests {
    use super::super::recognised;
    use super::*;
    use crate::table::TextRows;

    fn read(header: &str, line: &str, mark: Option<Mark>) -> Mapped {
        let names: Vec<String> = header.split(';').map(str::to_owned).collect();
        let bracketed = vec![DealField::Secteur];
        let layout = Layout { columns: recognised(&names), bracketed, mark, days: DayOrder::DayFirst };
        let mut rows = TextRows::default();
        rows.split(line, b';');
        rows.end_row(2);
        read_row(&rows.get(0).unwrap(), &layout, &StatusWords::default())
    }

    #[test]
    fn a_row_is_a_deal() {
        let mapped = read(
            "Client;Statut;Montant;Tags;Échéance;Notes",
            "'=Château ;Closed Won;1.234,50 €;[Vin];21/11/2026; deux  ",
            Some(Mark::Comma),
        );
        assert_eq!(
            serde_json::to_string(&mapped.values).unwrap(),
            r#"{"client":"=Château","statut":"gagné","montant_brut":1234.5,"secteur":"Vin","date_echeance":"2026-11-21","notes":" deux  "}"#
        );
        assert_eq!((mapped.faults.len(), mapped.unknown_status), (0, None));
    }

    #[test]
    fn the_mark_of_the_file_decides_what_could_be_two_numbers() {
        for (mark, cents) in
            [(Some(Mark::Comma), Some(123_400)), (Some(Mark::Point), Some(123)), (None, None)]
        {
            let mapped = read("Client;Montant", "x;1.234", mark);
            assert_eq!(mapped.values.money().map(crate::Money::cents), cents);
            assert_eq!(mapped.faults.is_empty(), cents.is_some());
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_it_held() {
        let mapped = read("Client;Montant;Échéance;Statut", ";douze;30/02/2026;bloqué", None);
        let fields: Vec<DealField> = mapped.faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, [DealField::MontantBrut, DealField::DateEcheance]);
        assert_eq!(mapped.held()[&DealField::MontantBrut], "douze");
        assert_eq!(mapped.unknown_status.as_deref(), Some("bloqué"));
        assert!(read("Client;Montant", "x;99999999999999", None).faults[0].text.fr.contains("hors limites"));
    }
}
