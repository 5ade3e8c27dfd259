//! Fields of forms, as they are written down.

use model::Text;
use model::spec::{ChoiceOption, FieldKind, FormField, ShownWhen};

/// A field that may stay empty.
pub(crate) fn field(key: &str, label: Text, help: Text, example: &str, kind: FieldKind) -> FormField {
    FormField {
        key: key.to_owned(),
        label,
        help,
        example: example.to_owned(),
        kind,
        required: false,
        shown_when: None,
    }
}

/// The same, but nothing works without it where it is shown.
pub(crate) fn needed(field: FormField) -> FormField {
    FormField { required: true, ..field }
}

/// The same, asked for only when another field holds one of these values.
pub(crate) fn when(key: &str, values: &[&str], field: FormField) -> FormField {
    FormField { shown_when: Some(ShownWhen::is(key, values)), ..field }
}

/// What one chooses from; the first is what an empty field means.
pub(crate) fn choice(options: &[(&str, &'static str, &'static str)]) -> FieldKind {
    let option = |(value, fr, en): &(&str, &'static str, &'static str)| ChoiceOption {
        value: (*value).to_owned(),
        label: Text::fixed(fr, en),
    };
    FieldKind::Choice { options: options.iter().map(option).collect() }
}
