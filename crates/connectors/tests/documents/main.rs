//! `docs/connectors/<name>.md` is written from each connector's spec and guide, and never by hand.
//!
//! `UPDATE_DOCS=1 cargo test -p connectors --test documents` writes the pages anew.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use model::spec::{FieldKind, FormField};
use model::{ConnectorSpec, Lang};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/connectors")
}

/// Every connector's description, by its word.
fn described() -> BTreeMap<String, (ConnectorSpec, &'static str)> {
    let sources = connectors::sources().into_iter().map(|source| (source.spec(), source.guide()));
    let services = connectors::all().into_iter().map(|connector| (connector.spec(), connector.guide()));
    // A service with deals and tables has two faces and one description: that of its deals says what it writes.
    sources.chain(services).map(|(spec, guide)| (spec.id.clone(), (spec, guide))).collect()
}

/// The words of a page in one language.
struct Words {
    settings: &'static str,
    columns: [&'static str; 4],
    yes: &'static str,
    secret: &'static str,
    facts: &'static str,
    tried: &'static str,
}

const FRENCH: Words = Words {
    settings: "Réglages",
    columns: ["Clé", "Champ", "Obligatoire", "À quoi il sert"],
    yes: "oui",
    secret: "Chiffré, jamais affiché.",
    facts: "Ce sur quoi vous pouvez compter",
    tried: "Ce que les tests vérifient de chaque connecteur",
};

const ENGLISH: Words = Words {
    settings: "Settings",
    columns: ["Key", "Field", "Required", "What it is for"],
    yes: "yes",
    secret: "Encrypted, never shown.",
    facts: "What you can rely on",
    tried: "What the tests hold every connector to",
};

fn page(spec: &ConnectorSpec, guide: &str) -> String {
    // The second title begins the English half.
    let (french, english) = guide.split_at(guide.rmatch_indices("\n# ").next().unwrap().0);
    let french = half(spec, french, Lang::Fr, &FRENCH);
    let english = half(spec, english, Lang::En, &ENGLISH);
    format!(
        "<!-- Written from the connector's spec and guide; see CONTRIBUTING.md. -->\n\n{french}\n---\n\n{english}"
    )
}

fn half(spec: &ConnectorSpec, guide: &str, lang: Lang, words: &Words) -> String {
    let (title, steps) = guide.trim().split_once('\n').unwrap();
    let mut page =
        format!("{title}\n\n{}\n\n{}\n\n## {}\n\n", spec.summary.get(lang), steps.trim(), words.facts);
    for fact in spec.capabilities.facts() {
        let mark = if fact.is_good { "✓" } else { "⚠" };
        let _ = writeln!(page, "- {mark} {}", fact.text.get(lang));
    }
    // Files are no service: the suite has nothing to say of them.
    if connectors::all().iter().any(|connector| connector.spec().id == spec.id) {
        let _ = writeln!(page, "\n[{}](../contract.md)", words.tried);
    }
    let _ = writeln!(page, "\n## {}\n", words.settings);
    let _ = writeln!(page, "| {} |\n|---|---|---|---|", words.columns.join(" | "));
    for field in spec.fields() {
        let required = if field.required { words.yes } else { "" };
        let _ = writeln!(
            page,
            "| `{}` | {} | {required} | {} |",
            field.key,
            field.label.get(lang),
            purpose(spec, field, lang, words)
        );
    }
    page
}

/// What a field is for, what may be chosen and what it looks like.
fn purpose(spec: &ConnectorSpec, field: &FormField, lang: Lang, words: &Words) -> String {
    let mut told = field.help.get(lang).replace('|', "\\|").replace('\n', " ");
    if let FieldKind::Choice { options } = &field.kind {
        let options: Vec<String> =
            options.iter().map(|option| format!("`{}` ({})", option.value, option.label.get(lang))).collect();
        let _ = write!(told, " {}", options.join(", "));
    }
    if spec.is_secret(&field.key) {
        let _ = write!(told, " {}", words.secret);
    } else if !field.example.is_empty() {
        let _ = write!(told, " `{}`", field.example.replace('|', "\\|").replace('\n', " "));
    }
    told
}

#[test]
fn every_connector_has_its_page() {
    let expected: BTreeMap<String, String> =
        described().into_iter().map(|(id, (spec, guide))| (format!("{id}.md"), page(&spec, guide))).collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for (name, text) in &expected {
            fs::write(folder().join(name), text).unwrap();
        }
    }
    let found: BTreeMap<String, String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&expected), "UPDATE_DOCS=1 cargo test -p connectors --test documents");
    for (name, text) in &expected {
        assert!(
            found[name] == *text,
            "docs/connectors/{name} is not what the spec and the guide say: UPDATE_DOCS=1 cargo test -p connectors --test documents"
        );
    }
}
