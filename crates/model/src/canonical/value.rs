//! One text, read as what its field holds.

use chrono::Datelike;

use super::words::{Category, yes_no};
use super::{Cell, Field, FieldType};
use crate::decimal::{self, Mark};
use crate::money::Money;
use crate::parse;
use crate::text::Text;

/// Reads a cell; its text, where it keeps one, is added to `out`.
pub(super) fn read(kind: FieldType, text: &str, mark: Option<Mark>, out: &mut String) -> Result<Cell, Text> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Cell::Empty);
    }
    match kind {
        FieldType::Text | FieldType::Format => clean(text).map(|text| keep(text, out)),
        FieldType::Money => {
            let number = decimal::read(text, mark).map_err(|fault| fault.text(text))?;
            number.money().map(|money| Cell::Int(money.cents())).ok_or_else(|| out_of_range(text))
        }
        FieldType::Number => {
            let number = decimal::read(text, mark).map_err(|fault| fault.text(text))?;
            Ok(Cell::Real(number.as_f64()))
        }
        FieldType::Percent => percent(text, mark),
        FieldType::Date => date(text, out),
        FieldType::YesNo => yes_no(text).map(|yes| Cell::Int(i64::from(yes))).ok_or_else(|| {
            let shown = parse::shorten(text);
            Text::new(
                format!("« {shown} » n'est ni oui ni non (attendu : oui, non, 1, 0)"),
                format!("“{shown}” is neither yes nor no (expected: yes, no, 1, 0)"),
            )
        }),
        FieldType::Year => match decimal::read(text, None).ok().and_then(decimal::Decimal::integer) {
            Some(year @ 1800..=2100) => Ok(Cell::Int(year)),
            Some(_) => Err(out_of_range(text)),
            // A wine without a vintage says so in words.
            None if text.chars().any(|c| c.is_ascii_digit()) => Err(decimal::Fault::NotANumber.text(text)),
            None => Ok(Cell::Empty),
        },
        FieldType::Category => Ok(keep(Category::read(text).word(), out)),
    }
}

impl Field {
    /// What the field keeps of a text, written plainly: an amount as `1234.50`, a day as `2026-11-21`; `None`
    /// where nothing is there. `mark` is the decimal mark of the document, where it is known.
    ///
    /// # Errors
    /// Why a row with this text is refused.
    pub fn kept(&self, text: &str, mark: Option<Mark>) -> Result<Option<String>, Text> {
        let mut out = String::new();
        match read(self.kind, text, mark, &mut out)? {
            Cell::Empty if self.required => Err(self.missing()),
            Cell::Empty => Ok(None),
            Cell::Text(..) => Ok(Some(out)),
            Cell::Int(cents) if self.kind == FieldType::Money => {
                Ok(Some(Money::from_cents(cents).to_string()))
            }
            Cell::Int(number) => Ok(Some(number.to_string())),
            Cell::Real(number) => Ok(Some(number.to_string())),
        }
    }
}

/// Adds a text to the batch's.
pub(super) fn keep(text: &str, out: &mut String) -> Cell {
    let start = out.len();
    out.push_str(text);
    // A batch is far smaller than 4 GB.
    Cell::Text(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(out.len()).unwrap_or(u32::MAX))
}

/// Refuses what no database keeps, and letters that were lost on the way.
fn clean(text: &str) -> Result<&str, Text> {
    if text.as_bytes().contains(&0) {
        return Err(Text::fixed(
            "caractère nul : le fichier est abîmé ou n'est pas du texte",
            "null character: the file is damaged or is not text",
        ));
    }
    if !text.is_ascii() && text.contains('\u{fffd}') {
        let shown = parse::shorten(text);
        return Err(Text::new(
            format!("« {shown} » contient des lettres illisibles : choisissez un autre encodage"),
            format!("“{shown}” holds unreadable letters: choose another encoding"),
        ));
    }
    Ok(text)
}

