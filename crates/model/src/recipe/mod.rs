//! Recipes: what a field holds, made of one or several columns by light steps.
//!
//! A recipe is kept per connection and per field of the destination. Where there is none, the field takes
//! the column it is mapped to as it is.

mod apply;
mod faults;
mod target;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use faults::faults;
pub use target::{Target, TargetField};

/// Field of the destination → how it is made; see [`Target::key`].
pub type Recipes = BTreeMap<String, Recipe>;

/// How one field is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The columns it is made of, by name, in order. None for a constant.
    #[serde(default)]
    pub from: Vec<String>,
    /// What is done with them, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// One thing done to a value. A value that is absent stays absent, an empty one empty, unless a step says
/// otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Always this text.
    Constant {
        /// The text.
        value: String,
    },
    /// The columns one after the other; empty ones are left out, and where one is absent nothing is known of
    /// the whole. What stands before it is done to each column; without it only the first column counts.
    Join {
        /// What stands between them.
        separator: String,
    },
    /// One part of the text.
    Split {
        /// What stands between the parts.
        separator: String,
        /// Which part, from 1; from the end when negative.
        part: i32,
    },
    /// Small or capital letters.
    Case {
        /// Which.
        to: Case,
    },
    /// A date written in a known way (strftime words, such as `%d/%m/%Y`) becomes a day.
    Date {
        /// How it is written.
        format: String,
    },
    /// A number written in a known way becomes a number.
    Number {
        /// `,` or `.`.
        decimal: char,
    },
    /// A word becomes another word; case and accents are ignored.
    Table {
        /// Word → what it stands for.
        words: BTreeMap<String, String>,
        /// What other words become; they stay as they are when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<String>,
    },
}

/// How letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// dupont
    Lower,
    /// DUPONT
    Upper,
    /// Jean Dupont
    Title,
}
