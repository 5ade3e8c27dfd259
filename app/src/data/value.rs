//! Values of the canonical tables as people write them.

use hub::DataValue;
use model::canonical::{Field, FieldType};
use model::{Lang, Money, Text, notation};

use crate::format;

/// A value in a page; empty for nothing.
pub fn shown(field: &Field, value: &DataValue, lang: Lang) -> String {
    match (field.kind, value) {
        (_, DataValue::Empty) => String::new(),
        (FieldType::Date, DataValue::Text(day)) => format::day(day, lang),
        (_, DataValue::Text(text)) => text.clone(),
        (FieldType::Money, DataValue::Int(cents)) => amount(Money::from_cents(*cents), lang),
        (FieldType::YesNo, DataValue::Int(yes)) => {
            let word = if *yes == 0 { Text::fixed("non", "no") } else { Text::fixed("oui", "yes") };
            word.get(lang).to_owned()
        }
        (_, DataValue::Int(number)) => number.to_string(),
        // More decimals are noise of the double.
        (_, DataValue::Real(number)) => notation::decimal(*number, 4, lang),
    }
}

/// What stands above a column: the field's meaning, with the unit of what is counted.
pub fn heading(field: &Field, lang: Lang) -> String {
    let meaning = field.meaning.get(lang);
    match field.unit {
        "" | "bottle" => meaning.to_owned(),
        "EUR" => format!("{meaning} (€)"),
        unit if meaning.contains(unit) => meaning.to_owned(),
        unit => format!("{meaning} ({unit})"),
    }
}

/// Whether the column's values stand under each other at their end.
pub(super) fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldType::Money | FieldType::Number | FieldType::Percent | FieldType::Year)
}

/// `1 234,50 €`: in a column the cents are always there.
fn amount(money: Money, lang: Lang) -> String {
    let written = money.display(lang);
    if money.cents() % 100 != 0 {
        return written;
    }
    match lang {
        Lang::Fr => written.replace("\u{a0}€", ",00\u{a0}€"),
        Lang::En => format!("{written}.00"),
    }
}

#[cfg(test)]
mod tests {
    use model::canonical::Entity;

    use super::*;

    #[test]
    fn values_as_people_write_them() {
        let field = |name| Entity::SalesLines.field(name).unwrap();
        for (name, value, fr, en) in [
            ("unit_price_cents", DataValue::Int(123_456), "1\u{202f}234,56\u{a0}€", "€1,234.56"),
            ("unit_price_cents", DataValue::Int(-1_200), "-12,00\u{a0}€", "-€12.00"),
            ("quantity", DataValue::Real(-1_234.5), "-1\u{202f}234,5", "-1,234.5"),
            ("quantity", DataValue::Real(0.1 + 0.2), "0,3", "0.3"),
            ("sold_on", DataValue::Text("2026-11-21".into()), "21/11/2026", "21 Nov 2026"),
            ("channel", DataValue::Empty, "", ""),
        ] {
            assert_eq!(shown(field(name), &value, Lang::Fr), fr, "{name}");
            assert_eq!(shown(field(name), &value, Lang::En), en, "{name}");
        }
        assert_eq!(heading(field("unit_price_cents"), Lang::Fr), "Prix unitaire (€)");
        assert_eq!(heading(field("equivalents_75cl"), Lang::En), "75 cl equivalents");
    }
}
