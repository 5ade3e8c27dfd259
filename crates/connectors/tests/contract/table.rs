//! `docs/contract.md`: which functions of the suite are tried on which connector, from what each fixture names
//! for itself, so that the table cannot say more than is tried.
//!
//! `UPDATE_DOCS=1 cargo test -p connectors --test contract table` writes it anew.

use std::collections::HashSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::suite::Checks;
use crate::{
    airtable, bamboohr, google_sheets, hubspot, notion, odoo, pipedrive, rest_api, salesforce, workday,
};

/// The parts of the suite, as headings.
const PARTS: [(&str, &str); 7] = [
    ("describes", "What is said of it"),
    ("honest", "What is promised of it"),
    ("secrets", "Secrets"),
    ("reads", "Reading"),
    ("writes", "Writing"),
    ("faults", "Faults"),
    ("limits", "Limits"),
];

const ABOUT: &str = "\
<!-- Written from the contract suite; see CONTRIBUTING.md. -->

# What every connector is tried for

Each line is a function of the suite in `crates/connectors/tests/contract/suite`, by its own name, and each ✓ a test
of `make test`, held against a simulator of the service. – means that it does not apply: the service has no such
thing, or behaves so that tests of the connector's own ask for it instead, as its fixture in
`crates/connectors/tests/contract` says. A number tells the ways of reading the service that it is tried on, where
they are not all. iSaVigne, which is files and no service, has tests of its own.
";

/// A connector's name, and what is tried on it in each way of reaching its service.
struct Column {
    name: String,
    ways: Vec<(&'static str, Checks)>,
}

/// Every connector; one without fixtures is an error.
fn columns() -> Vec<Column> {
    let all = connectors::all().into_iter().map(|connector| connector.spec());
    all.map(|spec| Column { name: spec.name, ways: ways(&spec.id) }).collect()
}

fn ways(connector: &str) -> Vec<(&'static str, Checks)> {
    match connector {
        "airtable" => vec![("", airtable::CHECKS)],
        "bamboohr" => vec![
            ("the directory", bamboohr::directory::CHECKS),
            ("reports", bamboohr::report::CHECKS),
            ("employees", bamboohr::employees::CHECKS),
            ("datasets", bamboohr::dataset::CHECKS),
        ],
        "google_sheets" => vec![("", google_sheets::CHECKS)],
        "hubspot" => vec![("", hubspot::CHECKS)],
        "notion" => vec![("", notion::CHECKS)],
        "odoo" => vec![("JSON-2", odoo::json2::CHECKS), ("JSON-RPC", odoo::jsonrpc::CHECKS)],
        "pipedrive" => vec![("", pipedrive::CHECKS)],
        "rest_api" => vec![("cursors", rest_api::cursor::CHECKS), ("numbers", rest_api::numbered::CHECKS)],
        "salesforce" => vec![("", salesforce::CHECKS)],
        "workday" => vec![("reports", workday::report::CHECKS), ("workers", workday::workers::CHECKS)],
        unknown => panic!("{unknown} has no fixture"),
    }
}

fn has(checks: Checks, part: &str, name: &str) -> bool {
    checks.iter().any(|some| some.contains(&(part, name)))
}

/// Every function of a part that is tried on anybody. One that is tried on nobody does not compile.
fn functions(columns: &[Column], part: &str) -> Vec<&'static str> {
    let checks = columns.iter().flat_map(|column| &column.ways).flat_map(|(_, checks)| *checks);
    let mut names = Vec::new();
    for (_, name) in checks.flat_map(|some| *some).filter(|(of, _)| *of == part) {
        if !names.contains(name) {
            names.push(*name);
        }
    }
    names
}

/// `✓`, `–`, or the number of the note that names the ways it holds for.
fn cell(column: &Column, part: &str, name: &str, notes: &mut Vec<String>) -> String {
    let held: Vec<&str> =
        column.ways.iter().filter(|(_, checks)| has(checks, part, name)).map(|(way, _)| *way).collect();
    if held.is_empty() {
        return "–".to_owned();
    }
    if held.len() == column.ways.len() {
        return "✓".to_owned();
    }
    let note = format!("{}: {}", column.name, held.join(", "));
    let known = notes.iter().position(|known| *known == note).unwrap_or_else(|| {
        notes.push(note);
        notes.len() - 1
    });
    format!("✓ ({})", known + 1)
}

fn table() -> String {
    let columns = columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let (mut page, mut notes) = (ABOUT.to_owned(), Vec::new());
    for (part, heading) in PARTS {
        let _ = write!(page, "\n## {heading}\n\n| | {} |\n|---|", names.join(" | "));
        page.push_str(&":-:|".repeat(columns.len()));
        for name in functions(&columns, part) {
            let cells: Vec<String> =
                columns.iter().map(|column| cell(column, part, name, &mut notes)).collect();
            let _ = write!(page, "\n| {} | {} |", name.replace('_', " "), cells.join(" | "));
        }
        page.push('\n');
    }
    page.push_str("\n## Tried in some ways only\n\n");
    for (place, note) in notes.iter().enumerate() {
        let _ = writeln!(page, "{}. {note}", place + 1);
    }
    page
}

#[test]
fn the_table_says_what_is_tried() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/contract.md");
    let columns = columns();
    let told: usize = PARTS.iter().map(|(part, _)| functions(&columns, part).len()).sum();
    let tried: HashSet<_> =
        columns.iter().flat_map(|column| &column.ways).flat_map(|(_, checks)| checks.concat()).collect();
    assert_eq!(told, tried.len(), "every part has a heading");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, table()).expect("a page");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == table(),
        "docs/contract.md is not what is tried: UPDATE_DOCS=1 cargo test -p connectors --test contract table"
    );
}
