//! A data source: a schema and its pages.

use std::collections::{BTreeMap, HashMap};

use super::{PageState, Stamp};
use crate::notion::{Id, Property, PropertyType, Refusal};
use crate::seed;

/// A property with its id.
#[derive(Clone, Debug)]
pub(in crate::notion) struct Column {
    /// As it is, not percent-encoded.
    pub(in crate::notion) id: String,
    pub(in crate::notion) name: String,
    pub(in crate::notion) description: Option<String>,
    pub(in crate::notion) kind: PropertyType,
}

impl Column {
    /// The id as the API shows it.
    pub(in crate::notion) fn shown_id(&self) -> String {
        encoded(&self.id)
    }

    /// Whether this is the property addressed by a name or an id, encoded or not.
    pub(in crate::notion) fn is(&self, key: &str) -> bool {
        self.name == key || self.id == key || self.shown_id() == key
    }
}

/// A data source.
#[derive(Debug)]
pub(in crate::notion) struct SourceState {
    pub(in crate::notion) id: Id,
    pub(in crate::notion) database: Id,
    pub(in crate::notion) name: String,
    pub(in crate::notion) stamp: Stamp,
    pub(in crate::notion) edited: Stamp,
    pub(in crate::notion) columns: Vec<Column>,
    pages: BTreeMap<u64, PageState>,
    by_id: HashMap<Id, u64>,
    next: u64,
    /// Grows with every change of schema or pages.
    pub(in crate::notion) version: u64,
}

impl SourceState {
    pub(in crate::notion) fn new(id: Id, database: Id, name: &str, stamp: Stamp) -> Self {
        Self {
            id,
            database,
            name: name.to_owned(),
            stamp,
            edited: stamp,
            columns: Vec::new(),
            pages: BTreeMap::new(),
            by_id: HashMap::new(),
            next: 1,
            version: 0,
        }
    }

    /// The property of this name or id.
    pub(in crate::notion) fn column(&self, key: &str) -> Option<&Column> {
        // A name that looks like another property's id is still a name.
        let named = self.columns.iter().find(|column| column.name == key);
        named.or_else(|| self.columns.iter().find(|column| column.is(key)))
    }

    pub(in crate::notion) fn column_mut(&mut self, key: &str) -> Option<&mut Column> {
        let id = self.column(key)?.id.clone();
        self.version += 1;
        self.columns.iter_mut().find(|column| column.id == id)
    }

    pub(in crate::notion) fn add_column(&mut self, property: Property) -> String {
        let id = if property.kind == PropertyType::Title {
            "title".to_owned()
        } else {
            self.fresh_id(&property.name)
        };
        let Property { name, kind, description } = property;
        self.columns.push(Column { id: id.clone(), name, description, kind });
        self.version += 1;
        id
    }

    /// Removes a property; its cells stay until they are emptied.
    ///
    /// # Errors
    /// The title cannot be removed.
    pub(in crate::notion) fn remove_column(&mut self, key: &str) -> Result<String, Refusal> {
        let column = self.column(key).ok_or_else(|| Refusal::unknown_property(key))?;
        if column.kind == PropertyType::Title {
            return Err(Refusal::validation("Cannot delete title property."));
        }
        let id = column.id.clone();
        self.columns.retain(|column| column.id != id);
        self.version += 1;
        Ok(id)
    }

    /// Empties the cells of a property.
    pub(in crate::notion) fn empty(&mut self, id: &str) {
        self.pages.values_mut().for_each(|page| drop(page.cells.remove(id)));
        self.version += 1;
    }

    /// Four signs, some of which must be escaped in an address: clients get that wrong.
    fn fresh_id(&self, name: &str) -> String {
        const SIGNS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:;<=>?@[]\\^`{|}~_";
        let mut rng = fastrand::Rng::with_seed(seed::of(&format!("{}/{name}", self.id)));
        loop {
            let id: String = (0..4).map(|_| SIGNS[rng.usize(..SIGNS.len())] as char).collect();
            if self.columns.iter().all(|column| column.id != id) {
                return id;
            }
        }
    }

    pub(in crate::notion) fn page(&self, id: Id) -> Option<&PageState> {
        self.pages.get(self.by_id.get(&id)?)
    }

    pub(in crate::notion) fn page_mut(&mut self, id: Id) -> Option<&mut PageState> {
        self.version += 1;
        self.pages.get_mut(self.by_id.get(&id)?)
    }

    pub(in crate::notion) fn at(&self, number: u64) -> Option<&PageState> {
        self.pages.get(&number)
    }

    /// In the order they were made.
    pub(in crate::notion) fn pages(&self) -> impl DoubleEndedIterator<Item = &PageState> {
        self.pages.values()
    }

    pub(in crate::notion) fn push(&mut self, mut page: PageState) {
        page.number = self.next;
        self.next += 1;
        self.version += 1;
        self.by_id.insert(page.id, page.number);
        self.pages.insert(page.number, page);
    }

    /// Deletes a page for good, past the trash.
    pub(in crate::notion) fn remove(&mut self, id: Id) -> Option<PageState> {
        self.version += 1;
        self.pages.remove(&self.by_id.remove(&id)?)
    }
}

/// As `encodeURIComponent` does it.
fn encoded(id: &str) -> String {
    let mut text = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            text.push(byte as char);
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
