//! How bottles are packed: `75 cl`, `Magnum`, `Caisse de 6`, `12 x 37,5 cl`.

use crate::decimal;

/// A way of packing: so many bottles of that size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format {
    /// Bottles in what is sold as one.
    pub bottles: f64,
    /// Centilitres in one bottle.
    pub centilitres: f64,
}

/// The names of big and small bottles, without case, accents and spaces, in centilitres. The longer name
/// stands before the one it contains.
const NAMES: [(&str, f64); 15] = [
    ("demibouteille", 37.5),
    ("demie", 37.5),
    ("demi", 37.5),
    ("half", 37.5),
    ("fillette", 37.5),
    ("doublemagnum", 300.0),
    ("magnum", 150.0),
    ("jeroboam", 300.0),
    ("rehoboam", 450.0),
    ("mathusalem", 600.0),
    ("imperiale", 600.0),
    ("salmanazar", 900.0),
    ("balthazar", 1200.0),
    ("nabuchodonosor", 1500.0),
    ("bouteille", 75.0),
];

/// The words before or after the number of bottles of a case.
const CASES: [&str; 9] =
    ["caisse", "carton", "case", "coffret", "colis", "pack", "lotde", "box", "caissebois"];

impl Format {
    /// The usual bottle, alone.
    pub const BOTTLE: Format = Format { bottles: 1.0, centilitres: 75.0 };

    /// What one of it counts in bottles of 75 cl.
    pub fn equivalents(self) -> f64 {
        self.bottles * self.centilitres / 75.0
    }

    /// Reads a format; `None` when the text speaks of neither a size nor a case.
    pub fn read(text: &str) -> Option<Format> {
        if text.trim().eq_ignore_ascii_case("75 cl") {
            return Some(Format::BOTTLE);
        }
        let text = text.to_lowercase();
        let tokens = tokens(&text);
        let folded = crate::fold::fold(&text);
        let named = NAMES.iter().find(|(name, _)| folded.contains(name)).map(|(_, cl)| *cl);
        let sized = tokens.windows(2).find_map(|pair| size(pair[0], pair[1]));
        let bottles = bottles(&tokens, &folded);
        if named.is_none() && sized.is_none() && bottles.is_none() {
            // A bare number is a size in centilitres, as in a column named « contenance (cl) ».
            let Token::Number(number) = *tokens.first()? else { return None };
            return (tokens.len() == 1 && (10.0..=3000.0).contains(&number))
                .then_some(Format { bottles: 1.0, centilitres: number });
        }
        let centilitres = sized.or(named).unwrap_or(75.0);
        (centilitres > 0.0).then_some(Format { bottles: bottles.unwrap_or(1.0), centilitres })
    }
}

/// A number or a word of a format.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Number(f64),
    Word(&'a str),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let belongs = |c: char| {
            if is_number { c.is_ascii_digit() || matches!(c, ',' | '.') } else { c.is_alphabetic() }
        };
        let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (token, after) = rest.split_at(end);
        if is_number {
            if let Ok(number) = decimal::read(token.trim_end_matches([',', '.']), None) {
                tokens.push(Token::Number(number.as_f64()));
            }
        } else if first.is_alphabetic() || matches!(first, '*' | '×' | '/') {
            tokens.push(Token::Word(token));
        }
        rest = after.trim_start();
    }
    tokens
}

/// The centilitres of a number and the word behind it.
fn size(number: Token<'_>, unit: Token<'_>) -> Option<f64> {
    let (Token::Number(number), Token::Word(unit)) = (number, unit) else { return None };
    match unit {
        "cl" | "centilitre" | "centilitres" => Some(number),
        "l" | "litre" | "litres" | "liter" => Some(number * 100.0),
        "ml" => Some(number / 10.0),
        _ => None,
    }
}

/// The number of bottles: before a `x`, after or before the word for a case.
fn bottles(tokens: &[Token<'_>], folded: &str) -> Option<f64> {
    let times = tokens.windows(2).find_map(|pair| match *pair {
        [Token::Number(number), Token::Word("x" | "*" | "×")] => Some(number),
        _ => None,
    });
    let followed_by_bottles = || {
        tokens.windows(2).find_map(|pair| match *pair {
            [Token::Number(number), Token::Word(word)]
                if word.starts_with("bouteille")
                    || matches!(word, "bt" | "btl" | "bts" | "blles" | "bottles") =>
            {
                Some(number)
            }
            _ => None,
        })
    };
    let in_a_case = || {
        CASES.iter().any(|case| folded.contains(case)).then(|| {
            tokens.iter().enumerate().find_map(|(i, token)| match *token {
                Token::Number(number)
                    if tokens.get(i + 1).is_none_or(|next| size(*token, *next).is_none()) =>
                {
                    Some(number)
                }
                _ => None,
            })
        })?
    };
    let short = || match *tokens {
        // `C6`, `CBO12`, `x6`.
        [Token::Word("c" | "cb" | "cbo" | "ct" | "x"), Token::Number(number)] => Some(number),
        _ => None,
    };
    times
        .or_else(followed_by_bottles)
        .or_else(in_a_case)
        .or_else(short)
        .filter(|number| number.fract() == 0.0 && (1.0..=1000.0).contains(number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formats_as_merchants_write_them() {
        for (text, bottles, centilitres) in [
            ("75 cl", 1.0, 75.0),
            ("75cl", 1.0, 75.0),
            ("37,5 cl", 1.0, 37.5),
            ("37.5CL", 1.0, 37.5),
            ("0,75 L", 1.0, 75.0),
            ("750 ml", 1.0, 75.0),
            ("150", 1.0, 150.0),
            ("Magnum", 1.0, 150.0),
            ("magnum 1,5 L", 1.0, 150.0),
            ("Jéroboam", 1.0, 300.0),
            ("Demi-bouteille", 1.0, 37.5),
            ("Bouteille", 1.0, 75.0),
            ("Caisse de 6", 6.0, 75.0),
            ("carton de 12 bouteilles", 12.0, 75.0),
            ("Case of 12", 12.0, 75.0),
            ("6 x 75 cl", 6.0, 75.0),
            ("12x37,5cl", 12.0, 37.5),
            ("Caisse de 6 magnums", 6.0, 150.0),
            ("caisse bois 3 x 150 cl", 3.0, 150.0),
            ("carton 75 cl de 6", 6.0, 75.0),
            ("CBO6", 6.0, 75.0),
        ] {
            assert_eq!(Format::read(text), Some(Format { bottles, centilitres }), "{text}");
        }
        for text in ["", "vrac", "0 cl", "grand cru", "6", "99999"] {
            assert_eq!(Format::read(text), None, "{text}");
        }
        let case = Format::read("caisse de 6 magnums").unwrap();
        assert_eq!(case.equivalents(), 12.0);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}") {
            let _ = Format::read(&text);
        }

        #[test]
        fn a_case_holds_what_it_says(bottles in 1_u16..=24, cl in prop::sample::select(vec![25, 50, 75, 150, 300])) {
            let format = Format::read(&format!("{bottles} x {cl} cl")).unwrap();
            prop_assert_eq!(format.equivalents(), f64::from(bottles) * f64::from(cl) / 75.0);
        }
    }
}
