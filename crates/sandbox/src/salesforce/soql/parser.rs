//! A query from its words.

use super::lexer::{Token, TokenKind, tokens};
use super::{Condition, Items, Literal, Operator, Path, Select};

/// The longest query, in characters.
const LONGEST: usize = 100_000;
/// The longest text of a condition, in characters.
const LONGEST_TEXT: usize = 4_000;

/// # Errors
/// What is wrong with it, in the service's words.
pub(in crate::salesforce) fn parse(query: &str) -> Result<Select, String> {
    if query.chars().count() > LONGEST {
        return Err("SOQL statements cannot be longer than 100000 characters.".to_owned());
    }
    let mut parser = Parser { tokens: tokens(query)?, at: 0 };
    let select = parser.select()?;
    match parser.tokens.get(parser.at) {
        None => Ok(select),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn select(&mut self) -> Result<Select, String> {
        self.keyword("SELECT")?;
        let items = self.items()?;
        self.keyword("FROM")?;
        let object = self.word()?;
        let filter = if self.take("WHERE") { Some(self.any()?) } else { None };
        let mut order = Vec::new();
        if self.take("ORDER") {
            self.keyword("BY")?;
            loop {
                let path = self.path()?;
                let backwards = self.take("DESC");
                if !backwards {
                    self.take("ASC");
                }
                order.push((path, backwards));
                if !self.take_sign(",") {
                    break;
                }
            }
        }
        let limit = if self.take("LIMIT") { Some(self.number()?) } else { None };
        let offset = if self.take("OFFSET") { self.number()? } else { 0 };
        Ok(Select { items, object, filter, order, limit, offset })
    }

    fn items(&mut self) -> Result<Items, String> {
        let first = self.word()?;
        if self.take_sign("(") {
            let items = match first.to_ascii_uppercase().as_str() {
                "COUNT" => Items::Count,
                "FIELDS" if ["ALL", "STANDARD", "CUSTOM"].into_iter().any(|which| self.take(which)) => {
                    Items::All
                }
                _ => return Err(self.unexpected()),
            };
            return if self.take_sign(")") { Ok(items) } else { Err(self.unexpected()) };
        }
        let mut fields = vec![split(&first)];
        while self.take_sign(",") {
            fields.push(self.path()?);
        }
        Ok(Items::Fields(fields))
    }

    fn any(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.all()?];
        while self.take("OR") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn all(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.one()?];
        while self.take("AND") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn one(&mut self) -> Result<Condition, String> {
        if self.take("NOT") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.take_sign("(") {
            let inner = self.any()?;
            return if self.take_sign(")") { Ok(inner) } else { Err(self.unexpected()) };
        }
        let path = self.path()?;
        let is_among = self.take("IN");
        if is_among || self.take("NOT") {
            if !is_among {
                self.keyword("IN")?;
            }
            return Ok(Condition::Among(path, is_among, self.list()?));
        }
        let operator = self.operator()?;
        Ok(Condition::Compare(path, operator, self.literal()?))
    }

    fn operator(&mut self) -> Result<Operator, String> {
        if self.take("LIKE") {
            return Ok(Operator::Like);
        }
        let operator = match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(TokenKind::Sign("=")) => Operator::Equal,
            Some(TokenKind::Sign("!=")) => Operator::Unequal,
            Some(TokenKind::Sign("<")) => Operator::Less,
            Some(TokenKind::Sign("<=")) => Operator::LessOrEqual,
            Some(TokenKind::Sign(">")) => Operator::Greater,
            Some(TokenKind::Sign(">=")) => Operator::GreaterOrEqual,
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(operator)
    }

    fn list(&mut self) -> Result<Vec<Literal>, String> {
        if !self.take_sign("(") {
            return Err(self.unexpected());
        }
        let mut literals = vec![self.literal()?];
        while self.take_sign(",") {
            literals.push(self.literal()?);
        }
        if self.take_sign(")") { Ok(literals) } else { Err(self.unexpected()) }
    }

    fn literal(&mut self) -> Result<Literal, String> {
        let literal = match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(TokenKind::Text(text)) if text.chars().count() > LONGEST_TEXT => {
                return Err("string literal is too long".to_owned());
            }
            Some(TokenKind::Text(text)) => Literal::Text(text.clone()),
            Some(TokenKind::Word(word)) => Literal::Bare(word.clone()),
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(literal)
    }

    fn number(&mut self) -> Result<usize, String> {
        self.word()?.parse().map_err(|_| self.unexpected())
    }

    fn path(&mut self) -> Result<Path, String> {
        self.word().map(|word| split(&word))
    }

    fn word(&mut self) -> Result<String, String> {
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(TokenKind::Word(word)) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn keyword(&mut self, keyword: &str) -> Result<(), String> {
        if self.take(keyword) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Goes past a keyword, if it is there.
    fn take(&mut self, keyword: &str) -> bool {
        let next = self.tokens.get(self.at).map(|token| &token.kind);
        let is_there = matches!(next, Some(TokenKind::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.at += usize::from(is_there);
        is_there
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let next = self.tokens.get(self.at).map(|token| &token.kind);
        let is_there = matches!(next, Some(TokenKind::Sign(found)) if *found == sign);
        self.at += usize::from(is_there);
        is_there
    }

    fn unexpected(&self) -> String {
        match self.tokens.get(self.at) {
            None => "unexpected token: '<EOF>'".to_owned(),
            Some(Token { kind, column }) => {
                let shown = match kind {
                    TokenKind::Word(word) => word.clone(),
                    TokenKind::Text(text) => format!("'{text}'"),
                    TokenKind::Sign(sign) => (*sign).to_owned(),
                };
                format!("ERROR at Row:1:Column:{column}\nunexpected token: '{shown}'")
            }
        }
    }
}

fn split(word: &str) -> Path {
    word.split('.').map(str::to_owned).collect()
}
