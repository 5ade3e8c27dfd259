//! Domains: conditions in prefix notation.

mod leaf;

use serde_json::Value;

use super::refusal::Refusal;
use super::state::{ModelState, Row, World};
use leaf::Leaf;

/// A condition on the records of a model.
#[derive(Debug)]
pub(super) enum Domain {
    Always(bool),
    Leaf(Leaf),
    Not(Box<Domain>),
    And(Box<Domain>, Box<Domain>),
    Or(Box<Domain>, Box<Domain>),
}

impl Domain {
    /// # Errors
    /// It is no domain of this model.
    pub(super) fn parse(world: &World, model: &ModelState, given: &Value) -> Result<Self, Refusal> {
        let terms = match given {
            Value::Null | Value::Bool(false) => return Ok(Self::Always(true)),
            Value::Array(terms) => terms,
            other => return Err(Refusal::value(format!("Domain() invalid item in domain: {other}"))),
        };
        let mut stack: Vec<Self> = Vec::new();
        let missing = || Refusal::value("Domain() is missing some operand(s)");
        for term in terms.iter().rev() {
            let node = match term {
                Value::String(word) => {
                    let mut next = || stack.pop().map(Box::new).ok_or_else(missing);
                    match word.as_str() {
                        "!" => Self::Not(next()?),
                        "&" => Self::And(next()?, next()?),
                        "|" => Self::Or(next()?, next()?),
                        other => {
                            return Err(Refusal::value(format!(
                                "Domain() invalid item in domain: '{other}'"
                            )));
                        }
                    }
                }
                term => Self::term(world, model, term)?,
            };
            stack.push(node);
        }
        // Between terms without a word, `and` is meant.
        Ok(stack
            .into_iter()
            .reduce(|all, one| Self::And(Box::new(one), Box::new(all)))
            .unwrap_or(Self::Always(true)))
    }

    fn term(world: &World, model: &ModelState, term: &Value) -> Result<Self, Refusal> {
        match term.as_array().map(Vec::as_slice) {
            Some([Value::Number(left), Value::String(op), right]) if op == "=" => {
                Ok(Self::Always(left.as_i64() == right.as_i64()))
            }
            Some([Value::String(path), Value::String(op), value]) => {
                let (leaf, negated) = Leaf::parse(world, model, path, op, value)?;
                let leaf = Self::Leaf(leaf);
                Ok(if negated { Self::Not(Box::new(leaf)) } else { leaf })
            }
            _ => Err(Refusal::value(format!("Domain() invalid item in domain: {term}"))),
        }
    }

    /// Whether a record fulfils it.
    pub(super) fn matches(&self, world: &World, model: &ModelState, row: &Row) -> bool {
        match self {
            Self::Always(yes) => *yes,
            Self::Leaf(leaf) => leaf.matches(world, model, row),
            Self::Not(inner) => !inner.matches(world, model, row),
            Self::And(a, b) => a.matches(world, model, row) && b.matches(world, model, row),
            Self::Or(a, b) => a.matches(world, model, row) || b.matches(world, model, row),
        }
    }

    /// Whether it speaks of a field.
    pub(super) fn mentions(&self, field: &str) -> bool {
        match self {
            Self::Always(_) => false,
            Self::Leaf(leaf) => leaf.mentions(field),
            Self::Not(inner) => inner.mentions(field),
            Self::And(a, b) | Self::Or(a, b) => a.mentions(field) || b.mentions(field),
        }
    }
}
