//! Which of Odoo's models are streams, and what is particular to each.

use model::DealField;

/// A model that is offered.
pub(super) struct Offered {
    /// Technical name: the stream's identity.
    pub(super) model: &'static str,
    fr: &'static str,
    en: &'static str,
    /// Whether records can be written.
    pub(super) writable: bool,
    /// Fields of the order that a line belongs to, read along with it.
    pub(super) of_order: &'static [&'static str],
}

const fn reads(model: &'static str, fr: &'static str, en: &'static str) -> Offered {
    Offered { model, fr, en, writable: false, of_order: &[] }
}

/// The model of opportunities, the one that is written.
pub(super) const LEADS: &str = "crm.lead";
/// Which of their fields is which of a deal's.
pub(super) const DEAL_FIELDS: &[(DealField, &str)] = &[
    (DealField::Client, PARTNER),
    (DealField::Statut, "stage_id"),
    (DealField::MontantBrut, "expected_revenue"),
    (DealField::DateEcheance, "date_deadline"),
    (DealField::Assignee, "user_id"),
    (DealField::Notes, "description"),
];
/// The model of their stages, whose names are options.
pub(super) const STAGES: &str = "crm.stage";
/// The model of users: people.
pub(super) const USERS: &str = "res.users";
/// The model of orders, and the field of a line that leads to it.
pub(super) const ORDERS: &str = "sale.order";
pub(super) const ORDER_ID: &str = "order_id";
/// The customer of an opportunity, and the text that stands for one who is no contact.
pub(super) const PARTNER: &str = "partner_id";
pub(super) const PARTNER_NAME: &str = "partner_name";

/// Every model that is offered, where the user may read it.
pub(super) const OFFERED: &[Offered] = &[
    Offered { writable: true, ..reads(LEADS, "Opportunités", "Opportunities") },
    reads("res.partner", "Contacts", "Contacts"),
    reads("product.product", "Articles", "Products"),
    Offered {
        of_order: &["partner_id", "date_order", "state"],
        ..reads("sale.order.line", "Lignes de commande", "Order lines")
    },
    reads("stock.quant", "Stock", "Stock"),
];

impl Offered {
    /// The name people see, in the language of the account, as the names of fields are.
    pub(super) fn name(&self, lang: &str) -> &'static str {
        if lang.starts_with("fr") { self.fr } else { self.en }
    }
}

/// The French and English names of a model; its technical one when it is not offered.
pub(super) fn named(model: &str) -> (&str, &str) {
    match model {
        ORDERS => ("Commandes", "Orders"),
        _ => {
            let offered = OFFERED.iter().find(|offered| offered.model == model);
            offered.map_or((model, model), |one| (one.fr, one.en))
        }
    }
}
