//! The connector as data.

use std::collections::{BTreeMap, HashSet};

use connectors::http::{Http, Policy};
use connectors::{Context, ErrorKind, Settings};
use model::Text;

use crate::fixture::Fixture;

pub(crate) async fn the_spec_is_complete<F: Fixture>() {
    let spec = F::connector().spec();
    assert!(spec.id.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", spec.id);
    assert!(!spec.name.is_empty());
    both_languages(&spec.summary);
    assert!(spec.capabilities.in_flight >= 1);
    assert!(!spec.capabilities.writes || spec.capabilities.write_batch >= 1);
    let mut keys = HashSet::new();
    for group in &spec.groups {
        both_languages(&group.title);
    }
    for field in spec.fields() {
        assert!(keys.insert(field.key.clone()), "{} stands twice", field.key);
        assert!(field.key.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", field.key);
        both_languages(&field.label);
        both_languages(&field.help);
        assert!(
            field.help.fr.ends_with('.') && field.help.en.ends_with('.'),
            "{}: {:?}",
            field.key,
            field.help
        );
        assert!(!field.example.is_empty(), "{} has no example", field.key);
    }
    for (place, field) in spec.fields().enumerate() {
        let Some(condition) = &field.shown_when else { continue };
        let other = spec.fields().take(place).find(|other| other.key == condition.key);
        let other = other.unwrap_or_else(|| panic!("{} depends on a field that is not before it", field.key));
        for value in &condition.values {
            let held = BTreeMap::from([(other.key.clone(), value.clone())]);
            assert_eq!(spec.validate(&held), [], "{} is never shown", field.key);
        }
    }
    let examples: BTreeMap<String, String> =
        spec.fields().map(|field| (field.key.clone(), field.example.clone())).collect();
    assert_eq!(spec.validate(&examples), [], "the examples must be valid");
    assert_eq!(spec.missing(&examples), Vec::<&model::spec::FormField>::new());
    assert!(spec.fields().any(|field| spec.is_secret(&field.key)), "credentials must be sealed");
}

pub(crate) async fn missing_settings_are_named<F: Fixture>() {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: None, tokens: None };
    let Err(error) = F::connector().connect(&context, Settings::default()) else {
        panic!("nothing is configured")
    };
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    both_languages(&error.message);
    let label = F::connector().spec().fields().next().expect("a field").label.fr.clone();
    assert!(error.message.fr.contains(&*label), "{error}");
}

pub(crate) async fn the_guide_speaks_both_languages<F: Fixture>() {
    let guide = F::connector().guide().to_owned();
    assert_eq!(
        guide.matches("\n# ").count() + usize::from(guide.starts_with("# ")),
        2,
        "one title for each language"
    );
    assert!(guide.contains("## Ce qui n'est pas possible") && guide.contains("## What is not possible"));
}

fn both_languages(text: &Text) {
    assert!(!text.fr.trim().is_empty() && !text.en.trim().is_empty(), "{text:?}");
}
