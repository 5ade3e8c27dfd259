//! The checks of quality: each said once, with the condition that counts its rows and shows them.
//!
//! A condition is about a row `t` of the check's table with its customer `c` and its product `p`, see
//! [`joined`], and both engines understand it. In it `{today}` stands for the day; the function `fold` takes
//! case, accents and what separates words off a text.

use model::Text;
use model::canonical::Entity;
use model::quality::Weight;

/// Something that can be wrong with rows of a table.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its stable word: in the database, in JSON and in addresses.
    pub code: &'static str,
    /// How much its rows count.
    pub weight: Weight,
    /// What it finds, in a few words.
    pub label: Text,
    /// What makes a row one of them, and what to do about it.
    pub advice: Text,
    /// Which rows it finds.
    finds: Finds,
}

#[derive(Clone, Copy, Debug)]
enum Finds {
    /// Rows of the table.
    Rows(&'static str),
    /// Rows of the table that are alike: those `among` which more than one have the `same`. What differs
    /// most stands first, and decides nearly every comparison of a sort.
    Repeated { same: &'static str, among: &'static str },
    /// Rows that did not get into it: the run refused them, because a needed value was empty (`true`) or
    /// for another reason.
    Refused(bool),
}

impl Check {
    const fn new(
        code: &'static str,
        weight: Weight,
        label: Text,
        advice: Text,
        finds: &'static str,
    ) -> Check {
        Check { code, weight, label, advice, finds: Finds::Rows(finds) }
    }

    const fn repeated(
        code: &'static str,
        label: Text,
        advice: Text,
        same: &'static str,
        among: &'static str,
    ) -> Check {
        Check { code, weight: Weight::Grave, label, advice, finds: Finds::Repeated { same, among } }
    }

    /// The check of that word among those of a table.
    pub fn of(entity: Entity, code: &str) -> Option<&'static Check> {
        checks(entity).find(|check| check.code == code)
    }

    /// Whether its rows are in the table; else they are among those the run refused.
    pub fn is_in_table(&self) -> bool {
        !matches!(self.finds, Finds::Refused(_))
    }

    /// Of refused rows, whether a needed value was empty; `None` when its rows are in the table.
    pub(super) fn is_missing(&self) -> Option<bool> {
        match self.finds {
            Finds::Refused(missing) => Some(missing),
            Finds::Rows(_) | Finds::Repeated { .. } => None,
        }
    }

    /// The condition on a row `t`, over the rows of one connection or of all; `today` is `2026-11-21`.
    /// Nothing fits where the rows are not in the table.
    pub(super) fn condition(&self, entity: Entity, scope: Option<i64>, today: chrono::NaiveDate) -> String {
        match self.finds {
            Finds::Rows(condition) => condition.replace("{today}", &format!("'{today}'")),
            Finds::Repeated { same, among } => {
                let groups = groups(entity, scope, same, among);
                // The sum keeps SQLite from going through all rows of the scope for each of the groups.
                format!("{among} and ({same}, t.scope_id + 0) in (select {same}, t.scope_id {groups})")
            }
            Finds::Refused(_) => "1 = 0".to_owned(),
        }
    }

    /// Where its rows are told by comparing all of them: the query that counts them, in one go.
    pub(super) fn count(&self, entity: Entity, scope: i64) -> Option<String> {
        let Finds::Repeated { same, among } = self.finds else { return None };
        let groups = groups(entity, Some(scope), same, among);
        Some(format!(
            "select cast(sum(alike.members) as bigint) from (select count(*) as members {groups}) alike"
        ))
    }
}

/// The groups of more than one row that are the same.
fn groups(entity: Entity, scope: Option<i64>, same: &str, among: &str) -> String {
    let rows = scope.map_or_else(|| "1 = 1".to_owned(), |scope| format!("t.scope_id = {scope}"));
    let table = entity.table();
    format!("from {table} t where {rows} and {among} group by {same}, t.scope_id having count(*) > 1")
}

