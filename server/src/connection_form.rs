//! What the form of a connection holds, new or stored.

use std::collections::BTreeMap;

use app::Typed;
use hub::{AccountDraft, AccountUpdate};
use model::Destination;
use model::spec::FieldFault;

use crate::form::read;

/// The form as it was sent.
pub(crate) struct Sent {
    /// The stored connection whose settings these are to become.
    pub(crate) stored: Option<i64>,
    /// Whether the page the form is on stays open, with all that was typed into it.
    pub(crate) page_stays: bool,
    /// Its kind.
    pub(crate) kind: String,
    name: String,
    is_active: Option<bool>,
    /// The fields of its kind, and where its rows go.
    values: BTreeMap<String, String>,
}

impl Sent {
    /// Reads a form.
    pub(crate) fn read(form: &[u8]) -> Sent {
        let mut values = read(form);
        let mut take = |key: &str| values.remove(key).unwrap_or_default();
        Sent {
            stored: take("connection_id").parse().ok(),
            page_stays: take("page_stays") == "true",
            kind: take("connection_type"),
            name: take("name").trim().to_owned(),
            is_active: values.get("is_active").map(|word| word == "true"),
            values,
        }
    }

    /// A new connection.
    pub(crate) fn draft(&self) -> AccountDraft {
        AccountDraft {
            title: self.name.clone(),
            kind: self.kind.clone(),
            values: self.values.clone(),
            destination: self.destination(),
            ..AccountDraft::default()
        }
    }

    /// The new settings of one that is there.
    pub(crate) fn update(&self) -> AccountUpdate {
        AccountUpdate {
            title: Some(self.name.clone()),
            values: self.values.clone(),
            destination: self.destination(),
            is_active: self.is_active,
            ..AccountUpdate::default()
        }
    }

    /// The form to be shown again.
    pub(crate) fn typed(self, faults: Vec<FieldFault>) -> Typed {
        Typed { name: self.name, kind: self.kind, values: self.values, faults }
    }

    /// Where the rows are to go; a dataset without a name is called like its connection.
    fn destination(&self) -> Option<Destination> {
        let value = |key: &str| self.values.get(key).map(|value| value.trim()).unwrap_or_default();
        match value("destination") {
            "deals" => Some(Destination::Deals),
            "tables" => Some(Destination::Tables),
            "table" => Some(Destination::Table { entity: value("destination_table").to_owned() }),
            "dataset" => {
                let name = Some(value("destination_dataset")).filter(|name| !name.is_empty());
                Some(Destination::Dataset { name: name.unwrap_or(&self.name).to_owned() })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_rows_go_is_one_of_four_places() {
        let dataset = |name: &str| Some(Destination::Dataset { name: name.to_owned() });
        let table = Some(Destination::Table { entity: "CUSTOMERS".to_owned() });
        for (form, place) in [
            ("name=Mon+CRM", None),
            ("name=Mon+CRM&destination=deals", Some(Destination::Deals)),
            ("name=Mon+CRM&destination=tables", Some(Destination::Tables)),
            ("name=Mon+CRM&destination=table&destination_table=CUSTOMERS", table),
            ("name=+Mon+CRM+&destination=dataset&destination_dataset=+", dataset("Mon CRM")),
            ("name=Mon+CRM&destination=dataset&destination_dataset=Caves", dataset("Caves")),
            ("name=Mon+CRM&destination=moon", None),
        ] {
            assert_eq!(Sent::read(form.as_bytes()).destination(), place, "{form}");
        }
    }
}
