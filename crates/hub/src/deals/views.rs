//! Views: filters of deals that somebody gave a name.

use model::Text;
use model::fold::plain;
use store::SavedViewRow;
use url::form_urlencoded::{Serializer, parse};

use crate::{Caller, Error, Hub, Kind, Result};

/// How many views everybody may have.
const MOST: u64 = 50;
/// How long a name may be, in characters.
const LONGEST_NAME: usize = 60;
/// How long the query of a view may be, in bytes.
const LONGEST_QUERY: usize = 4_000;

/// The parameters of a view, in the order of its normal form: those of the API, and the cold deals that only the
/// dashboard knows. Where in the list somebody stood is not one.
const PARAMETERS: [&str; 8] =
    ["statut", "secteur", "assignee", "date_from", "date_to", "search", "froid", "sort"];

/// What the dashboard calls the words it looks for; it understands the API's word too.
const WORDS: (&str, &str) = ("q", "search");

/// Those that say something when they are empty: deals that have none.
const ALSO_EMPTY: [&str; 2] = ["secteur", "assignee"];

/// A view somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The query of its address in its normal form, without `?`; empty for all deals.
    pub query: String,
}

impl SavedView {
    /// Whether a query asks for what this view keeps, in whatever order and words.
    pub fn is_of(&self, query: &str) -> bool {
        normal(&self.query) == normal(query)
    }
}

impl Hub {
    /// A member's views, by name; in local mode those of whoever sits there.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn saved_views(&self, whose: &Caller) -> Result<Vec<SavedView>> {
        let mut rows = self.store().saved_views(whose.author().user_id).await?;
        rows.sort_by_cached_key(|row| plain(&row.name));
        Ok(rows.into_iter().map(view).collect())
    }

    /// Keeps a query under a name, in the place of what had that name. What is not a filter or an order of
    /// deals is left out of it.
    ///
    /// # Errors
    /// `Invalid` for a name that is empty, longer than 60 characters or holds characters that do not show, a query longer than 4,000 bytes, or a
    /// fifty-first view.
    pub async fn save_view(&self, whose: &Caller, name: &str, query: &str) -> Result<SavedView> {
        let (name, query) = (name.trim(), normal(query));
        let faults = faults(name, &query);
        if !faults.is_empty() {
            return Err(Error::faults(&faults));
        }
        let mut batch = self.store().begin().await?;
        let saved = batch.save_view(whose.author().user_id, name, &query, &self.at(), MOST).await?;
        let saved = saved.ok_or_else(|| {
            Error::invalid(Text::new(
                format!("Vous avez déjà {MOST} vues. Supprimez-en une avant d'enregistrer « {name} »."),
                format!("You have {MOST} views already. Delete one before you save “{name}”."),
            ))
        })?;
        batch.commit().await?;
        Ok(view(saved))
    }

    /// Forgets a view.
    ///
    /// # Errors
    /// `NotFound` when it is none of theirs.
    pub async fn delete_view(&self, whose: &Caller, id: i64) -> Result<()> {
        let mut batch = self.store().begin().await?;
        if !batch.delete_view(whose.author().user_id, id).await? {
            return Err(Error::new(
                Kind::NotFound,
                Text::new(
                    format!("La vue n° {id} n'est pas l'une des vôtres, ou elle est supprimée."),
                    format!("View {id} is none of yours, or it is deleted."),
                ),
            ));
        }
        Ok(batch.commit().await?)
    }
}

/// The normal form of a query: the known parameters in one order, the values of each sorted, none twice.
fn normal(query: &str) -> String {
    let pairs: Vec<(String, String)> = parse(query.trim_start_matches('?').as_bytes())
        .map(|(key, value)| (key.into_owned(), value.replace('\0', "").trim().to_owned()))
        .filter(|(key, value)| !value.is_empty() || ALSO_EMPTY.contains(&key.as_str()))
        .map(|(key, value)| if key == WORDS.0 { (WORDS.1.to_owned(), value) } else { (key, value) })
        .collect();
    let mut normal = Serializer::new(String::new());
    for parameter in PARAMETERS {
        let mut values: Vec<&str> =
            pairs.iter().filter(|(key, _)| key == parameter).map(|(_, value)| value.as_str()).collect();
        values.sort_unstable();
        values.dedup();
        for value in values {
            normal.append_pair(parameter, value);
        }
    }
    normal.finish()
}

fn faults(name: &str, query: &str) -> Vec<Text> {
    let mut faults = Vec::new();
    let letters = name.chars().count();
    if letters == 0 {
        faults.push(Text::fixed("Donnez un nom à cette vue.", "Give this view a name."));
    }
    if name.chars().any(char::is_control) {
        faults.push(Text::fixed(
            "Le nom contient un caractère qui ne se voit pas, comme une tabulation. Retirez-le.",
            "The name holds a character that does not show, such as a tab. Take it out.",
        ));
    }
    if letters > LONGEST_NAME {
        faults.push(Text::new(
            format!("Le nom a {letters} caractères, la limite est de {LONGEST_NAME}. Raccourcissez-le."),
            format!("The name has {letters} characters, the limit is {LONGEST_NAME}. Shorten it."),
        ));
    }
    if query.len() > LONGEST_QUERY {
        faults.push(Text::fixed(
            "Ce filtre est trop long pour une vue. Retirez des valeurs.",
            "This filter is too long for a view. Take some values out.",
        ));
    }
    faults
}

fn view(SavedViewRow { id, name, query, .. }: SavedViewRow) -> SavedView {
    SavedView { id, name, query }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn one_filter_has_one_normal_form() {
        for (query, expected) in [
            ("", ""),
            ("?statut=", ""),
            ("secteur=&search=&secteur=Vin", "secteur=&secteur=Vin"),
            ("limit=50&offset=100&page=3", ""),
            ("sort=client&statut=perdu", "statut=perdu&sort=client"),
            ("statut=perdu&statut=gagn%C3%A9&statut=perdu", "statut=gagn%C3%A9&statut=perdu"),
            ("search=+a+%26+b+", "search=a+%26+b"),
            ("froid=1&q=vin&sort=", "search=vin&froid=1"),
            ("q=%00&search=%00vin", "search=vin"),
            ("date_to=2026-12-31&utm=x&date_from=2026-01-01", "date_from=2026-01-01&date_to=2026-12-31"),
        ] {
            assert_eq!(normal(query), expected, "{query}");
            assert_eq!(normal(expected), expected, "it is its own normal form");
        }
    }
}
