//! Records as the service shows them.

use serde_json::{Map, Value, json};

use super::field::Field;
use super::soql::Path;
use super::state::{Object, Row, World};

/// A field that is shown of each record of an object, found once.
pub(super) enum Shown<'a> {
    Own(&'a Field),
    /// The name of a link as it was asked for, its field, and what is shown of the records it leads to.
    Linked(&'a str, &'a Field, Vec<Path>),
}

/// What these paths show of an object's records. Fields of one link stand together.
pub(super) fn shown<'a>(object: &'a Object, paths: &'a [Path]) -> Vec<Shown<'a>> {
    let mut all: Vec<Shown<'a>> = Vec::new();
    for path in paths {
        match path.as_slice() {
            [] => {}
            [name] => all.extend(object.field(name).map(Shown::Own)),
            [link, rest @ ..] => {
                let known = all.iter_mut().find_map(|one| match one {
                    Shown::Linked(name, _, paths) if *name == link => Some(paths),
                    _ => None,
                });
                match known {
                    Some(paths) => paths.push(rest.to_vec()),
                    None => all.extend(
                        object
                            .relationship(link)
                            .map(|field| Shown::Linked(link, field, vec![rest.to_vec()])),
                    ),
                }
            }
        }
    }
    all
}

impl World {
    /// A record with these fields; those of linked records stand in objects of their own.
    pub(super) fn render(&self, object: &Object, row: &Row, fields: &[Shown<'_>]) -> Value {
        let mut record = attributes(object, row);
        for field in fields {
            let (name, value) = match field {
                Shown::Own(field) => (field.name.clone(), self.value(object, row, field)),
                Shown::Linked(name, field, paths) => {
                    let linked = self.follow(object, row, field);
                    let nested = linked.map(|(other, row)| self.render(other, row, &shown(other, paths)));
                    ((*name).to_owned(), nested.unwrap_or_default())
                }
            };
            record.insert(name, value);
        }
        Value::Object(record)
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
        self.follow(object, row, object.relationship(link)?)
    }

    fn follow(&self, object: &Object, row: &Row, link: &Field) -> Option<(&Object, &Row)> {
        self.row(self.value(object, row, link).as_str()?)
    }
}

fn attributes(object: &Object, row: &Row) -> Map<String, Value> {
    let (name, id) = (&object.name, &row.id);
    let url = format!("/services/data/v68.0/sobjects/{name}/{id}");
    Map::from_iter([("attributes".to_owned(), json!({"type": name, "url": url}))])
}
