//! The name of a connection in addresses, made of what people call it.

use model::{Text, fold};
use store::ConfigRow;

use crate::connections::PROVIDERS;
use crate::sources::RESERVED;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 100;
/// The longest name, in characters; a number may follow.
const LONGEST_NAME: usize = 56;

/// What is wrong with a title, beside those that are taken.
pub(super) fn title_fault(title: &str, rows: &[ConfigRow], own: Option<i64>) -> Option<Text> {
    if title.is_empty() {
        return Some(Text::fixed("Donnez un nom à la connexion.", "Give the connection a name."));
    }
    if title.chars().count() > LONGEST_TITLE || title.chars().any(char::is_control) {
        return Some(Text::fixed(
            "100 caractères au plus, sur une ligne.",
            "At most 100 characters, on one line.",
        ));
    }
    let is_taken = rows
        .iter()
        .any(|row| Some(row.id) != own && super::kinds::title(row).to_lowercase() == title.to_lowercase());
    is_taken.then(|| {
        Text::new(
            format!("Une connexion « {title} » existe déjà. Choisissez un autre nom."),
            format!("There is a connection “{title}” already. Choose another name."),
        )
    })
}

/// A name that no connection has yet, of the title's letters and digits.
pub(super) fn free_name(title: &str, rows: &[ConfigRow]) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .map(fold::fold)
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let mut name: String = words.join("-").chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        "connexion".clone_into(&mut name);
    }
    let is_free = |name: &str| {
        !RESERVED.contains(&name)
            && !PROVIDERS.contains(&name)
            && !rows.iter().any(|row| row.provider.eq_ignore_ascii_case(name))
    };
    let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| is_free(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(provider: &str) -> ConfigRow {
        ConfigRow { provider: provider.to_owned(), ..ConfigRow::default() }
    }

    #[test]
    fn a_name_is_made_of_letters_and_free() {
        let rows = [row("mon-api"), row("Mon-API-2")];
        for (title, name) in [
            ("Mon API CRM", "mon-api-crm"),
            ("Mon API", "mon-api-3"),
            ("Clients d'été — 2026", "clients-d-ete-2026"),
            ("Airtable", "airtable-2"),
            ("new", "new-2"),
            ("日本", "connexion"),
            ("…", "connexion"),
        ] {
            assert_eq!(free_name(title, &rows), name, "{title}");
        }
    }

    #[test]
    fn a_title_is_there_short_and_free() {
        let rows = [ConfigRow { id: 7, title: Some("Mon API".to_owned()), ..row("mon-api") }];
        assert!(title_fault("Mon CRM", &rows, None).is_none());
        assert!(title_fault("mon api", &rows, None).is_some());
        assert!(title_fault("mon api", &rows, Some(7)).is_none());
        assert!(title_fault("", &rows, None).is_some());
        assert!(title_fault(&"x".repeat(101), &rows, None).is_some());
        assert!(title_fault("a\nb", &rows, None).is_some());
    }
}
