//! Which column of a source is which field.
//!
//! What a person mapped by hand comes first; the other fields look for a column of one of their
//! names, without case, accents and spaces.

use std::collections::BTreeMap;

use super::natural::Natural;
use super::{Entity, Field, Filled};
use crate::fold::fold;
use crate::text::Text;

/// Made by hand: field name to column name. An empty column name leaves the field unread.
pub type ColumnMapping = BTreeMap<String, String>;

/// The columns of one file or table, matched with the fields of an entity.
#[derive(Clone, Debug)]
pub struct Header {
    /// The entity.
    pub entity: Entity,
    /// The column names as they stand in the source.
    pub columns: Vec<String>,
    /// The fields that a column was found for, in the order of the entity, with that column's place.
    pub found: Vec<(&'static Field, usize)>,
    /// What to know although the columns can be read.
    pub warnings: Vec<Text>,
}

impl Header {
    /// Matches the columns with the fields.
    ///
    /// # Errors
    /// What keeps the rows from being read at all: needed columns that are not there, and which ones are.
    pub fn new(entity: Entity, columns: &[String], mapping: &ColumnMapping) -> Result<Header, Text> {
        let header = Header::matched(entity, columns, mapping);
        let missing: Vec<&Field> = entity.fields().iter().filter(|field| header.lacks(field)).collect();
        if missing.is_empty() { Ok(header) } else { Err(header.refusal(&missing)) }
    }

    /// Matches the columns with the fields as far as they go, whatever is missing.
    pub fn matched(entity: Entity, columns: &[String], mapping: &ColumnMapping) -> Header {
        let folded: Vec<String> = columns.iter().map(|column| compared(column)).collect();
        let mut header =
            Header { entity, columns: columns.to_vec(), found: Vec::new(), warnings: Vec::new() };
        let mut by_hand = BTreeMap::new();
        for (name, column) in mapping.iter().filter(|(_, column)| !column.is_empty()) {
            let exact = columns.iter().position(|c| c == column);
            match exact.or_else(|| folded.iter().position(|c| !c.is_empty() && *c == compared(column))) {
                Some(place) => drop(by_hand.insert(name.as_str(), place)),
                None => header.warnings.push(Text::new(
                    format!("La colonne « {column} », associée à « {name} », n'est pas dans ce fichier."),
                    format!("The column “{column}”, mapped to “{name}”, is not in this file."),
                )),
            }
        }
        let taken: Vec<usize> = by_hand.values().copied().collect();
        for field in entity.fields() {
            let place = match (by_hand.get(field.name), mapping.get(field.name)) {
                (Some(place), _) => Some(*place),
                (None, Some(_)) => None,
                (None, None) => header.recognise(field, &folded, &taken),
            };
            header.found.extend(place.map(|place| (field, place)));
        }
        header
    }

    /// The place of the column this field was found in.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.found.iter().find(|(field, _)| field.name == name).map(|(_, place)| *place)
    }

