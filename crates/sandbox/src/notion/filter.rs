//! Filters of a query.

mod dates;
mod read;
mod test;

pub(super) use read::read;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::render::{Cell, INLINE};
use super::state::{PageState, SourceState, World};
use dates::DateTest;

/// A filter whose names are resolved.
#[derive(Debug)]
pub(super) enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Test(Subject, Test),
}

/// What a test looks at.
#[derive(Debug)]
pub(super) enum Subject {
    /// The property of this id.
    Property(String),
    Created,
    Edited,
}

/// What is asked of it.
#[derive(Debug)]
pub(super) enum Test {
    Empty(bool),
    Text(TextTest, String),
    Number(NumberTest, f64),
    /// A checkbox.
    Is(bool),
    /// Equal to one of these options, or to none of them.
    Option(bool, Vec<String>),
    /// Holds one of these options, users or pages, or none of them.
    Holds(bool, Vec<String>),
    Date(DateTest),
    Verified(String),
    /// Any, every or none of the values of a rollup.
    Rolled(Quantity, Box<Test>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextTest {
    Equals,
    DoesNotEqual,
    Contains,
    DoesNotContain,
    StartsWith,
    EndsWith,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberTest {
    Equals,
    DoesNotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Any,
    Every,
    None,
}

impl Filter {
    /// Whether a page passes.
    pub(super) fn passes(
        &self,
        world: &World,
        source: &SourceState,
        page: &PageState,
        now: DateTime<Utc>,
    ) -> bool {
        match self {
            Self::And(all) => all.iter().all(|filter| filter.passes(world, source, page, now)),
            Self::Or(any) => any.iter().any(|filter| filter.passes(world, source, page, now)),
            Self::Test(Subject::Created, test) => {
                test.passes(&super::moments::shown(page.created.at).into(), now)
            }
            Self::Test(Subject::Edited, test) => {
                test.passes(&super::moments::shown(page.edited.at).into(), now)
            }
            Self::Test(Subject::Property(id), test) => {
                let Some(column) = source.column(id) else { return false };
                let value: Value = Cell { world, source, page, column, now, with_email: false }.value(INLINE);
                test.passes(&value, now)
            }
        }
    }
}
