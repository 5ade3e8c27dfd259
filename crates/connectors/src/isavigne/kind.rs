//! Which table a file is for, by its name.

use model::canonical::Entity;
use model::fold::fold;

/// The words, the most telling first: `contacts_clients` are contacts, `stock_produits` is stock.
const WORDS: [(&str, Entity); 5] = [
    ("contact", Entity::ContactHistory),
    ("vente", Entity::SalesLines),
    ("stock", Entity::StockLevels),
    ("produit", Entity::ProductCatalog),
    ("client", Entity::Customers),
];

/// The entity of a file of that name; `None` when the name says nothing.
pub(super) fn kind(name: &str) -> Option<Entity> {
    let name = fold(name);
    WORDS.iter().find(|(word, _)| name.contains(word)).map(|(_, entity)| *entity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_exports_have_them() {
        for (name, entity) in [
            ("Export_CLIENTS_2026.csv", Some(Entity::Customers)),
            ("produits.xlsx", Some(Entity::ProductCatalog)),
            ("lignes-ventes.csv.gz", Some(Entity::SalesLines)),
            ("Stock Produits.csv", Some(Entity::StockLevels)),
            ("contacts clients.csv", Some(Entity::ContactHistory)),
            ("notes.csv", None),
        ] {
            assert_eq!(kind(name), entity, "{name}");
        }
    }
}
