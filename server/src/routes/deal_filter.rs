//! Which deals a query asks for.

use hub::{DealFilter, DealSort};
use model::Status;
use utoipa::IntoParams;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, Type};

use super::deal_input::words;
use crate::extract::FromParams;
use crate::params::{Params, day, from_one, from_zero};

/// The orders deals can be listed in, by their word.
const SORTS: [(&str, DealSort); 5] = [
    ("recent", DealSort::Recent),
    ("id", DealSort::Id),
    ("client", DealSort::Client),
    ("montant_brut", DealSort::Amount),
    ("date_echeance", DealSort::Due),
];

/// A filter of deals as a query.
pub(super) struct DealQuery(pub(super) DealFilter);

impl FromParams for DealQuery {
    fn from_params(params: &mut Params) -> DealQuery {
        let statut = params.all("statut");
        for word in statut.iter().filter(|word| Status::from_word(word).is_none()) {
            params.not_a_choice("statut", word, &words());
        }
        let sort = params.one("sort").and_then(|word| {
            let found = SORTS.iter().find(|(name, _)| *name == word);
            if found.is_none() {
                params.not_a_choice("sort", &word, &SORTS.map(|(name, _)| name));
            }
            found.map(|(_, sort)| *sort)
        });
        DealQuery(DealFilter {
            statut,
            secteur: params.all("secteur"),
            assignee: params.all("assignee"),
            date_from: params.date("date_from"),
            date_to: params.date("date_to"),
            search: params.one("search"),
            limit: params.number("limit", 1),
            offset: params.number("offset", 0).unwrap_or_default(),
            sort: sort.unwrap_or_default(),
            ..DealFilter::default()
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
    /// Any of these sectors; repeatable.
    secteur: Option<Vec<String>>,
    /// Any of these assignees; repeatable.
    assignee: Option<Vec<String>>,
    /// Due on that day or later, `YYYY-MM-DD`.
    #[param(schema_with = day)]
    date_from: Option<String>,
    /// Due on that day or earlier, `YYYY-MM-DD`.
    #[param(schema_with = day)]
    date_to: Option<String>,
    /// A part of the client's name or of the notes, without case.
    search: Option<String>,
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
    /// After that many.
    #[param(schema_with = from_zero)]
    offset: Option<u64>,
    /// `recent` (default), `id`, `client`, `montant_brut` (largest first), `date_echeance`.
    #[param(schema_with = sorts)]
    sort: Option<String>,
}

fn statuses() -> Array {
    ArrayBuilder::new().items(one_of(words())).build()
}

fn sorts() -> Object {
    one_of(SORTS.map(|(word, _)| word)).build()
}

fn one_of<const N: usize>(words: [&'static str; N]) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}
