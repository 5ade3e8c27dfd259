//! Words that stand for one of a few things: colours of wine, yes and no.

use crate::fold::fold;

/// The category of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Red.
    Rouge,
    /// White.
    Blanc,
    /// Rosé.
    Rose,
    /// Semi-sparkling.
    Petillant,
    /// Sparkling.
    Mousseux,
    /// Fortified.
    Fortifie,
    /// Anything else: spirits, beer, glasses, a word nobody knows.
    Autre,
}

impl Category {
    /// Every category.
    pub const ALL: [Category; 7] = [
        Category::Rouge,
        Category::Blanc,
        Category::Rose,
        Category::Petillant,
        Category::Mousseux,
        Category::Fortifie,
        Category::Autre,
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Category::Rouge => "rouge",
            Category::Blanc => "blanc",
            Category::Rose => "rosé",
            Category::Petillant => "pétillant",
            Category::Mousseux => "mousseux",
            Category::Fortifie => "fortifié",
            Category::Autre => "autre",
        }
    }

    /// What a text such as `Vin rouge` or `Champagne brut rosé` speaks of. Bubbles and fortification
    /// come before colour: a rosé champagne is sparkling.
    pub fn read(text: &str) -> Category {
        const WORDS: [(&str, Category); 24] = [
            ("petillant", Category::Petillant),
            ("perlant", Category::Petillant),
            ("frizzante", Category::Petillant),
            ("semisparkling", Category::Petillant),
            ("champagne", Category::Mousseux),
            ("cremant", Category::Mousseux),
            ("mousseux", Category::Mousseux),
            ("effervescent", Category::Mousseux),
            ("prosecco", Category::Mousseux),
            ("sparkling", Category::Mousseux),
            ("bulle", Category::Mousseux),
            ("fortifi", Category::Fortifie),
            ("vindouxnaturel", Category::Fortifie),
            ("vdn", Category::Fortifie),
            ("porto", Category::Fortifie),
            ("xeres", Category::Fortifie),
            ("mute", Category::Fortifie),
            ("rouge", Category::Rouge),
            ("red", Category::Rouge),
            ("blanc", Category::Blanc),
            ("white", Category::Blanc),
            ("jaune", Category::Blanc),
            ("rose", Category::Rose),
            ("gris", Category::Rose),
        ];
        let folded = fold(text);
        WORDS
            .iter()
            .find(|(word, _)| folded.contains(word))
            .map_or(Category::Autre, |(_, category)| *category)
    }
}

/// Yes or no, in French and in English, and as programs write it; `None` for any other word.
pub(crate) fn yes_no(text: &str) -> Option<bool> {
    const YES: [&str; 9] = ["oui", "o", "yes", "y", "true", "vrai", "1", "x", "actif"];
    const NO: [&str; 8] = ["non", "n", "no", "false", "faux", "f", "0", "inactif"];
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    match (is(&YES), is(&NO)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_as_merchants_write_them() {
        for (text, category) in [
            ("Rouge", Category::Rouge),
            ("vin BLANC sec", Category::Blanc),
            ("Rosé", Category::Rose),
            ("Champagne Rosé", Category::Mousseux),
            ("Crémant d'Alsace", Category::Mousseux),
            ("Pétillant naturel", Category::Petillant),
            ("Vin doux naturel", Category::Fortifie),
            ("Fortified", Category::Fortifie),
            ("Whisky", Category::Autre),
        ] {
            assert_eq!(Category::read(text), category, "{text}");
        }
    }

    #[test]
    fn yes_and_no() {
        for (text, yes) in [("Oui", Some(true)), ("N", Some(false)), ("X", Some(true)), ("peut-être", None)]
        {
            assert_eq!(yes_no(text), yes, "{text}");
        }
    }
}
