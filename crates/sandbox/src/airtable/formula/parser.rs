//! Recursive descent over the tokens. Weakest first: comparison, `&`, `+ -`, `* /`, sign.

use super::lexer::{Token, tokens};
use super::{Expr, Op, functions};

const INVALID: &str = "Invalid formula. Please check your formula text.";

pub(super) fn parse(source: &str) -> Result<Expr, String> {
    let tokens = tokens(source).ok_or(INVALID)?.into_iter().map(|(token, _)| token).collect();
    let mut parser = Parser { tokens, at: 0 };
    let expr = parser.level(0)?;
    if parser.at == parser.tokens.len() { Ok(expr) } else { Err(INVALID.into()) }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

const LEVELS: [&[(&str, Op)]; 4] = [
    &[
        ("=", Op::Equal),
        ("!=", Op::Unequal),
        ("<", Op::Less),
        ("<=", Op::LessEqual),
        (">", Op::Greater),
        (">=", Op::GreaterEqual),
    ],
    &[("&", Op::Join)],
    &[("+", Op::Plus), ("-", Op::Minus)],
    &[("*", Op::Times), ("/", Op::Divide)],
];

impl Parser {
    fn level(&mut self, level: usize) -> Result<Expr, String> {
        let Some(operators) = LEVELS.get(level) else {
            return self.signed();
        };
        let mut left = self.level(level + 1)?;
        while let Some(Token::Mark(mark)) = self.tokens.get(self.at)
            && let Some((_, op)) = operators.iter().find(|(text, _)| text == mark)
        {
            self.at += 1;
            left = Expr::Binary(*op, Box::new(left), Box::new(self.level(level + 1)?));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expr, String> {
        if self.take("-") {
            return Ok(Expr::Negative(Box::new(self.signed()?)));
        }
        if self.take("+") {
            return self.signed();
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Expr, String> {
        let token = self.tokens.get(self.at).cloned().ok_or(INVALID)?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Expr::Number(number)),
            Token::Text(text) => Ok(Expr::Text(text)),
            Token::Field(name) => Ok(Expr::Field(name)),
            Token::Word(word) if self.take("(") => self.call(&word),
            Token::Word(word) if word == "values" => Ok(Expr::RolledUp),
            Token::Word(word) => Ok(Expr::Field(word)),
            Token::Mark("(") => {
                let inner = self.level(0)?;
                if self.take(")") { Ok(inner) } else { Err(INVALID.into()) }
            }
            Token::Mark(_) => Err(INVALID.into()),
        }
    }

    fn call(&mut self, word: &str) -> Result<Expr, String> {
        let mut args = Vec::new();
        if !self.take(")") {
            loop {
                args.push(self.level(0)?);
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    return Err(INVALID.into());
                }
            }
        }
        let function = functions::find(word).ok_or_else(|| format!("Unknown function names: {word}"))?;
        if function.takes(args.len()) {
            Ok(Expr::Call(function.name, args))
        } else {
            Err(format!("Invalid arguments for function {}.", function.name))
        }
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Mark(next)) if *next == mark);
        self.at += usize::from(found);
        found
    }
}