/// The checks of a table, the gravest first.
pub fn checks(entity: Entity) -> impl Iterator<Item = &'static Check> {
    let own: &'static [Check] = match entity {
        Entity::Customers => CUSTOMERS,
        Entity::ProductCatalog => PRODUCTS,
        Entity::SalesLines => SALES,
        Entity::StockLevels => STOCK,
        Entity::ContactHistory => CONTACTS,
    };
    REFUSED.iter().chain(own)
}

/// The table as conditions speak of it: each row with the customer and the product it points to, where
/// there are any.
pub(super) fn joined(entity: Entity) -> &'static str {
    match entity {
        Entity::Customers => "customers t",
        Entity::ProductCatalog => "product_catalog t",
        Entity::SalesLines => {
            "sales_lines t \
             left join customers c on c.scope_id = t.scope_id and c.customer_key = t.customer_key \
             left join product_catalog p on p.scope_id = t.scope_id and p.product_key = t.product_key"
        }
        Entity::StockLevels => {
            "stock_levels t \
             left join product_catalog p on p.scope_id = t.scope_id and p.product_key = t.product_key"
        }
        Entity::ContactHistory => {
            "contact_history t \
             left join customers c on c.scope_id = t.scope_id and c.customer_key = t.customer_key"
        }
    }
}

/// What any table may have met.
const REFUSED: &[Check] = &[
    Check {
        code: "missing_value",
        weight: Weight::Grave,
        label: Text::fixed("Clé ou valeur obligatoire vide", "Key or needed value missing"),
        advice: Text::fixed(
            "Ces lignes ont été refusées : complétez-les dans la source.",
            "These rows were refused: complete them in the source.",
        ),
        finds: Finds::Refused(true),
    },
    Check {
        code: "refused",
        weight: Weight::Grave,
        label: Text::fixed("Lignes illisibles", "Unreadable rows"),
        advice: Text::fixed(
            "Ces lignes ont été refusées : une date, un nombre ou la ligne entière ne se lit pas.",
            "These rows were refused: a date, a number or the whole row cannot be read.",
        ),
        finds: Finds::Refused(false),
    },
];

const CUSTOMERS: &[Check] = &[
    Check::repeated(
        "duplicate_email",
        Text::fixed("Même adresse e-mail", "Same e-mail address"),
        Text::fixed(
            "Plusieurs fiches ont cette adresse : fusionnez-les, ou corrigez celle qui se trompe.",
            "Several customers have this address: merge them, or correct the wrong one.",
        ),
        "lower(trim(t.email))",
        "t.email is not null",
    ),
    Check::repeated(
        "duplicate_name",
        Text::fixed("Même nom, prénom et code postal", "Same name, first name and postal code"),
        Text::fixed(
            "Sans tenir compte de la casse ni des accents. Fusionnez les fiches si c'est la même personne.",
            "Whatever their case and accents. Merge them if they are the same person.",
        ),
        "fold(t.last_name), fold(t.first_name), fold(t.postal_code)",
        "t.last_name is not null and t.postal_code is not null",
    ),
    Check::new(
        "impossible_date",
        Weight::Grave,
        Text::fixed("Date d'achat impossible", "Impossible date of purchase"),
        Text::fixed("Dans le futur, ou avant 1950.", "In the future, or before 1950."),
        "(t.first_purchase_on > {today} or t.first_purchase_on < '1950-01-01' \
         or t.last_purchase_on > {today} or t.last_purchase_on < '1950-01-01')",
    ),
    Check::new(
        "purchase_order",
        Weight::Grave,
        Text::fixed("Dernier achat avant le premier", "Last purchase before the first"),
        Text::fixed("Les deux dates se contredisent.", "The two dates contradict each other."),
        "t.last_purchase_on < t.first_purchase_on",
    ),
];

