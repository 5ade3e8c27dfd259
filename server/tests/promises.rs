//! What is promised names the tests that keep it, and they are there.

use std::collections::BTreeSet;
use std::fs::read_to_string;
use std::path::Path;

/// How many promises of each kind there are.
const PROMISES: [(char, usize); 7] = [('D', 18), ('W', 6), ('S', 8), ('N', 6), ('F', 6), ('A', 13), ('O', 6)];

/// What a file of tests holds: tests, or the one of a program that is a test by itself.
const TESTS: [&str; 4] = ["#[test]", "#[tokio::test", "on_both_engines!", "fn main() -> ExitCode"];

#[test]
fn every_promise_names_tests_that_are_there_or_says_why_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let page = read_to_string(root.join("docs/promises.md")).expect("the page of promises");
    // Its functions are made tests for each connector.
    let suite = root.join("crates/connectors/tests/contract/suite/mod.rs");
    let suite = read_to_string(suite).expect("the tests of every connector");
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    let is_promise = |line: &&str| line.starts_with("| ") && !line.starts_with("| |");
    for line in page.lines().filter(is_promise) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [promise, text, tests, less] = cells[..] else {
            faults.push(format!("not four cells: {line}"));
            continue;
        };
        if !told.insert(promise.to_owned()) || text.is_empty() || (tests.is_empty() && less.is_empty()) {
            faults.push(format!("twice, or says nothing: {line}"));
        }
        let named = tests.split("<br>").map(|test| test.trim_matches('`')).filter(|test| !test.is_empty());
        for test in named {
            let (file, name) = test.split_once("::").unwrap_or((test, ""));
            let code = read_to_string(root.join(file)).unwrap_or_default();
            let is_test = match (name, file.ends_with(".rs")) {
                ("", true) => TESTS.iter().any(|mark| code.contains(mark)),
                ("", false) => !code.is_empty(),
                (name, _) => is_test(&code, name) || (file.contains("/suite/") && suite.contains(name)),
            };
            if !is_test {
                faults.push(format!("{promise}: {test} is no test"));
            }
        }
    }
    let wanted: BTreeSet<String> = PROMISES
        .iter()
        .flat_map(|(kind, count)| (1..=*count).map(move |number| format!("{kind}{number}")))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(told, wanted);
}

/// Whether that name is a test's, and not a helper's or the beginning of another's.
fn is_test(code: &str, name: &str) -> bool {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    let place = lines.iter().position(|line| {
        let after = line.split_once("fn ").and_then(|(_, after)| after.strip_prefix(name));
        after.is_some_and(|after| after.starts_with('('))
    });
    let above =
        place.map(|place| lines[..place].iter().rev().take_while(|line| line.starts_with(['#', '/'])));
    above.is_some_and(|mut above| {
        above.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}
