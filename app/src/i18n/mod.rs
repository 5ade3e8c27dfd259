//! Every sentence of the page, in the two languages of the product.
//!
//! One structure, two constants: the compiler finds a missing sentence. Sentences about a deal's
//! fields, a connector's form or a run's outcome come from where those things are known, already in
//! the reader's language.

mod en;
mod fr;

use leptos::prelude::*;
use model::{Direction, Lang, RunStatus, ValueKind};

/// The sentences of one language.
pub(crate) struct Texts {
    pub(crate) frame: Frame,
    pub(crate) faults: Faults,
    pub(crate) connectors: Connectors,
    pub(crate) settings: Settings,
    pub(crate) mapping: Mapping,
    pub(crate) connection: Connection,
    pub(crate) sync: Sync,
    pub(crate) history: History,
}

/// What surrounds every page.
pub(crate) struct Frame {
    pub(crate) tagline: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) home: &'static str,
    pub(crate) navigation: &'static str,
    pub(crate) deals: &'static str,
    pub(crate) connectors: &'static str,
    pub(crate) connections: &'static str,
    pub(crate) other_lang: Lang,
    pub(crate) other_language: &'static str,
    pub(crate) to_dark: &'static str,
    pub(crate) to_light: &'static str,
    pub(crate) access: &'static str,
    pub(crate) api: &'static str,
    pub(crate) loading: &'static str,
}

/// What could not be done.
pub(crate) struct Faults {
    pub(crate) title: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) unreachable_hint: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) not_found_title: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) back_to_deals: &'static str,
}

/// The page of connectors.
pub(crate) struct Connectors {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) tabs: &'static str,
    pub(crate) sources: &'static str,
    pub(crate) try_title: fn(name: &str) -> String,
    pub(crate) try_text: fn(name: &str) -> String,
    pub(crate) try_action: &'static str,
    pub(crate) try_busy: &'static str,
    pub(crate) simulator: &'static str,
    pub(crate) leave_simulator: &'static str,
}

/// The form of a connection.
pub(crate) struct Settings {
    pub(crate) title: &'static str,
    pub(crate) required: &'static str,
    pub(crate) example: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) token_placeholder: &'static str,
    pub(crate) token_kept: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saving: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) unsaved: &'static str,
    pub(crate) test: &'static str,
    pub(crate) testing: &'static str,
}

/// Which field holds what.
pub(crate) struct Mapping {
    pub(crate) title: &'static str,
    pub(crate) help_typed: fn(name: &str) -> String,
    pub(crate) help_chosen: fn(name: &str) -> String,
    pub(crate) crm_column: &'static str,
    pub(crate) service_field: fn(crm: &str, name: &str) -> String,
    pub(crate) none: &'static str,
    pub(crate) computed: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) unsupported: &'static str,
    pub(crate) words: &'static str,
    pub(crate) words_help: &'static str,
    pub(crate) words_none: &'static str,
}

/// Whether the connection works.
pub(crate) struct Connection {
    pub(crate) connected: &'static str,
    pub(crate) error: &'static str,
    pub(crate) table: fn(table: &str) -> String,
    pub(crate) records: fn(count: u64, shown: &str, at_least: bool) -> String,
    pub(crate) warnings: &'static str,
    pub(crate) last_test_passed: &'static str,
    pub(crate) last_test_failed: &'static str,
}

/// Imports and exports.
pub(crate) struct Sync {
    pub(crate) title: &'static str,
    pub(crate) import: fn(name: &str) -> String,
    pub(crate) export: fn(name: &str) -> String,
    pub(crate) importing: &'static str,
    pub(crate) exporting: &'static str,
    pub(crate) preview_import: &'static str,
    pub(crate) preview_export: &'static str,
    pub(crate) configure_first: &'static str,
    pub(crate) progress: fn(writing: bool, processed: &str, rate: &str, remaining: &str) -> String,
    pub(crate) cancel: &'static str,
    pub(crate) cancelling: &'static str,
    pub(crate) finished: fn(Direction, RunStatus) -> &'static str,
    pub(crate) summary: fn(created: u64, updated: u64, errors: u64) -> String,
    pub(crate) seen: fn(processed: u64, unchanged: u64) -> String,
    pub(crate) unknown_statuses: fn(words: &str) -> String,
    pub(crate) refused: fn(count: u64) -> String,
    pub(crate) refused_shown: fn(shown: u64, all: u64) -> String,
    pub(crate) unnamed: &'static str,
    pub(crate) see_deals: &'static str,
    pub(crate) details: &'static str,
}

/// The runs of the past.
pub(crate) struct History {
    pub(crate) title: &'static str,
    pub(crate) none: &'static str,
    pub(crate) none_hint: &'static str,
    pub(crate) caption: &'static str,
    pub(crate) started: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) import: &'static str,
    pub(crate) export: &'static str,
    pub(crate) status: &'static str,
    pub(crate) processed: &'static str,
    pub(crate) created: &'static str,
    pub(crate) updated: &'static str,
    pub(crate) unchanged: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) duration: &'static str,
    pub(crate) reason: fn(status: &str) -> String,
    pub(crate) outcome: fn(RunStatus) -> &'static str,
}

impl Texts {
    /// The sentences of that language.
    pub(crate) fn of(lang: Lang) -> &'static Texts {
        match lang {
            Lang::Fr => &fr::TEXTS,
            Lang::En => &en::TEXTS,
        }
    }

    /// The word for a direction.
    pub(crate) fn direction(&self, direction: Direction) -> &'static str {
        match direction {
            Direction::Import => self.history.import,
            Direction::Export => self.history.export,
        }
    }
}

/// The language of this page; it does not change while the page lives.
pub(crate) fn lang() -> Lang {
    use_context().unwrap_or_default()
}

/// The sentences of this page.
pub(crate) fn texts() -> &'static Texts {
    Texts::of(lang())
}

/// What people call a kind of value.
pub(crate) fn kind_name(kind: ValueKind, lang: Lang) -> &'static str {
    let (fr, en) = match kind {
        ValueKind::Text => ("texte", "text"),
        ValueKind::Number => ("nombre", "number"),
        ValueKind::Bool => ("oui/non", "yes/no"),
        ValueKind::Date => ("date", "date"),
        ValueKind::DateTime => ("date et heure", "date and time"),
        ValueKind::Choice => ("choix", "choice"),
        ValueKind::List => ("liste", "list"),
        ValueKind::Person => ("personne", "person"),
        ValueKind::Unsupported => ("non pris en charge", "not supported"),
    };
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}
