//! Reads the value of a property, by its type.
//!
//! It never fails: what has another shape than documented, and results in error, are
//! [`Value::Unreadable`] with what stands there.

use model::Value;

use super::moment;
use super::schema::Property;
use crate::common::cell::{Cell, Cells};

/// From this many references on an answer may have left some out
/// (developers.notion.com/reference/retrieve-a-page-property).
pub(super) const INLINE: usize = 25;

/// What was read of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) value: Value,
    /// The ids of pages whose names are the value.
    pub(super) pages: Vec<String>,
    /// Nothing was left out, as far as the answer tells.
    pub(super) whole: bool,
}

impl Held {
    pub(super) fn whole(value: Value) -> Held {
        Held { value, pages: Vec::new(), whole: true }
    }

    /// Adds another part of the same list.
    pub(super) fn append(&mut self, more: Held) {
        self.pages.extend(more.pages);
        self.whole &= more.whole;
        match (&mut self.value, more.value) {
            (_, Value::Empty) => {}
            (Value::List(values), Value::List(more)) => values.extend(more),
            (value, more) => *value = more,
        }
    }
}

/// What a property holds, of an answer `{"id","type",<type>:…}`.
pub(super) fn decode(property: &Property, members: &Cells) -> Held {
    let native = property.native_type.as_str();
    // A type changed while reading is not guessed.
    let same_type = members.text("type") == Some(native);
    let held = members.get(native).filter(|_| same_type).and_then(|cell| held(native, cell));
    let mut held = held.unwrap_or_else(|| Held::whole(unreadable(native, members)));
    if members.get("has_more") == Some(&Cell::Bool(true)) {
        held.whole = false;
    }
    held
}

/// What stands under the word of its type; `None` for a shape that type does not have.
pub(super) fn held(native: &str, cell: &Cell) -> Option<Held> {
    match (native, cell) {
        ("title" | "rich_text", Cell::List(segments)) => {
            let text: Option<String> = segments.iter().map(plain_text).collect();
            Some(Held { whole: segments.len() < INLINE, ..Held::whole(text_or_empty(&text?)) })
        }
        ("title" | "rich_text", segment @ Cell::Object(_)) => {
            plain_text(segment).map(|text| Held::whole(text_or_empty(text)))
        }
        ("people", Cell::List(people)) => {
            Some(Held { whole: people.len() < INLINE, ..Held::whole(list(people, person)?) })
        }
        ("relation", Cell::List(pages)) => {
            let ids: Option<Vec<String>> = pages.iter().map(page_id).collect();
            let ids = ids?;
            Some(Held { value: Value::Empty, whole: ids.len() < INLINE, pages: ids })
        }
        ("relation", page) => Some(Held { value: Value::Empty, whole: true, pages: vec![page_id(page)?] }),
        ("rollup", Cell::Object(result)) => rollup(result),
        (native, cell) => simple(native, cell).map(Held::whole),
    }
}

/// A value without references.
fn simple(native: &str, cell: &Cell) -> Option<Value> {
    match (native, cell) {
        ("button", _) => None,
        (_, Cell::Null) => Some(Value::Empty),
        ("number", Cell::Number(number)) => Some(Value::Number(*number)),
        ("checkbox", Cell::Bool(yes)) => Some(Value::Bool(*yes)),
        ("url" | "email" | "phone_number", Cell::Text(text)) => Some(text_or_empty(text)),
        ("select" | "status", option) => label(option),
        ("multi_select", Cell::List(options)) => list(options, label),
        ("date", Cell::Object(date)) => moment::read(date.text("start")?, date.text("time_zone")),
        ("people" | "created_by" | "last_edited_by", user) => person(user),
        ("files", Cell::List(files)) => list(files, file),
        ("created_time" | "last_edited_time", Cell::Text(text)) => {
            moment::of_the_service(text).map(Value::DateTime)
        }
        ("unique_id", Cell::Object(id)) => unique_id(id),
        ("place", Cell::Object(place)) => self::place(place),
        ("verification", Cell::Object(state)) => state.text("state").map(text),
        ("formula", Cell::Object(result)) => formula(result),
        _ => None,
    }
}

