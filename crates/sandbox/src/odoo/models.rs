//! The models of the simulator: the part of Odoo's that a merchant's connector meets.

use super::field::{Field, FieldType as T};

/// Name, fields, and what a new record holds when nothing is said.
pub(super) struct Model {
    pub(super) name: &'static str,
    pub(super) fields: Vec<Field>,
}

const STATES: &[(&str, &str, &str)] = &[
    ("draft", "Quotation", "Devis"),
    ("sent", "Quotation Sent", "Devis envoyé"),
    ("sale", "Sales Order", "Bon de commande"),
    ("done", "Locked", "Verrouillé"),
    ("cancel", "Cancelled", "Annulé"),
];

/// Every model.
pub(super) fn models() -> Vec<Model> {
    vec![
        Model { name: "res.company", fields: vec![name()] },
        Model { name: "res.users", fields: users() },
        Model { name: "res.country", fields: vec![name(), f("code", "Country Code", "Code", T::Char)] },
        Model { name: "res.partner.category", fields: vec![name()] },
        Model { name: "res.partner", fields: partners() },
        Model { name: "product.category", fields: categories() },
        Model { name: "product.product", fields: products() },
        Model { name: "crm.team", fields: vec![name(), company()] },
        Model { name: "sale.order", fields: orders() },
        Model { name: "sale.order.line", fields: lines() },
        Model {
            name: "stock.warehouse",
            fields: vec![name(), f("code", "Short Name", "Nom court", T::Char), company()],
        },
        Model { name: "stock.location", fields: locations() },
        Model { name: "stock.quant", fields: quants() },
        Model { name: "crm.stage", fields: stages() },
        Model { name: "crm.lead", fields: leads() },
    ]
}

fn f(name: &str, english: &str, french: &str, kind: T) -> Field {
    Field::new(name, english, french, kind)
}

fn name() -> Field {
    f("name", "Name", "Nom", T::Char).required()
}

fn active() -> Field {
    f("active", "Active", "Actif", T::Boolean)
}

fn company() -> Field {
    f("company_id", "Company", "Société", T::to("res.company"))
}

fn users() -> Vec<Field> {
    vec![
        name(),
        f("login", "Login", "Identifiant", T::Char).required(),
        f("share", "Share User", "Utilisateur partagé", T::Boolean).readonly(),
        f("lang", "Language", "Langue", T::Char),
        f("tz", "Timezone", "Fuseau horaire", T::Char),
        f("company_ids", "Companies", "Sociétés", T::Many2many("res.company".into())),
        company(),
        active(),
    ]
}

fn partners() -> Vec<Field> {
    vec![
        name(),
        f("is_company", "Is a Company", "Est une société", T::Boolean),
        f("parent_id", "Related Company", "Société liée", T::to("res.partner")),
        f("child_ids", "Contact", "Contacts", T::One2many("res.partner".into(), "parent_id".into())),
        f("ref", "Reference", "Référence", T::Char),
        f("email", "Email", "E-mail", T::Char),
        f("phone", "Phone", "Téléphone", T::Char),
        f("street", "Street", "Rue", T::Char),
        f("street2", "Street2", "Rue 2", T::Char),
        f("zip", "Zip", "Code postal", T::Char),
        f("city", "City", "Ville", T::Char),
        f("country_id", "Country", "Pays", T::to("res.country")),
        f("category_id", "Tags", "Étiquettes", T::Many2many("res.partner.category".into())),
        f("commercial_company_name", "Company Name Entity", "Nom de l'entité", T::Char).readonly(),
        f("is_blacklisted", "Blacklist", "Liste noire", T::Boolean).readonly(),
        f("customer_rank", "Customer Rank", "Rang client", T::Integer),
        f("comment", "Notes", "Notes", T::Html),
        f("image_128", "Image 128", "Image 128", T::Binary),
        company(),
        active(),
    ]
}

fn products() -> Vec<Field> {
    let kinds = [("consu", "Goods", "Biens"), ("service", "Service", "Service"), ("combo", "Combo", "Combo")];
    vec![
        name(),
        f("default_code", "Internal Reference", "Référence interne", T::Char),
        f("barcode", "Barcode", "Code-barres", T::Char),
        f("type", "Product Type", "Type de produit", T::selection(&kinds)).required(),
        f("categ_id", "Product Category", "Catégorie d'article", T::to("product.category")),
        f("list_price", "Sales Price", "Prix de vente", T::Float),
        f("lst_price", "Sales Price", "Prix de vente", T::Float).readonly(),
        f("volume", "Volume", "Volume", T::Float),
        f("standard_price", "Cost", "Coût", T::Float),
        f("description_sale", "Sales Description", "Description de vente", T::Text),
        company(),
        active(),
    ]
}

