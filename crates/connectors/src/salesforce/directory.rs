//! Finds the records that names stand for, a batch of them at once, and remembers them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::Value;
use model::record::FieldKey;

use super::api::Api;
use super::links::{USER, name_field};
use super::schema::{Holds, Object};
use super::soql;
use crate::common::cell::Cells;
use crate::connector::Write;
use crate::http::Failure;

/// Names remembered at most; then all are forgotten, and asked for again.
const REMEMBERED: usize = 20_000;
/// Bytes of names in one query, as an address writes them; those of people stand three times.
const ROOM: usize = 3_500;

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    One(String),
    Several,
}

/// What names lead to, by object and by the name without its case. One that is not here leads nowhere.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<(String, String), Found>);

impl Names {
    pub(super) fn get(&self, object: &str, name: &str) -> Option<&Found> {
        self.0.get(&key(object, name))
    }
}

/// Names and the ids they stand for.
#[derive(Default)]
pub(super) struct Directory(Mutex<HashMap<(String, String), String>>);

impl Directory {
    /// Looks up every name that a batch writes.
    pub(super) async fn names(&self, api: &Api, object: &Object, batch: &[Write]) -> Result<Names, Failure> {
        let mut names = Names::default();
        for (target, mut wanted) in wanted(object, batch) {
            self.recall(&target, &mut wanted, &mut names);
            for names_at_once in portions(wanted) {
                let asked: HashSet<_> = names_at_once.iter().map(|name| key(&target, name)).collect();
                let answer = ask(api, &target, &names_at_once).await?;
                let answer = answer.into_iter().map(|(name, id)| (key(&target, &name), id));
                // A user found by address comes with a name too; who else bears it was not asked.
                for (key, id) in answer.filter(|(key, _)| asked.contains(key)) {
                    let found = names.0.entry(key).or_insert_with(|| Found::One(id.clone()));
                    if *found != Found::One(id) {
                        *found = Found::Several;
                    }
                }
            }
        }
        self.remember(&names);
        Ok(names)
    }

    /// Takes what is known out of the names to look up.
    fn recall(&self, target: &str, wanted: &mut BTreeSet<String>, names: &mut Names) {
        let known = self.known();
        wanted.retain(|name| match known.get(&key(target, name)) {
            Some(id) => {
                names.0.insert(key(target, name), Found::One(id.clone()));
                false
            }
            None => true,
        });
    }

    fn remember(&self, names: &Names) {
        let mut known = self.known();
        if known.len() + names.0.len() > REMEMBERED {
            known.clear();
        }
        known.extend(names.0.iter().filter_map(|(key, found)| match found {
            Found::One(id) => Some((key.clone(), id.clone())),
            Found::Several => None,
        }));
    }

    fn known(&self) -> MutexGuard<'_, HashMap<(String, String), String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a text is an id in its long form: its last three letters check the case of the others.
pub(super) fn is_id(text: &str) -> bool {
    let Some((short, check)) = text.split_at_checked(15) else { return false };
    if check.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let letter = |five: &[u8]| {
        let capitals = five.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
        let bits: u8 = capitals.map(|(place, _)| 1 << place).sum();
        if bits < 26 { b'A' + bits } else { b'0' + bits - 26 }
    };
    short.as_bytes().chunks(5).map(letter).eq(check.bytes().map(|byte| byte.to_ascii_uppercase()))
}

fn key(object: &str, name: &str) -> (String, String) {
    (object.to_owned(), name.trim().to_lowercase())
}

/// The names to look up, by object.
fn wanted(object: &Object, batch: &[Write]) -> BTreeMap<String, BTreeSet<String>> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let fields = batch.iter().flat_map(|write| match write {
        Write::Create(fields) | Write::Update(_, fields) => fields,
    });
    for (target, name) in fields.filter_map(|field| linked(object, field)) {
        wanted.entry(target.to_owned()).or_default().insert(name);
    }
    wanted
}

/// The object that a field leads to, and the name in it.
fn linked<'a>(object: &'a Object, (key, value): (&FieldKey, &Value)) -> Option<(&'a str, String)> {
    let Holds::Link(link) = &object.column(key)?.holds else { return None };
    let name = value.to_text()?.trim().to_owned();
    Some((link.target()?, name)).filter(|(_, name)| !name.is_empty() && !is_id(name))
}

fn portions(names: BTreeSet<String>) -> Vec<Vec<String>> {
    let mut portions: Vec<Vec<String>> = Vec::new();
    let mut room = 0;
    for name in names {
        let length = url::form_urlencoded::byte_serialize(name.as_bytes()).map(str::len).sum::<usize>() + 9;
        match portions.last_mut().filter(|_| length <= room) {
            Some(portion) => {
                portion.push(name);
                room -= length;
            }
            None => {
                portions.push(vec![name]);
                room = ROOM.saturating_sub(length);
            }
        }
    }
    portions
}

/// Names and ids of the records of an object that bear these names. A user may also be meant by user name or
/// by e-mail address.
async fn ask(api: &Api, object: &str, names: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let list = soql::list(names.iter().map(String::as_str));
    if object == USER {
        let words = ["Name", "Username", "Email"];
        let any = words.map(|field| format!("{field} IN {list}")).join(" OR ");
        let query = format!("SELECT Id, Name, Username, Email FROM User WHERE IsActive = true AND ({any})");
        let keep = |cells: &Cells| {
            let id = cells.text("Id").unwrap_or_default().to_owned();
            words.map(|field| (cells.text(field).unwrap_or_default().to_owned(), id.clone()))
        };
        let all = api.all(&query, keep).await?;
        return Ok(all.into_iter().flatten().collect());
    }
    let field = name_field(object).unwrap_or("Name");
    let query = format!("SELECT Id, {field} FROM {object} WHERE {field} IN {list}");
    api.all(&query, |cells| {
        let text = |field: &str| cells.text(field).unwrap_or_default().to_owned();
        (text(field), text("Id"))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_names() {
        for (text, is) in [
            ("001D000000IqhSLIAZ", true),
            ("001d000000iqhslIAZ", false),
            ("001D000000IqhSL", false),
            ("Transports Müller", false),
            ("Établissements 123", false),
            ("abcdefghijklmnopqr", false),
        ] {
            assert_eq!(is_id(text), is, "{text}");
        }
    }

    #[test]
    fn names_fit_into_addresses() {
        let names: BTreeSet<String> =
            (0..200).map(|number| format!("Société à responsabilité n° {number}")).collect();
        let portions = portions(names.clone());
        assert_eq!(portions.iter().flatten().cloned().collect::<BTreeSet<_>>(), names);
        assert!((2..=8).contains(&portions.len()), "{}", portions.len());
    }
}
