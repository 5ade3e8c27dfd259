//! Records as the service shows them.

use serde_json::{Map, Value, json};

use super::soql::Path;
use super::state::{Object, Row, World};

impl World {
    /// A record with these fields; those of linked records stand in objects of their own.
    pub(super) fn render(&self, object: &Object, row: &Row, fields: &[Path]) -> Value {
        let mut shown = attributes(object, row);
        for path in fields {
            match path.as_slice() {
                [name] => {
                    if let Some(field) = object.field(name) {
                        shown.insert(field.name.clone(), self.value(object, row, field));
                    }
                }
                [link, rest @ ..] => {
                    let linked = self.linked(object, row, link);
                    let name = link.clone();
                    let Some((other, record)) = linked else {
                        shown.entry(name).or_insert(Value::Null);
                        continue;
                    };
                    let nested = self.render(other, record, &[rest.to_vec()]);
                    match shown.get_mut(&name).and_then(Value::as_object_mut) {
                        Some(before) => before.extend(nested.as_object().cloned().unwrap_or_default()),
                        None => drop(shown.insert(name, nested)),
                    }
                }
                [] => {}
            }
        }
        Value::Object(shown)
    }

    /// What a path leads to; nothing where a link leads nowhere.
    pub(super) fn at(&self, object: &Object, row: &Row, path: &[String]) -> Value {
        match path {
            [name] => object.field(name).map(|field| self.value(object, row, field)).unwrap_or_default(),
            [link, rest @ ..] => self
                .linked(object, row, link)
                .map(|(other, record)| self.at(other, record, rest))
                .unwrap_or_default(),
            [] => Value::Null,
        }
    }

    fn linked(&self, object: &Object, row: &Row, link: &str) -> Option<(&Object, &Row)> {
        let field = object.relationship(link)?;
        let id = self.value(object, row, field);
        self.row(id.as_str()?)
    }
}

fn attributes(object: &Object, row: &Row) -> Map<String, Value> {
    let (name, id) = (&object.name, &row.id);
    let url = format!("/services/data/v68.0/sobjects/{name}/{id}");
    Map::from_iter([("attributes".to_owned(), json!({"type": name, "url": url}))])
}
