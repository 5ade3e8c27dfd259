//! What people and services write for amounts, days, times and mappings.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use model::canonical::Format;
use model::decimal::{self, Mark};
use model::{Frequency, Mapping, parse};

fuzz_target!(|text: &str| {
    let _ = parse::amount(text);
    let _ = parse::date(text);
    let _ = parse::shorten(text);
    for mark in [None, Some(Mark::Comma), Some(Mark::Point)] {
        let _ = decimal::read(text, mark);
    }
    let _ = Format::read(text);
    let _ = Frequency::parse(text);
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    let entries: BTreeMap<String, String> = pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    if let Ok(mapping) = Mapping::parse(&entries) {
        let saved = mapping.0.iter().map(|(field, name)| (field.key().to_owned(), name.clone())).collect();
        assert_eq!(Mapping::parse(&saved), Ok(mapping));
    }
});