    /// The columns no field uses, by place.
    pub fn unused(&self) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(|place| !self.found.iter().any(|(_, used)| used == place))
    }

    fn recognise(&mut self, field: &Field, folded: &[String], taken: &[usize]) -> Option<usize> {
        if field.filled == Filled::Database {
            return None;
        }
        let mut places = field.names().flat_map(|name| {
            folded.iter().enumerate().filter(move |(_, column)| **column == name).map(|(place, _)| place)
        });
        let free = |place: &usize| !taken.contains(place);
        let first = places.find(free)?;
        let same = |place: &usize| free(place) && folded[*place] == folded[first];
        if places.any(|place| same(&place)) {
            let column = &self.columns[first];
            self.warnings.push(Text::new(
                format!("La colonne « {column} » existe plusieurs fois ; la première est lue. Associez l'autre à la main si c'est la bonne."),
                format!("There are several columns “{column}”; the first is read. Map the other by hand if it is the right one."),
            ));
        }
        Some(first)
    }

    /// Whether a needed field has neither a column nor anything to make it from.
    pub fn lacks(&self, field: &Field) -> bool {
        let natural = || {
            field.name == self.entity.key().name
                && Natural::of(self.entity)
                    .is_some_and(|natural| natural.needed.iter().all(|name| self.place(name).is_some()))
        };
        field.required && self.place(field.name).is_none() && !natural()
    }

    fn refusal(&self, missing: &[&Field]) -> Text {
        let list = |text: fn(&Field) -> &str| missing.iter().map(|f| text(f)).collect::<Vec<_>>().join(", ");
        let there = match self
            .columns
            .iter()
            .map(|c| c.trim())
            .filter(|c| !c.is_empty())
            .take(20)
            .collect::<Vec<_>>()
        {
            names if names.is_empty() => "–".to_owned(),
            names => names.join(", "),
        };
        let label = self.entity.label();
        Text::new(
            format!(
                "{} : colonne introuvable pour {}. Colonnes présentes : {there}. Renommez la colonne ou associez-la à la main.",
                label.fr,
                list(|f| &f.meaning.fr)
            ),
            format!(
                "{}: no column found for {}. Columns there: {there}. Rename the column or map it by hand.",
                label.en,
                list(|f| &f.meaning.en)
            ),
        )
    }
}

/// A column's name as it is compared. `N° ligne` and `No ligne` are one: left out, the sign would leave
/// `n ligne`, which is no column's name.
fn compared(column: &str) -> String {
    fold(&column.to_lowercase().replace("n°", "no").replace("nº", "no"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn read(entity: Entity, names: &[&str], mapping: &[(&str, &str)]) -> Result<Header, Text> {
        let mapping = mapping.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Header::new(entity, &columns(names), &mapping)
    }

    #[test]
    fn columns_are_recognised_without_case_accents_and_spaces() {
        let header =
            read(Entity::Customers, &["CODE CLIENT", "Nom", "Prénom", "N° SIRET", "e-mail"], &[]).unwrap();
        assert_eq!(header.place("customer_key"), Some(0));
        assert_eq!(header.place("first_name"), Some(2));
        assert_eq!(header.place("email"), Some(4));
        assert_eq!(header.unused().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn the_sign_for_a_number_is_a_word() {
        let columns = ["N° ligne", "Nº commande", "n° client", "Code produit", "Date", "Quantité"];
        let header = read(Entity::SalesLines, &columns, &[]).unwrap();
        for (place, field) in ["line_key", "order_key", "customer_key"].into_iter().enumerate() {
            assert_eq!(header.place(field), Some(place), "{field}");
        }
    }

    #[test]
    fn a_hand_made_mapping_comes_first() {
        let names = ["Code produit", "Nom", "Réf. interne"];
        let header = read(
            Entity::ProductCatalog,
            &names,
            &[("product_key", "ref interne"), ("region", "Nom"), ("name", "Code produit")],
        )
        .unwrap();
        assert_eq!(header.place("product_key"), Some(2));
        assert_eq!(header.place("name"), Some(0));
        // An empty column name leaves the field unread, and a needed one cannot do without.
        let refused = read(Entity::ProductCatalog, &names, &[("name", "")]).unwrap_err();
        assert!(refused.fr.contains("Désignation") && refused.en.contains("Name"), "{refused:?}");
        let header = read(Entity::ProductCatalog, &names, &[("region", "Nulle part")]).unwrap();
        assert_eq!(header.warnings.len(), 1);
    }

    #[test]
    fn doubled_and_blank_columns() {
        let header = read(Entity::Customers, &["Code", "", "Nom", "nom", ""], &[]).unwrap();
        assert_eq!((header.place("last_name"), header.warnings.len()), (Some(2), 1));
        assert!(read(Entity::Customers, &["", ""], &[]).unwrap_err().fr.contains("–"));
    }

    #[test]
    fn a_sale_is_known_by_its_order_when_it_has_no_code() {
        let named = ["Date", "Client", "Produit", "Quantité"];
        assert!(read(Entity::SalesLines, &named, &[]).is_ok());
        assert!(read(Entity::SalesLines, &named[..3], &[]).is_err());
    }
}
