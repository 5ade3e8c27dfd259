//! Rules: what the columns of a connection must hold for a row to be taken.

mod check;
mod reading;

use serde::{Deserialize, Serialize};

pub use check::{Broken, Checker, faults};

/// What one column must hold. A row that breaks a rule is refused and kept, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The column's name.
    pub column: String,
    /// What it must hold.
    #[serde(flatten)]
    pub must: Must,
}

/// What a column must hold. An empty value breaks [`Must::Required`] only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "must", rename_all = "snake_case")]
pub enum Must {
    /// Something.
    Required,
    /// A value of this type.
    Type {
        /// The type.
        of: crate::dataset::ColumnType,
    },
    /// A number between these two, both included.
    Range {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// A text that matches this regular expression as a whole.
    Pattern {
        /// The expression.
        regex: String,
    },
    /// One of these texts.
    OneOf {
        /// The texts.
        values: Vec<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_as_they_are_kept() {
        let of = crate::dataset::ColumnType::DateTime;
        for (must, json) in [
            (Must::Required, r#"{"column":"c","must":"required"}"#),
            (Must::Type { of }, r#"{"column":"c","must":"type","of":"date_time"}"#),
            (Must::Range { min: Some(1.5), max: None }, r#"{"column":"c","must":"range","min":1.5}"#),
            (Must::Pattern { regex: "x".to_owned() }, r#"{"column":"c","must":"pattern","regex":"x"}"#),
            (
                Must::OneOf { values: vec!["a".to_owned()] },
                r#"{"column":"c","must":"one_of","values":["a"]}"#,
            ),
        ] {
            let rule = Rule { column: "c".to_owned(), must };
            assert_eq!(serde_json::to_string(&rule).ok().as_deref(), Some(json));
            assert_eq!(serde_json::from_str(json).ok(), Some(rule));
        }
        assert!(serde_json::from_str::<Rule>(r#"{"column":"c","must":"glow"}"#).is_err());
    }
}