/// The result of a formula tells its own type.
fn formula(result: &Cells) -> Option<Value> {
    let kind = result.text("type")?;
    match (kind, result.get(kind)?) {
        (_, Cell::Null) => Some(Value::Empty),
        ("string", Cell::Text(text)) => Some(text_or_empty(text)),
        ("boolean", Cell::Bool(yes)) => Some(Value::Bool(*yes)),
        ("number" | "date", cell) => simple(kind, cell),
        _ => None,
    }
}

/// The result of a rollup: one value, or those of the pages it is computed over.
pub(super) fn rollup(result: &Cells) -> Option<Held> {
    let kind = result.text("type")?;
    match (kind, result.get(kind)?) {
        ("number" | "date", cell) => simple(kind, cell).map(Held::whole),
        ("array", Cell::List(items)) => {
            let held = several(items)?;
            Some(Held { whole: held.whole && items.len() < INLINE, ..held })
        }
        _ => None,
    }
}

/// Items `{"type",<type>:…}` as one list.
pub(super) fn several(items: &[Cell]) -> Option<Held> {
    let mut all = Held::whole(Value::Empty);
    let mut values = Vec::new();
    for item in items {
        let Cell::Object(item) = item else { return None };
        let kind = item.text("type")?;
        let Held { value, pages, whole } = held(kind, item.get(kind)?)?;
        all.whole &= whole && item.get("has_more") != Some(&Cell::Bool(true));
        all.pages.extend(pages);
        match value {
            Value::Empty => {}
            Value::List(several) => values.extend(several),
            one => values.push(one),
        }
    }
    if !values.is_empty() {
        all.value = Value::List(values);
    }
    Some(all)
}

fn list(cells: &[Cell], read: impl Fn(&Cell) -> Option<Value>) -> Option<Value> {
    let values: Option<Vec<Value>> = cells.iter().map(read).collect();
    values.map(|values| if values.is_empty() { Value::Empty } else { Value::List(values) })
}

fn plain_text<'a>(segment: &'a Cell) -> Option<&'a str> {
    match segment {
        Cell::Object(segment) => match segment.get("plain_text")? {
            Cell::Text(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn label(option: &Cell) -> Option<Value> {
    match option {
        Cell::Object(option) => option.text("name").map(text),
        _ => None,
    }
}

/// A person's name. Without the right to read users Notion tells the id alone, which says nothing.
fn person(user: &Cell) -> Option<Value> {
    let Cell::Object(user) = user else { return None };
    let email = || match user.get("person") {
        Some(Cell::Object(person)) => person.text("email"),
        _ => None,
    };
    user.text("name").or_else(email).map(text)
}

/// The address of a file expires, its name stays.
fn file(file: &Cell) -> Option<Value> {
    let Cell::Object(file) = file else { return None };
    file.text("name").map(text)
}

fn page_id(page: &Cell) -> Option<String> {
    match page {
        Cell::Object(page) => page.text("id").map(str::to_owned),
        _ => None,
    }
}

fn unique_id(id: &Cells) -> Option<Value> {
    let Some(Cell::Number(number)) = id.get("number") else {
        return matches!(id.get("number"), None | Some(Cell::Null)).then_some(Value::Empty);
    };
    Some(Value::Text(match id.text("prefix") {
        Some(prefix) => format!("{prefix}-{number}"),
        None => number.to_string(),
    }))
}

fn place(place: &Cells) -> Option<Value> {
    let coordinates = || match (place.get("lat")?, place.get("lon")?) {
        (Cell::Number(lat), Cell::Number(lon)) => Some(Value::Text(format!("{lat}, {lon}"))),
        _ => None,
    };
    place.text("name").or_else(|| place.text("address")).map(text).or_else(coordinates)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn text_or_empty(read: &str) -> Value {
    if read.is_empty() { Value::Empty } else { text(read) }
}

/// Names the type as it is now, and the fault of a result in error.
fn unreadable(native: &str, members: &Cells) -> Value {
    let now = members.text("type").unwrap_or(native);
    let fault = match members.get(now) {
        Some(Cell::Object(result)) => {
            result.text("type").filter(|kind| ["unsupported", "incomplete"].contains(kind))
        }
        _ => None,
    };
    Value::Unreadable(match fault {
        Some(fault) => format!("{now} : {fault}"),
        None => now.to_owned(),
    })
}
