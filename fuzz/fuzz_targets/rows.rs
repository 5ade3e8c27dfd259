//! Rows of a dataset as a service sends them: the first line is a list of rules, each further one a row.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::dataset::{Shape, cells};
use model::rule::{Checker, Rule};

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let rules: Vec<Rule> = lines.next().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
    let checker = Checker::new(&rules).ok();
    let mut shape = Shape::default();
    for row in lines.filter_map(|line| cells(line).ok()) {
        shape.take(&row, true);
        if let Some(checker) = &checker {
            let _ = checker.check(&row);
        }
    }
    let _ = shape.columns();
});
