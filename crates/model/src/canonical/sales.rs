//! SALES_LINES: what was sold to whom, when and for how much.

use super::field::{Field, FieldType::*, Filled};
use crate::text::Text;

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "line_key",
        Text,
        Text::fixed("Code de la ligne", "Line code"),
        &[
            "numeroligne",
            "numligne",
            "ligne",
            "idligne",
            "ligneid",
            "noligne",
            "codeligne",
            "idvente",
            "venteid",
            "lineid",
            "saleid",
            "id",
        ],
    )
    .required(),
    Field::new(
        "customer_key",
        Text,
        Text::fixed("Code du client", "Customer code"),
        &[
            "codeclient",
            "numeroclient",
            "numclient",
            "idclient",
            "clientid",
            "noclient",
            "customerid",
            "client",
            "customer",
        ],
    ),
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
        "sold_on",
        Date,
        Text::fixed("Date de vente", "Date of sale"),
        &["datevente", "datedevente", "date", "datefacture", "datecommande", "saledate", "orderdate"],
    )
    .required(),
    Field::new(
        "quantity",
        Number,
        Text::fixed("Quantité", "Quantity"),
        &["quantite", "qte", "qty", "quantitevendue", "qtevendue", "nombre", "nb"],
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
        "unit_price_cents",
        Money,
        Text::fixed("Prix unitaire", "Unit price"),
        &["prixunitaire", "pu", "puttc", "prixunitairettc", "prix", "unitprice", "price"],
    ),
    Field::new(
        "total_price_cents",
        Money,
        Text::fixed("Montant", "Total price"),
        &[
            "montant",
            "montantttc",
            "total",
            "totalttc",
            "prixtotal",
            "montantligne",
            "ca",
            "totalprice",
            "amount",
        ],
    ),
    Field::new(
        "unit_cost_cents",
        Money,
        Text::fixed("Coût unitaire", "Unit cost"),
        &["coutunitaire", "cout", "prixachat", "prixrevient", "pa", "pmp", "unitcost", "cost"],
    ),
    Field::new(
        "order_key",
        Text,
        Text::fixed("Commande", "Order"),
        &[
            "numerocommande",
            "numcommande",
            "nocommande",
            "commande",
            "idcommande",
            "numerofacture",
            "numfacture",
            "facture",
            "ticket",
            "numeroticket",
            "orderid",
            "ordernumber",
            "order",
        ],
    ),
    Field::new(
        "channel",
        Text,
        Text::fixed("Canal", "Channel"),
        &["canal", "canalvente", "canaldevente", "magasin", "boutique", "pointdevente", "saleschannel"],
    ),
    Field::new("product_cost_cents", Money, Text::fixed("Coût du catalogue", "Cost in the catalogue"), &[])
        .filled(Filled::Database),
    Field::new("revenue_cents", Money, Text::fixed("Chiffre d'affaires", "Revenue"), &[])
        .filled(Filled::Database),
    Field::new("cost_cents", Money, Text::fixed("Coût", "Cost"), &[]).filled(Filled::Database),
    Field::new("margin_cents", Money, Text::fixed("Marge", "Margin"), &[]).filled(Filled::Database),
];
