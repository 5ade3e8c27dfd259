//! SALES_LINES: what was sold to whom, when and for how much.

use super::field::{Field, FieldType::*, Filled};
use super::volume;
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
    volume::FORMAT,
    volume::UNITS,
    volume::EQUIVALENTS,
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
