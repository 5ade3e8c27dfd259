//! What holds a secret as plain text cannot be printed: a log, an error or a panic that showed such a value with
//! `{:?}` would not compile. A `SecretString` prints itself as nothing.

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

use model::api::ConfigUpdate;

/// What the name of a field says of it when it holds a secret.
const SECRETS: [&str; 10] = [
    "password",
    "secret",
    "token",
    "api_key",
    "private_key",
    "credential",
    "verifier",
    "cookie",
    "invitation",
    "assertion",
];

/// The folders of what people run.
const PARTS: [&str; 6] = [
    "app/src",
    "crates/connectors/src",
    "crates/hub/src",
    "crates/model/src",
    "crates/store/src",
    "server/src",
];

/// Fields that are only called so, and why they may be printed.
const HARMLESS: [(&str, &str); 6] = [
    ("Place.token", "where a service's listing goes on"),
    ("AccountView.credentials", "which credentials are stored, by name"),
    ("ConnectionBody.stored_credentials", "which credentials are stored, by name"),
    ("Connection.credentials", "the variables a credential is taken from"),
    ("ConfigBody.api_token", "three stars, or nothing"),
    ("HintsBody.secret_label", "what the service calls its secret"),
];

#[test]
fn what_holds_a_secret_as_plain_text_cannot_be_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let files: Vec<PathBuf> = PARTS.iter().flat_map(|part| rust_files(&root.join(part))).collect();
    let (mut seen, mut printed) = (0, BTreeSet::new());
    for file in &files {
        for field in fields(&read_to_string(file).expect("a source file")) {
            seen += 1;
            if field.is_printed && field.is_secret() {
                printed.insert(field.name);
            }
        }
    }
    assert!(files.len() > 300 && seen > 1_000, "{} files, {seen} fields", files.len());
    let harmless = HARMLESS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let new: Vec<&String> = printed.difference(&harmless).collect();
    assert!(new.is_empty(), "secrets that `{{:?}}` would show: {new:#?}");
}

#[test]
fn a_secret_that_could_be_printed_is_found() {
    let text = "#[derive(Clone, Debug)]\npub(crate) struct Sent {\n    pub secret: Option<String>,\n\
        \x20   pub key: SecretString,\n}\nstruct Kept {\n    api_token: String,\n}\n";
    let found: Vec<(String, bool)> = fields(text)
        .into_iter()
        .map(|field| (field.name.clone(), field.is_printed && field.is_secret()))
        .collect();
    let wanted = [("Sent.secret", true), ("Sent.key", false), ("Kept.api_token", false)];
    assert_eq!(found, wanted.map(|(name, is_told)| (name.to_owned(), is_told)));
}

#[test]
fn what_prints_itself_by_hand_leaves_its_secrets_out() {
    let settings = [("refresh_token".to_owned(), "CANARY".to_owned())].into();
    let update = ConfigUpdate {
        api_token: Some("CANARY".to_owned()),
        settings: Some(settings),
        ..ConfigUpdate::default()
    };
    let told = format!("{update:?}");
    assert!(told.contains("refresh_token") && !told.contains("CANARY"), "{told}");
}

/// A field of a struct or of one of an enum's cases.
struct Field {
    /// The type's name and its own.
    name: String,
    kind: String,
    /// Whether its type derives `Debug`.
    is_printed: bool,
}

impl Field {
    fn is_secret(&self) -> bool {
        let own = self.name.rsplit('.').next().unwrap_or_default();
        let is_text = ["String", "str", "Vec<u8>", "Value"].iter().any(|text| self.kind.contains(text));
        SECRETS.iter().any(|secret| own.contains(secret)) && is_text && !self.kind.contains("SecretString")
    }
}

/// The named fields of a file that is formatted as all of them are: a line each.
fn fields(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let (mut is_printed, mut of) = (false, None);
    for line in text.lines() {
        let code = line.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let code = code.trim_start_matches("pub ");
        let named = code.strip_prefix("struct ").or_else(|| code.strip_prefix("enum "));
        if code.starts_with("#[derive(") {
            is_printed = code.contains("Debug");
        } else if let Some(named) = named {
            let name = named.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            of = named.ends_with('{').then(|| (name.to_owned(), is_printed));
            is_printed = false;
        } else if line == "}" {
            of = None;
        } else if let (Some((name, is_printed)), Some((field, kind))) = (&of, code.split_once(": ")) {
            let is_name = field.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if is_name {
                let kind = kind.trim_end_matches(',').to_owned();
                fields.push(Field { name: format!("{name}.{field}"), kind, is_printed: *is_printed });
            }
        }
    }
    fields
}

/// The Rust files below a folder, tests left out.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = read_dir(folder).expect("a folder of sources").flatten().map(|entry| entry.path());
    let found = entries.flat_map(|path| match () {
        () if path.is_dir() => rust_files(&path),
        () if path.extension().is_some_and(|kind| kind == "rs") => vec![path],
        () => Vec::new(),
    });
    found.filter(|path| !path.components().any(|part| part.as_os_str() == "tests")).collect()
}