const PRODUCTS: &[Check] = &[
    Check::repeated(
        "duplicate_product",
        Text::fixed("Même désignation, millésime et contenance", "Same name, vintage and size"),
        Text::fixed(
            "Plusieurs codes pour ce qui semble être un seul produit.",
            "Several codes for what seems to be one product.",
        ),
        "fold(t.name), coalesce(t.vintage, 0), fold(t.format)",
        "1 = 1",
    ),
    Check::new(
        "impossible_price",
        Weight::Grave,
        Text::fixed("Prix nul ou négatif", "Price of zero or below"),
        Text::fixed(
            "Le prix de vente est nul ou négatif, ou le prix de revient négatif.",
            "The list price is zero or below, or the cost price below zero.",
        ),
        "(t.list_price_cents <= 0 or t.cost_price_cents < 0)",
    ),
    Check::new(
        "cost_above_price",
        Weight::Light,
        Text::fixed("Coût supérieur au prix", "Cost above the price"),
        Text::fixed("Vendu à perte : vérifiez les deux prix.", "Sold at a loss: check both prices."),
        "t.cost_price_cents > t.list_price_cents and t.list_price_cents > 0",
    ),
];

/// A line of no quantity is a sale that was taken back: it is neither twice there nor badly priced.
const SALES: &[Check] = &[
    Check::new(
        "orphan_customer",
        Weight::Grave,
        Text::fixed("Vente sans client connu", "Sale without a known customer"),
        Text::fixed(
            "Le code du client est vide, ou n'est pas dans la table des clients.",
            "The customer's code is empty, or not in the table of customers.",
        ),
        "c.customer_key is null",
    ),
    Check::new(
        "orphan_product",
        Weight::Grave,
        Text::fixed("Vente sans produit connu", "Sale without a known product"),
        Text::fixed(
            "Le code du produit n'est pas dans le catalogue.",
            "The product's code is not in the catalogue.",
        ),
        "p.product_key is null",
    ),
    Check::repeated(
        "duplicate_sale",
        Text::fixed("Même vente plusieurs fois", "Same sale several times"),
        Text::fixed(
            "Même client, produit, jour, quantité et montant sous plusieurs codes. Les ventes sans client n'y sont pas.",
            "Same customer, product, day, quantity and amount under several codes. Sales without a customer are left out.",
        ),
        "t.customer_key, t.product_key, t.sold_on, t.quantity, coalesce(t.revenue_cents, 0)",
        "t.customer_key is not null and t.quantity <> 0",
    ),
    Check::new(
        "impossible_date",
        Weight::Grave,
        Text::fixed("Date de vente impossible", "Impossible date of sale"),
        Text::fixed("Dans le futur, ou avant 1950.", "In the future, or before 1950."),
        "(t.sold_on > {today} or t.sold_on < '1950-01-01')",
    ),
    Check::new(
        "impossible_price",
        Weight::Grave,
        Text::fixed("Prix nul ou négatif", "Price of zero or below"),
        Text::fixed(
            "Le prix unitaire est nul ou négatif, ou le montant n'a pas le signe de la quantité.",
            "The unit price is zero or below, or the amount has not the sign of the quantity.",
        ),
        "t.quantity <> 0 and (t.unit_price_cents <= 0 or (t.total_price_cents <= 0 and t.quantity > 0) \
         or (t.total_price_cents >= 0 and t.quantity < 0))",
    ),
    Check::new(
        "wrong_total",
        Weight::Light,
        Text::fixed("Montant différent de quantité × prix", "Amount other than quantity × price"),
        Text::fixed(
            "L'écart dépasse un centime par unité : remise non indiquée, ou erreur de saisie.",
            "The difference is more than a cent a unit: a discount not told, or a slip.",
        ),
        "abs(t.total_price_cents - t.unit_price_cents * t.quantity) > abs(t.quantity) + 0.5",
    ),
    Check::new(
        "cost_above_price",
        Weight::Light,
        Text::fixed("Coût supérieur au prix", "Cost above the price"),
        Text::fixed("Vendu à perte : vérifiez les deux prix.", "Sold at a loss: check both prices."),
        "coalesce(t.unit_cost_cents, t.product_cost_cents) > t.unit_price_cents and t.unit_price_cents > 0",
    ),
    Check::new(
        "outlier_price",
        Weight::Light,
        Text::fixed("Prix très loin du catalogue", "Price far from the catalogue's"),
        Text::fixed(
            "Par bouteille, plus de dix fois plus cher ou moins cher que le prix de vente du catalogue.",
            "Per bottle, more than ten times dearer or cheaper than the list price of the catalogue.",
        ),
        "p.list_price_cents > 0 and t.unit_price_cents > 0 and t.quantity <> 0 \
         and (t.unit_price_cents * coalesce(p.bottles, 1) > \
         10.0 * p.list_price_cents * coalesce(t.units / t.quantity, 1) \
         or t.unit_price_cents * coalesce(p.bottles, 1) * 10.0 < \
         p.list_price_cents * coalesce(t.units / t.quantity, 1))",
    ),
    Check::new(
        "outlier_quantity",
        Weight::Light,
        Text::fixed("Quantité hors norme", "Quantity out of the ordinary"),
        Text::fixed("Plus de 1 000 unités sur une ligne.", "More than 1,000 units on one line."),
        "abs(t.quantity) > 1000",
    ),
];