fn categories() -> Vec<Field> {
    vec![name(), f("parent_id", "Parent Category", "Catégorie parente", T::to("product.category"))]
}

fn orders() -> Vec<Field> {
    vec![
        name(),
        f("partner_id", "Customer", "Client", T::to("res.partner")).required(),
        f("date_order", "Order Date", "Date de commande", T::Datetime).required(),
        f("state", "Status", "Statut", T::selection(STATES)).readonly(),
        f("team_id", "Sales Team", "Équipe commerciale", T::to("crm.team")),
        f("order_line", "Order Lines", "Lignes", T::One2many("sale.order.line".into(), "order_id".into())),
        company(),
    ]
}

fn lines() -> Vec<Field> {
    vec![
        f("name", "Description", "Description", T::Text).required(),
        f("order_id", "Order Reference", "Référence commande", T::to("sale.order")).required(),
        f("product_id", "Product", "Produit", T::to("product.product")),
        f(
            "display_type",
            "Display Type",
            "Type d'affichage",
            T::selection(&[("line_section", "Section", "Section"), ("line_note", "Note", "Note")]),
        ),
        f("product_uom_qty", "Quantity", "Quantité", T::Float).required(),
        f("price_unit", "Unit Price", "Prix unitaire", T::Float).required(),
        f("discount", "Discount (%)", "Remise (%)", T::Float),
        f("price_subtotal", "Subtotal", "Sous-total", T::Monetary).readonly(),
        f("price_total", "Total", "Total", T::Monetary).readonly(),
        f("order_partner_id", "Customer", "Client", T::to("res.partner")).related("order_id", "partner_id"),
        f("state", "Order Status", "Statut de la commande", T::selection(STATES))
            .related("order_id", "state"),
        company(),
    ]
}

fn locations() -> Vec<Field> {
    let usages = [
        ("view", "View", "Vue"),
        ("internal", "Internal Location", "Emplacement interne"),
        ("customer", "Customer Location", "Emplacement client"),
        ("transit", "Transit Location", "Emplacement de transit"),
    ];
    vec![
        name(),
        f("location_id", "Parent Location", "Emplacement parent", T::to("stock.location")),
        f("usage", "Location Type", "Type d'emplacement", T::selection(&usages)),
        company(),
        active(),
    ]
}

fn quants() -> Vec<Field> {
    vec![
        f("product_id", "Product", "Produit", T::to("product.product")).required(),
        f("location_id", "Location", "Emplacement", T::to("stock.location")).required(),
        f("quantity", "Quantity", "Quantité", T::Float).readonly(),
        f("reserved_quantity", "Reserved Quantity", "Quantité réservée", T::Float).readonly(),
        f("in_date", "Incoming Date", "Date d'entrée", T::Datetime).readonly(),
        company(),
    ]
}

fn stages() -> Vec<Field> {
    vec![
        name(),
        f("sequence", "Sequence", "Séquence", T::Integer),
        f("is_won", "Is Won Stage?", "Étape gagnée ?", T::Boolean),
    ]
}

fn leads() -> Vec<Field> {
    let priorities = [
        ("0", "Low", "Basse"),
        ("1", "Medium", "Moyenne"),
        ("2", "High", "Haute"),
        ("3", "Very High", "Très haute"),
    ];
    let kinds = [("lead", "Lead", "Piste"), ("opportunity", "Opportunity", "Opportunité")];
    vec![
        f("name", "Opportunity", "Opportunité", T::Char).required(),
        f("partner_id", "Customer", "Client", T::to("res.partner")),
        f("partner_name", "Company Name", "Nom de la société", T::Char),
        f("contact_name", "Contact Name", "Nom du contact", T::Char),
        f("email_from", "Email", "E-mail", T::Char),
        f("phone", "Phone", "Téléphone", T::Char),
        f("type", "Type", "Type", T::selection(&kinds)).required(),
        f("stage_id", "Stage", "Étape", T::to("crm.stage")),
        f("user_id", "Salesperson", "Commercial", T::to("res.users")),
        f("expected_revenue", "Expected Revenue", "Revenu espéré", T::Monetary),
        f("probability", "Probability", "Probabilité", T::Float),
        f("priority", "Priority", "Priorité", T::selection(&priorities)),
        f("date_deadline", "Expected Closing", "Clôture prévue", T::Date),
        f("date_closed", "Closed Date", "Date de clôture", T::Datetime).readonly(),
        f("description", "Notes", "Notes", T::Html),
        company(),
        active(),
    ]
}
