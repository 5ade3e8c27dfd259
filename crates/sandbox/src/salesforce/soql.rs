//! The query language, as far as records are listed with it.

mod filter;
mod lexer;
mod parser;

pub(super) use filter::{compare, holds};
pub(super) use parser::parse;

/// The names of fields that lead to a value, such as `Account.Name`.
pub(super) type Path = Vec<String>;

/// A query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Select {
    pub(super) items: Items,
    pub(super) object: String,
    pub(super) filter: Option<Condition>,
    /// What the records are sorted by, and whether backwards.
    pub(super) order: Vec<(Path, bool)>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Items {
    /// `COUNT()`.
    Count,
    /// `FIELDS(ALL)`.
    All,
    /// Fields of the object and of the records it links to.
    Fields(Vec<Path>),
}

/// What must hold of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Path, Operator, Literal),
    /// `IN`, or `NOT IN` where it is `false`.
    Among(Path, bool, Vec<Literal>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}

/// A value as it is written in a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    /// In quotes.
    Text(String),
    /// Anything else: a number, a day, a moment, `TRUE`, `NULL`.
    Bare(String),
}