const STOCK: &[Check] = &[
    Check::new(
        "orphan_product",
        Weight::Grave,
        Text::fixed("Stock sans produit connu", "Stock without a known product"),
        Text::fixed(
            "Le code du produit n'est pas dans le catalogue.",
            "The product's code is not in the catalogue.",
        ),
        "p.product_key is null",
    ),
    Check::repeated(
        "duplicate_stock",
        Text::fixed("Même stock plusieurs fois", "Same stock several times"),
        Text::fixed(
            "Même produit, dépôt, contenance et jour sous plusieurs codes.",
            "Same product, warehouse, size and day under several codes.",
        ),
        "t.product_key, fold(t.warehouse), fold(t.format), coalesce(t.counted_on, '')",
        "1 = 1",
    ),
    Check::new(
        "impossible_date",
        Weight::Grave,
        Text::fixed("Date d'inventaire impossible", "Impossible date of count"),
        Text::fixed("Dans le futur, ou avant 1950.", "In the future, or before 1950."),
        "(t.counted_on > {today} or t.counted_on < '1950-01-01')",
    ),
    Check::new(
        "negative_stock",
        Weight::Grave,
        Text::fixed("Stock négatif", "Stock below zero"),
        Text::fixed("Il manque une entrée, ou un inventaire.", "A delivery or a count is missing."),
        "t.quantity < 0",
    ),
];

const CONTACTS: &[Check] = &[
    Check::new(
        "orphan_customer",
        Weight::Grave,
        Text::fixed("Contact sans client connu", "Contact without a known customer"),
        Text::fixed(
            "Le code du client n'est pas dans la table des clients.",
            "The customer's code is not in the table of customers.",
        ),
        "c.customer_key is null",
    ),
    Check::repeated(
        "duplicate_contact",
        Text::fixed("Même contact plusieurs fois", "Same contact several times"),
        Text::fixed(
            "Même client, jour, canal, campagne et objet sous plusieurs codes.",
            "Same customer, day, channel, campaign and subject under several codes.",
        ),
        "t.customer_key, t.contacted_on, fold(t.channel), fold(t.campaign), fold(t.subject)",
        "1 = 1",
    ),
    Check::new(
        "impossible_date",
        Weight::Grave,
        Text::fixed("Date de contact impossible", "Impossible date of contact"),
        Text::fixed("Dans le futur, ou avant 1950.", "In the future, or before 1950."),
        "(t.contacted_on > {today} or t.contacted_on < '1950-01-01')",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_word_stands_for_one_check_of_a_table() {
        for entity in Entity::ALL {
            let codes: Vec<&str> = checks(entity).map(|check| check.code).collect();
            assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "{codes:?}");
            for check in checks(entity) {
                let sql = check.condition(entity, Some(7), "2026-11-21".parse().unwrap());
                assert!(!sql.contains('{'), "{sql}");
            }
        }
    }
}
