//! STOCK_LEVELS: what is in the cellar.

use super::field::{Field, FieldType::*, Filled};
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
    Field::new(
        "format",
        Format,
        Text::fixed("Contenance", "Bottle size"),
        &["contenance", "volume", "conditionnement", "taille", "bottlesize", "size"],
    ),
    Field::new(
        "units",
        Number,
        Text::fixed("Bouteilles", "Bottles"),
        &["bouteilles", "nbbouteilles", "unites", "bottles"],
    )
    .unit("bottle")
    .filled(Filled::Reader),
    Field::new(
        "equivalents_75cl",
        Number,
        Text::fixed("Équivalents 75 cl", "75 cl equivalents"),
        &["equivalent75cl", "eq75cl", "eq75", "equivalentbouteille", "col75"],
    )
    .unit("75 cl")
    .filled(Filled::Reader),
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
