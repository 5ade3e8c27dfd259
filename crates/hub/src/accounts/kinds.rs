//! The kinds of connections there are.

use std::collections::BTreeMap;

use model::canonical::Entity;
use model::spec::FieldKind;
use model::{ConnectorSpec, Destination, Text};
use store::ConfigRow;

use crate::connections::kind_of;
use crate::{Error, Hub, Kind, Result};

/// A kind of connection.
#[derive(Clone, Debug)]
pub struct AccountKind {
    /// What it is and what it asks for.
    pub spec: ConnectorSpec,
    /// How to set it up and what is not possible: Markdown, in French, then in English.
    pub guide: &'static str,
    /// Where rows can go.
    pub destinations: Vec<&'static str>,
}

impl AccountKind {
    /// How one may prove who one is: the words of the form's `auth_type`, or what follows from its secrets.
    pub fn auth_types(&self) -> Vec<String> {
        let choice = self.spec.fields().find(|field| field.key == "auth_type").map(|field| &field.kind);
        match choice {
            Some(FieldKind::Choice { options }) => {
                options.iter().map(|option| option.value.clone()).collect()
            }
            _ if self.spec.fields().any(|field| self.spec.is_secret(&field.key)) => {
                vec!["api_key".to_owned()]
            }
            _ => vec!["none".to_owned()],
        }
    }
}

impl Hub {
    /// Every kind of connection, by its word.
    pub fn account_kinds(&self) -> Vec<AccountKind> {
        let words = self.inner.connectors.keys().chain(self.inner.sources.keys());
        let kinds: BTreeMap<&str, AccountKind> =
            words.filter_map(|word| Some((word.as_str(), self.account_kind(word).ok()?))).collect();
        kinds.into_values().collect()
    }

    /// One kind of connection.
    ///
    /// # Errors
    /// `Invalid` when there is no such kind.
    pub fn account_kind(&self, word: &str) -> Result<AccountKind> {
        let (connector, source) = (self.inner.connectors.get(word), self.inner.sources.get(word));
        let described = connector
            .map(|connector| (connector.spec(), connector.guide()))
            .or_else(|| source.map(|source| (source.spec(), source.guide())));
        let (spec, guide) = described.ok_or_else(|| self.no_such_kind(word))?;
        let destinations = match (connector.is_some(), source.is_some()) {
            (true, true) => vec!["tables", "deals", "dataset"],
            (false, _) => vec!["tables"],
            (true, false) => vec!["deals", "table", "dataset"],
        };
        Ok(AccountKind { spec, guide, destinations })
    }

    /// Where the rows of a connection go.
    pub(crate) fn destination(&self, row: &ConfigRow) -> Destination {
        row.destination.clone().unwrap_or_else(|| self.usual_destination(row))
    }

    /// Where the rows of a kind go when nobody says otherwise: tables where it is a source of them, deals
    /// where it takes them too, else a dataset of the connection's title.
    pub(super) fn usual_destination(&self, row: &ConfigRow) -> Destination {
        let kind = kind_of(row);
        let holds_deals = self.inner.connectors.get(kind).is_some_and(|connector| {
            let elsewhere = connector.stream_setting().is_some()
                && connector.deals().is_some_and(|home| row.table_name.as_deref() != Some(home.stream));
            connector.spec().capabilities.writes && !elsewhere
        });
        if self.inner.sources.contains_key(kind) {
            Destination::Tables
        } else if holds_deals {
            Destination::Deals
        } else {
            Destination::Dataset { name: title(row).to_owned() }
        }
    }

    /// What is wrong with a destination for this kind.
    pub(crate) fn destination_fault(&self, kind: &AccountKind, wanted: &Destination) -> Option<Text> {
        let (word, is_known) = match wanted {
            Destination::Deals => ("deals", true),
            Destination::Tables => ("tables", true),
            Destination::Table { entity } => ("table", Entity::from_name(entity).is_some()),
            Destination::Dataset { name } => ("dataset", !name.trim().is_empty()),
        };
        let name = &kind.spec.name;
        if !kind.destinations.contains(&word) {
            return Some(Text::new(
                format!(
                    "Les lignes de {name} ne peuvent pas aller là. Choix : {}.",
                    kind.destinations.join(", ")
                ),
                format!("The rows of {name} cannot go there. Choices: {}.", kind.destinations.join(", ")),
            ));
        }
        (!is_known).then(|| {
            Text::fixed(
                "Indiquez la table (CUSTOMERS, PRODUCT_CATALOG, …) ou le nom du jeu de données.",
                "Name the table (CUSTOMERS, PRODUCT_CATALOG, …) or the dataset.",
            )
        })
    }

    fn no_such_kind(&self, word: &str) -> Error {
        let known: Vec<&str> =
            self.inner.connectors.keys().chain(self.inner.sources.keys()).map(String::as_str).collect();
        let known: std::collections::BTreeSet<&str> = known.into_iter().collect();
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        let word = model::parse::shorten(word);
        Error::new(
            Kind::Invalid,
            Text::new(
                format!("« {word} » n'est pas un type de connexion. Types possibles : {known}."),
                format!("“{word}” is not a type of connection. Possible types: {known}."),
            ),
        )
    }
}

/// What people call a connection.
pub(crate) fn title(row: &ConfigRow) -> &str {
    row.title.as_deref().unwrap_or(&row.provider)
}
