//! The sentences of these pages. They stay on the server, and so out of what a browser loads.

use model::{Direction, Lang};

use crate::i18n::lang;

/// The sentence in the reader's language.
pub(crate) fn say(fr: &'static str, en: &'static str) -> &'static str {
    match lang() {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// A sentence whose French signs stay with the word they belong to: no line begins with a colon.
pub(crate) fn bound(sentence: &str) -> String {
    if lang() != Lang::Fr {
        return sentence.to_owned();
    }
    let signs = [" :", " ;", " ?", " !", " »", "« "];
    signs.into_iter().fold(sentence.to_owned(), |text, sign| text.replace(sign, &sign.replace(' ', "\u{a0}")))
}

/// The heading of a run.
pub(super) fn run_title(direction: Direction, service: &str, id: i64) -> String {
    match (direction, lang()) {
        (Direction::Import, Lang::Fr) => format!("Import depuis {service}, n° {id}"),
        (Direction::Export, Lang::Fr) => format!("Export vers {service}, n° {id}"),
        (Direction::Import, Lang::En) => format!("Import from {service}, no. {id}"),
        (Direction::Export, Lang::En) => format!("Export to {service}, no. {id}"),
    }
}

/// The heading of a preview.
pub(super) fn plan_title(direction: Direction, service: &str) -> String {
    match (direction, lang()) {
        (Direction::Import, Lang::Fr) => format!("Aperçu de l'import depuis {service}"),
        (Direction::Export, Lang::Fr) => format!("Aperçu de l'export vers {service}"),
        (Direction::Import, Lang::En) => format!("Preview of the import from {service}"),
        (Direction::Export, Lang::En) => format!("Preview of the export to {service}"),
    }
}

/// What was done to a record, and why.
pub(super) fn deed(action: &str, reason: &str) -> &'static str {
    match (action, reason) {
        ("create", "recreated") => say("recréé : il n'existait plus", "made again: it was no longer there"),
        ("create", _) => say("créé", "created"),
        ("update", "matched_by_name") => {
            say("reconnu par son nom et mis à jour", "found by name and updated")
        }
        ("update", "conflict") => {
            say("modifié des deux côtés : le plus récent gagne", "changed on both sides: the later one wins")
        }
        ("keep", _) => say(
            "modifié des deux côtés : la valeur déjà là est plus récente et reste",
            "changed on both sides: the value that was there is later and stays",
        ),
        (_, _) => say("mis à jour", "updated"),
    }
}

/// Which part of a longer list is shown.
pub(super) fn part(from: u64, to: u64, all: Option<u64>) -> String {
    match (lang(), all) {
        (Lang::Fr, Some(all)) => format!("{from} à {to} sur {all}"),
        (Lang::Fr, None) => format!("{from} à {to}"),
        (Lang::En, Some(all)) => format!("{from} to {to} of {all}"),
        (Lang::En, None) => format!("{from} to {to}"),
    }
}