fn percent(text: &str, mark: Option<Mark>) -> Result<Cell, Text> {
    let plain = text
        .trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '%' | '°' | '.'));
    let number = decimal::read(plain, mark).map_err(|fault| fault.text(text))?.as_f64();
    if (0.0..=100.0).contains(&number) { Ok(Cell::Real(number)) } else { Err(out_of_range(text)) }
}

fn date(text: &str, out: &mut String) -> Result<Cell, Text> {
    let date = parse::date(text)?;
    if !(1900..=2100).contains(&date.year()) {
        return Err(out_of_range(text));
    }
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    let digit = |number: u32| char::from(b'0' + (number % 10) as u8);
    let start = out.len();
    out.extend([digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-']);
    out.extend([digit(month / 10), digit(month), '-', digit(day / 10), digit(day)]);
    Ok(Cell::Text(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(out.len()).unwrap_or(u32::MAX)))
}

fn out_of_range(text: &str) -> Text {
    let shown = parse::shorten(text);
    Text::new(format!("« {shown} » est hors limites"), format!("“{shown}” is out of range"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(kind: FieldType, text: &str) -> Option<String> {
        let mut out = "x".to_owned();
        match read(kind, text, None, &mut out).ok()? {
            Cell::Empty => Some(String::new()),
            Cell::Text(start, end) => Some(out[start as usize..end as usize].to_owned()),
            Cell::Int(number) => Some(number.to_string()),
            Cell::Real(number) => Some(number.to_string()),
        }
    }

    #[test]
    fn what_a_field_keeps_is_written_plainly() {
        let field = |name| crate::canonical::Entity::SalesLines.field(name).unwrap();
        for (name, text, expected) in [
            ("unit_price_cents", "1 234,5 €", Ok(Some("1234.50"))),
            ("sold_on", "1/2/2026", Ok(Some("2026-02-01"))),
            ("quantity", "2,5", Ok(Some("2.5"))),
            ("channel", " ", Ok(None)),
            ("sold_on", " ", Err("« Date de vente » est vide")),
        ] {
            let kept = field(name).kept(text, None).map_err(|why| why.fr.into_owned());
            let kept = kept.as_ref().map(Option::as_deref).map_err(String::as_str);
            assert_eq!(kept, expected, "{name} {text}");
        }
        assert!(field("quantity").kept("deux", None).is_err());
    }

    #[test]
    fn cells_by_their_type() {
        use FieldType::{Category, Date, Money, Number, Percent, Text, Year, YesNo};
        for (kind, text, expected) in [
            (Text, "  É à ", Some("É à")),
            (Text, " ", Some("")),
            (Text, "a\0b", None),
            (Text, "Ch\u{fffd}teau", None),
            (Money, "1 234,56 €", Some("123456")),
            (Money, "-12,5", Some("-1250")),
            (Money, "gratuit", None),
            (Money, "99999999999999", None),
            (Number, "1 000,5", Some("1000.5")),
            (Percent, "12,5 % vol.", Some("12.5")),
            (Percent, "13°", Some("13")),
            (Percent, "130", None),
            (Date, "21/11/2026", Some("2026-11-21")),
            (Date, "2026-11-21T10:00:00Z", Some("2026-11-21")),
            (Date, "31/02/2026", None),
            (Date, "01/01/0001", None),
            (YesNo, "Oui", Some("1")),
            (YesNo, "faux", Some("0")),
            (YesNo, "bof", None),
            (Year, "2015", Some("2015")),
            (Year, "NM", Some("")),
            (Year, "15", None),
            (Category, "Vin Rosé", Some("rosé")),
        ] {
            assert_eq!(shown(kind, text).as_deref(), expected, "{kind:?} {text:?}");
        }
    }

    proptest! {
        #[test]
        fn days_come_back(day in 0_u32..36_500) {
            let date = chrono::NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::Days::new(u64::from(day));
            let french = date.format("%d/%m/%Y").to_string();
            prop_assert_eq!(shown(FieldType::Date, &french), Some(date.to_string()));
        }
    }
}
