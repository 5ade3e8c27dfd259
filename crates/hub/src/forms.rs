//! What was typed into a connector's form: plain values and secrets apart, and everything wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use model::api::MASK;
use model::spec::FieldFault;
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};

use crate::sealing::{SECRET_STAYS, leads_elsewhere};

/// A form as it was sent.
pub(crate) struct Typed {
    /// The plain values, cleaned; none of them empty.
    pub values: BTreeMap<String, String>,
    /// The secrets typed anew.
    pub secrets: BTreeMap<String, SecretString>,
}

/// What was stored before a form is saved.
pub(crate) struct Stored<'a> {
    /// The plain values.
    pub values: &'a BTreeMap<String, String>,
    /// The keys of the secrets.
    pub secrets: BTreeSet<String>,
}

impl Typed {
    /// Takes what is a field of this form. A secret that is empty or masked was not typed.
    pub(crate) fn of(spec: &ConnectorSpec, sent: &BTreeMap<String, String>) -> Typed {
        let mut typed = Typed { values: BTreeMap::new(), secrets: BTreeMap::new() };
        for field in spec.fields() {
            let Some(sent) = sent.get(&field.key) else { continue };
            if !spec.is_secret(&field.key) {
                typed.values.insert(field.key.clone(), field.clean(sent));
            } else if sent.trim() != MASK {
                typed.secrets.insert(field.key.clone(), SecretString::from(field.clean(sent)));
            }
        }
        typed.values.retain(|_, value| !value.is_empty());
        typed.secrets.retain(|_, secret| !secret.expose_secret().is_empty());
        typed
    }

    /// Everything that is wrong with it. A stored secret never goes to an address it was not given for.
    pub(crate) fn faults(&self, spec: &ConnectorSpec, stored: &Stored<'_>) -> Vec<FieldFault> {
        let mut all = self.values.clone();
        let kept: Vec<&String> =
            stored.secrets.iter().filter(|key| !self.secrets.contains_key(*key)).collect();
        all.extend(kept.iter().map(|key| ((*key).clone(), MASK.to_owned())));
        let typed = self.secrets.iter();
        all.extend(typed.map(|(key, secret)| (key.clone(), secret.expose_secret().to_owned())));
        let mut faults = spec.validate(&all);
        faults.extend(spec.missing(&all).into_iter().map(|field| {
            fault(&field.key, Text::fixed("Ce champ est obligatoire.", "This field is required."))
        }));
        if !kept.is_empty() && leads_elsewhere(spec, stored.values, &self.values) {
            faults.extend(kept.into_iter().map(|key| fault(key, SECRET_STAYS)));
        }
        faults
    }
}

/// What is wrong with one field.
pub(crate) fn fault(key: &str, text: Text) -> FieldFault {
    FieldFault { key: key.to_owned(), text }
}
