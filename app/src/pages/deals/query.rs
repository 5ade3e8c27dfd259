//! What the address asks of the list.

use leptos_router::params::ParamsMap;
use model::Status;

/// Search, filter and page, as they stand in the address.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Query {
    /// A part of a client's name or of the notes.
    pub(super) search: String,
    /// Only deals of this status.
    pub(super) status: Option<Status>,
    /// Which page, from 1.
    pub(super) page: u32,
}

impl Query {
    /// Reads an address; what makes no sense in it is left out.
    pub(super) fn from_address(address: &ParamsMap) -> Query {
        Query {
            search: address.get_str("q").unwrap_or_default().trim().to_owned(),
            status: address.get_str("statut").and_then(Status::from_word),
            page: address.get_str("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }

    /// The address of the deals found by other words, from the first page.
    pub(super) fn with_search(&self, words: String) -> String {
        Query { search: words.trim().to_owned(), page: 1, ..self.clone() }.address()
    }

    /// The address of these deals with another status, from the first page.
    pub(super) fn with_status(&self, status: Option<Status>) -> String {
        Query { status, page: 1, ..self.clone() }.address()
    }

    /// The address of another page of these deals.
    pub(super) fn with_page(&self, page: u32) -> String {
        Query { page, ..self.clone() }.address()
    }

    fn address(&self) -> String {
        let mut params = ParamsMap::new();
        if !self.search.is_empty() {
            params.insert("q", self.search.clone());
        }
        if let Some(status) = self.status {
            params.insert("statut", status.word().to_owned());
        }
        if self.page > 1 {
            params.insert("page", self.page.to_string());
        }
        format!("/{}", params.to_query_string())
    }
}
