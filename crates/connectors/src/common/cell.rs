//! A value as it stands in a JSON answer, borrowed from it.
//!
//! Pages are the bulk of what is read: strings are not copied until their field's type says what
//! becomes of them.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// The members of an object, such as the cells of a record, in the service's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cells<'a>(pub(crate) Vec<(Cow<'a, str>, Cell<'a>)>);

impl<'a> Cells<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<&Cell<'a>> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, cell)| cell)
    }

    /// The text of a member, when it is one and holds something.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Cell::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

/// Any JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Cell<'a>>),
    Object(Cells<'a>),
}

/// serde borrows a `Cow` only where it is told to.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Cells<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Cells<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cells<'de>, A::Error> {
                members(map)
            }
        }
        deserializer.deserialize_map(Members)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Cell<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyCell)
    }
}

struct AnyCell;

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Cell<'de>, E> {
        Ok(Cell::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Cell<'de>, E> {
        Ok(Cell::Bool(yes))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Cell<'de>, E> {
        Ok(Cell::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "the service's numbers are doubles")]
    fn visit_i64<E>(self, number: i64) -> Result<Cell<'de>, E> {
        Ok(Cell::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the service's numbers are doubles")]
    fn visit_u64<E>(self, number: u64) -> Result<Cell<'de>, E> {
        Ok(Cell::Number(number as f64))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Cell<'de>, A::Error> {
        let mut cells = Vec::new();
        while let Some(cell) = seq.next_element()? {
            cells.push(cell);
        }
        Ok(Cell::List(cells))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cell<'de>, A::Error> {
        members(map).map(Cell::Object)
    }
}

fn members<'de, A: MapAccess<'de>>(mut map: A) -> Result<Cells<'de>, A::Error> {
    let mut cells = Vec::with_capacity(8);
    while let Some((Key(key), cell)) = map.next_entry()? {
        cells.push((key, cell));
    }
    Ok(Cells(cells))
}
