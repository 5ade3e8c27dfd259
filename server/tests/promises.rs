//! What is promised names the tests that keep it, and they are there.

use std::collections::BTreeSet;
use std::fs::read_to_string;
use std::path::Path;

/// How many promises of each kind there are.
const PROMISES: [(char, usize); 7] = [('D', 18), ('W', 6), ('S', 8), ('N', 6), ('F', 6), ('A', 13), ('O', 6)];

#[test]
fn every_promise_names_tests_that_are_there_or_says_why_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let page = read_to_string(root.join("docs/promises.md")).expect("the page of promises");
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
            let is_there =
                if name.is_empty() { !code.is_empty() } else { code.contains(&format!("fn {name}")) };
            if !is_there {
                faults.push(format!("{promise}: there is no {test}"));
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
