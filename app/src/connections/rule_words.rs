//! Rules as people say them.

use model::rule::Must;
use model::{Lang, notation};

use crate::i18n::lang;
use crate::ledger::say;

/// What a column must hold, in a few words.
pub(super) fn words(must: &Must) -> String {
    match must {
        Must::Required => say("une valeur est obligatoire", "a value is required").to_owned(),
        Must::Type { of } => match (of.label(), lang()) {
            (label, Lang::Fr) => format!("de type «\u{a0}{}\u{a0}»", label.fr),
            (label, Lang::En) => format!("of type “{}”", label.en),
        },
        Must::Range { min, max } => range(*min, *max),
        Must::Pattern { regex } => match lang() {
            Lang::Fr => format!("correspond au motif «\u{a0}{regex}\u{a0}»"),
            Lang::En => format!("matches the pattern “{regex}”"),
        },
        Must::OneOf { values } => match lang() {
            Lang::Fr => format!("une de ces valeurs\u{a0}: {}", values.join(", ")),
            Lang::En => format!("one of these values: {}", values.join(", ")),
        },
    }
}

fn range(min: Option<f64>, max: Option<f64>) -> String {
    let number = |number: f64| notation::typed(number, lang());
    match (lang(), min, max) {
        (Lang::Fr, Some(min), Some(max)) => format!("entre {} et {}", number(min), number(max)),
        (Lang::Fr, Some(min), None) => format!("au moins {}", number(min)),
        (Lang::Fr, None, Some(max)) => format!("au plus {}", number(max)),
        (Lang::En, Some(min), Some(max)) => format!("between {} and {}", number(min), number(max)),
        (Lang::En, Some(min), None) => format!("at least {}", number(min)),
        (Lang::En, None, Some(max)) => format!("at most {}", number(max)),
        (_, None, None) => say("un nombre", "a number").to_owned(),
    }
}
