//! The columns of a report, as its XML schema tells them.

use std::collections::HashMap;

use model::{StreamField, ValueKind};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::columns;

/// The type of a row.
const ENTRY: &str = "Report_EntryType";

/// The columns of the rows, in order; `None` where the text is no schema of a report.
pub(super) fn fields(schema: &str) -> Option<Vec<StreamField>> {
    let mut reader = Reader::from_str(schema);
    let mut types: HashMap<String, Vec<StreamField>> = HashMap::new();
    let mut current: Option<String> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "complexType" => {
                current = attribute(&tag, "name").or(current);
            }
            Event::End(tag) if tag.local_name().as_ref() == "complexType" => current = None,
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "element" => {
                if let (Some(holder), Some(name)) = (&current, attribute(&tag, "name")) {
                    types.entry(holder.clone()).or_default().push(column(name, &tag));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    types.remove(ENTRY)
}

fn column(name: String, tag: &BytesStart<'_>) -> StreamField {
    let told = attribute(tag, "type").unwrap_or_default();
    let is_several = attribute(tag, "maxOccurs").is_some_and(|most| most != "1");
    // Types of the report's own are groups and references: they read as one line.
    let kind = match told.rsplit(':').next().unwrap_or_default() {
        _ if is_several => ValueKind::Text,
        "date" => ValueKind::Date,
        "dateTime" => ValueKind::DateTime,
        "decimal" | "integer" | "int" | "long" | "double" | "float" => ValueKind::Number,
        "boolean" => ValueKind::Bool,
        _ => ValueKind::Text,
    };
    columns::field(name, kind, if is_several { format!("{told}[]") } else { told })
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).ok()??.value;
    Some(value.into_owned())
}
