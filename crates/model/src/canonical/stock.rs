//! STOCK_LEVELS: what is in the cellar.

use super::field::{Field, FieldType::*, Filled};
use super::volume;
use crate::text::Text;

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "stock_key",
        Text,
        Text::fixed("Code du stock", "Stock code"),
        &["idstock", "stockid", "codestock", "id"],
    )
    .required(),
    Field::new(
        "product_key",
        Text,
        Text::fixed("Code du produit", "Product code"),
        &[
            "codeproduit",
            "codearticle",
            "refproduit",
            "refarticle",
            "referenceproduit",
            "reference",
            "ref",
            "idproduit",
            "productid",
            "sku",
            "produit",
            "article",
            "product",
        ],
    )
    .required(),
    Field::new(
        "warehouse",
        Text,
        Text::fixed("Dépôt", "Warehouse"),
        &["depot", "entrepot", "magasin", "emplacement", "cave", "location"],
    ),
    Field::new(
        "quantity",
        Number,
        Text::fixed("Quantité", "Quantity"),
        &["quantite", "qte", "qty", "stock", "quantitestock", "qtestock", "stockphysique", "stockreel"],
    )
    .required(),
    volume::FORMAT,
    volume::UNITS,
    volume::EQUIVALENTS,
    Field::new(
        "reserved",
        Number,
        Text::fixed("Réservé", "Reserved"),
        &["reserve", "quantitereservee", "qtereservee", "stockreserve"],
    ),
    Field::new(
        "available",
        Number,
        Text::fixed("Disponible", "Available"),
        &["disponible", "stockdisponible", "quantitedisponible", "qtedisponible"],
    )
    .filled(Filled::Reader),
    Field::new(
        "counted_on",
        Date,
        Text::fixed("Date d'inventaire", "Counted on"),
        &["dateinventaire", "date", "datestock", "datecomptage", "inventorydate"],
    ),
];
