//! Which deals a query asks for.

use hub::{DealFilter, DealSort};
use model::Status;
use utoipa::IntoParams;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, Type};

use super::deal_input::words;
use crate::extract::FromParams;
use crate::params::{Params, day, from_one, from_zero};

/// The orders deals can be listed in, by their word, each with whether it is the reverse of the store's.
const SORTS: [(&str, DealSort, bool); 10] = [
    ("recent", DealSort::Recent, false),
    ("id", DealSort::Id, false),
    ("client", DealSort::Client, false),
    ("statut", DealSort::Status, false),
    ("montant_brut", DealSort::Amount, false),
    ("valeur_ponderee", DealSort::Weighted, false),
    ("secteur", DealSort::Sector, false),
    ("date_echeance", DealSort::Due, false),
    ("assignee", DealSort::Assignee, false),
    ("updated_at", DealSort::Recent, true),
];

/// A filter of deals as a query.
pub(crate) struct DealQuery(pub(crate) DealFilter);

impl FromParams for DealQuery {
    fn from_params(params: &mut Params) -> DealQuery {
        let statut = params.all("statut");
        for word in statut.iter().filter(|word| Status::from_word(word).is_none()) {
            params.not_a_choice("statut", word, &words());
        }
        let order = params.one("sort").and_then(|word| {
            let (name, turned) = word.strip_prefix('-').map_or((word.as_str(), false), |name| (name, true));
            let found = SORTS.iter().find(|(sort, ..)| *sort == name);
            if found.is_none() {
                params.not_a_choice("sort", &word, &SORTS.map(|(name, ..)| name));
            }
            found.map(|(_, sort, reversed)| (*sort, *reversed != turned))
        });
        let (sort, reversed) = order.unwrap_or_default();
        DealQuery(DealFilter {
            statut,
            secteur: params.all_with_empty("secteur"),
            assignee: params.all_with_empty("assignee"),
            date_from: params.date("date_from"),
            date_to: params.date("date_to"),
            search: params.one("search"),
            limit: params.number("limit", 1),
            offset: params.number("offset", 0).unwrap_or_default(),
            sort,
            reversed,
            cold_since: None,
        })
    }
}

/// The same parameters, for the documentation.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields describe the parameters of `DealQuery`")]
pub(super) struct DealQueryDoc {
    /// Any of these statuses; repeatable.
    #[param(schema_with = statuses)]
    statut: Option<Vec<String>>,
    /// Any of these sectors; repeatable; empty for deals without one.
    secteur: Option<Vec<String>>,
    /// Any of these assignees; repeatable; empty for deals nobody follows.
    assignee: Option<Vec<String>>,
    /// Due on that day or later, `YYYY-MM-DD`.
    #[param(schema_with = day)]
    date_from: Option<String>,
    /// Due on that day or earlier, `YYYY-MM-DD`.
    #[param(schema_with = day)]
    date_to: Option<String>,
    /// A part of the client's name or of the notes, without case and accents.
    search: Option<String>,
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
    /// After that many.
    #[param(schema_with = from_zero)]
    offset: Option<u64>,
    /// `recent` (default: last changed first), `montant_brut` and `valeur_ponderee` (largest first), or any other
    /// field, ascending; a `-` in front turns the order around. What has no value stands last.
    #[param(schema_with = sorts)]
    sort: Option<String>,
}

fn statuses() -> Array {
    ArrayBuilder::new().items(one_of(words())).build()
}

fn sorts() -> Object {
    let words = SORTS.iter().flat_map(|(word, ..)| [(*word).to_owned(), format!("-{word}")]);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

fn one_of<const N: usize>(words: [&'static str; N]) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}
