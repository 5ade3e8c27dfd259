//! PRODUCT_CATALOG: what is sold.

use super::field::{Field, FieldType::*, Filled};
use crate::text::Text;

pub(super) const FIELDS: &[Field] = &[
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
            "codeean",
            "ean",
            "code",
            "id",
        ],
    )
    .required(),
    Field::new(
        "name",
        Text,
        Text::fixed("Désignation", "Name"),
        &[
            "designation",
            "nom",
            "nomproduit",
            "libelle",
            "libelleproduit",
            "produit",
            "article",
            "productname",
        ],
    )
    .required(),
    Field::new(
        "category",
        Category,
        Text::fixed("Catégorie", "Category"),
        &["categorie", "couleur", "typevin", "typedevin", "type", "color", "colour", "famille"],
    ),
    Field::new("price_segment", Text, Text::fixed("Gamme de prix", "Price segment"), &[])
        .filled(Filled::Database),
    Field::new(
        "list_price_cents",
        Money,
        Text::fixed("Prix de vente", "List price"),
        &[
            "prixvente",
            "prixdevente",
            "prixventettc",
            "prixttc",
            "prixpublic",
            "prix",
            "tarif",
            "pv",
            "listprice",
            "price",
        ],
    ),
    Field::new(
        "cost_price_cents",
        Money,
        Text::fixed("Prix de revient", "Cost price"),
        &[
            "prixachat",
            "prixdachat",
            "prixderevient",
            "prixrevient",
            "cout",
            "pa",
            "pmp",
            "costprice",
            "cost",
        ],
    ),
    Field::new(
        "grape_varieties",
        Text,
        Text::fixed("Cépages", "Grape varieties"),
        &["cepage", "cepages", "grapes", "grape", "varietal"],
    ),
    Field::new("vintage", Year, Text::fixed("Millésime", "Vintage"), &["millesime", "annee", "year"]),
    Field::new(
        "region",
        Text,
        Text::fixed("Région", "Region"),
        &["appellation", "aoc", "terroir", "vignoble", "origine"],
    ),
    Field::new(
        "alcohol_percent",
        Percent,
        Text::fixed("Degré d'alcool", "Alcohol by volume"),
        &["alcool", "degre", "degrealcool", "tauxalcool", "tav", "alcohol", "abv"],
    ),
    Field::new(
        "format",
        Format,
        Text::fixed("Contenance", "Bottle size"),
        &["contenance", "volume", "conditionnement", "taille", "bottlesize", "size"],
    ),
    Field::new(
        "bottles",
        Number,
        Text::fixed("Bouteilles par unité vendue", "Bottles in what is sold"),
        &["nbbouteilles", "colisage", "bouteillesparcarton"],
    )
    .unit("bottle")
    .filled(Filled::Reader),
    Field::new(
        "bottle_cl",
        Number,
        Text::fixed("Centilitres par bouteille", "Centilitres in a bottle"),
        &["centilitres", "cl"],
    )
    .unit("cl")
    .filled(Filled::Reader),
    Field::new(
        "is_active",
        YesNo,
        Text::fixed("Actif", "Active"),
        &["actif", "active", "enable", "disponible", "envente"],
    ),
];
