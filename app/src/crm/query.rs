//! What the address asks of the dashboard: filters, order and page.

use chrono::{DateTime, NaiveDate, Utc};
use hub::DealFilter;
use leptos_router::params::ParamsMap;
use model::Status;

use super::order::Order;

/// How many deals a page of the list holds.
pub(super) const PAGE_SIZE: u32 = 50;

/// Everything that is asked for, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Query {
    /// Any of these; all when empty.
    pub(super) statuses: Vec<Status>,
    /// Any of these, an empty text for deals without one; all when empty.
    pub(super) sectors: Vec<String>,
    /// Any of these, an empty text for deals nobody follows; all when empty.
    pub(super) assignees: Vec<String>,
    /// Due on that day or later.
    pub(super) from: Option<NaiveDate>,
    /// Due on that day or earlier.
    pub(super) to: Option<NaiveDate>,
    /// Parts of a client's name or of the notes.
    pub(super) words: String,
    /// Only deals that have gone cold.
    pub(super) cold: bool,
    /// In which order.
    pub(super) order: Order,
    /// Pages before this one.
    pub(super) pages_before: u32,
}

impl Query {
    /// Reads an address; what makes no sense in it is left out. What is searched for may have the name it has in
    /// `/api/deals` too, as in views that were saved there.
    pub(super) fn from_address(address: &ParamsMap) -> Query {
        let all = |name: &str| -> Vec<String> {
            let values = address.get_all(name).unwrap_or_default();
            let mut values: Vec<String> = values.into_iter().map(without_nul).collect();
            values.dedup();
            values
        };
        let day = |name: &str| address.get_str(name).and_then(|day| day.parse().ok());
        let words = |name| without_nul(address.get(name).unwrap_or_default()).trim().to_owned();
        let page: u32 = address.get_str("page").and_then(|page| page.parse().ok()).unwrap_or(1);
        Query {
            statuses: all("statut").iter().filter_map(|word| Status::from_word(word)).collect(),
            sectors: all("secteur"),
            assignees: all("assignee"),
            from: day("date_from"),
            to: day("date_to"),
            words: ["q", "search"].map(words).into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
            cold: address.get_str("froid") == Some("1"),
            order: address.get_str("sort").and_then(Order::from_word).unwrap_or_default(),
            pages_before: page.saturating_sub(1),
        }
    }

    /// The same as the database is asked. A deal that has not changed since `cold_since` is cold.
    pub(super) fn filter(&self, cold_since: DateTime<Utc>) -> DealFilter {
        let (sort, reversed) = self.order.sort();
        DealFilter {
            statut: self.statuses.iter().map(|status| status.word().to_owned()).collect(),
            secteur: self.sectors.clone(),
            assignee: self.assignees.clone(),
            date_from: self.from,
            date_to: self.to,
            search: Some(self.words.clone()).filter(|words| !words.is_empty()),
            cold_since: self.cold.then_some(cold_since),
            limit: Some(PAGE_SIZE),
            offset: self.pages_before.saturating_mul(PAGE_SIZE),
            sort,
            reversed,
        }
    }

    /// The address that asks for this.
    pub(super) fn address(&self) -> String {
        let mut params = self.filters("q");
        if self.cold {
            params.push(("froid", "1".to_owned()));
        }
        params.extend(self.order.word().map(|word| ("sort", word)));
        if self.pages_before > 0 {
            params.push(("page", (u64::from(self.pages_before) + 1).to_string()));
        }
        with_params("/", &params)
    }

    /// The address of all deals that fit, as a file of that ending (`csv`, `xlsx`); its words are those of
    /// `/api/deals`, which knows nothing of cold deals.
    pub(super) fn export(&self, ending: &str) -> Option<String> {
        let mut params = self.filters("search");
        params.extend(self.order.word().map(|word| ("sort", word)));
        (!self.cold).then(|| with_params(&format!("/deals/export.{ending}"), &params))
    }

    /// Whether less than all deals are asked for.
    pub(super) fn is_filtered(&self) -> bool {
        let everything = Query { order: self.order, pages_before: self.pages_before, ..Query::default() };
        *self != everything
    }

    /// The same, from the first page.
    pub(super) fn at_first_page(&self) -> Query {
        Query { pages_before: 0, ..self.clone() }
    }

    /// The filters that the list and its exports have in common; `words` is the name of what is searched for.
    pub(super) fn filters(&self, words: &'static str) -> Vec<(&'static str, String)> {
        let statuses = self.statuses.iter().map(|status| ("statut", status.word().to_owned()));
        let sectors = self.sectors.iter().map(|sector| ("secteur", sector.clone()));
        let assignees = self.assignees.iter().map(|assignee| ("assignee", assignee.clone()));
        let mut params: Vec<_> = statuses.chain(sectors).chain(assignees).collect();
        params.extend(self.from.map(|day| ("date_from", day.to_string())));
        params.extend(self.to.map(|day| ("date_to", day.to_string())));
        params.extend((!self.words.is_empty()).then(|| (words, self.words.clone())));
        params
    }
}

/// An address people can read as far as letters without accents allow it.
fn with_params(path: &str, params: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (place, (name, value)) in params.iter().enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    address.push(char::from(byte));
                }
                b' ' => address.push('+'),
                _ => address.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    address
}

/// No text that is kept has one, and PostgreSQL takes none.
fn without_nul(value: String) -> String {
    value.replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&'static str, &str)]) -> Query {
        let mut params = ParamsMap::new();
        for (name, value) in query {
            params.insert(*name, (*value).to_owned());
        }
        Query::from_address(&params)
    }

    #[test]
    fn an_address_reads_back() {
        let query = read(&[
            ("statut", "gagné"),
            ("statut", "perdu"),
            ("secteur", "Tech & co"),
            ("assignee", "Zoé"),
            ("date_from", "2026-01-31"),
            ("date_to", "2026-12-31"),
            ("q", "  élan "),
            ("froid", "1"),
            ("sort", "-montant_brut"),
            ("page", "3"),
        ]);
        assert_eq!(
            query.address(),
            "/?statut=gagn%C3%A9&statut=perdu&secteur=Tech+%26+co&assignee=Zo%C3%A9&date_from=2026-01-31\
             &date_to=2026-12-31&q=%C3%A9lan&froid=1&sort=-montant_brut&page=3"
        );
        assert!(query.is_filtered());
        let now = Utc::now();
        assert_eq!((query.filter(now).offset, query.filter(now).limit), (100, Some(50)));
        assert_eq!((query.export("csv"), query.filter(now).cold_since), (None, Some(now)));
        let warm = read(&[("statut", "perdu"), ("q", "élan"), ("sort", "client"), ("page", "2")]);
        assert_eq!(
            warm.export("csv").as_deref(),
            Some("/deals/export.csv?statut=perdu&search=%C3%A9lan&sort=client")
        );
        assert_eq!(warm.filter(now).cold_since, None);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        for (name, value) in [
            ("statut", "gagne"),
            ("statut", ""),
            ("date_from", "2026-02-30"),
            ("date_to", "demain"),
            ("q", "   "),
            ("froid", "oui"),
            ("sort", "notes"),
            ("page", "0"),
            ("page", "-1"),
            ("page", "99999999999999999999"),
            ("unknown", "1"),
        ] {
            let query = read(&[(name, value)]);
            assert_eq!((query.address().as_str(), query.is_filtered()), ("/", false), "{name}={value}");
        }
    }

    #[test]
    fn an_address_of_the_api_asks_for_the_same() {
        let query = read(&[("secteur", ""), ("assignee", ""), ("search", " vin "), ("sort", "-client")]);
        assert_eq!(query.address(), "/?secteur=&assignee=&q=vin&sort=-client");
        assert_eq!(read(&[("q", ""), ("search", "vin")]), read(&[("q", "vin"), ("search", "bois")]));
        let filter = query.filter(Utc::now());
        assert_eq!((filter.secteur, filter.search.as_deref()), (vec![String::new()], Some("vin")));
    }

    #[test]
    fn order_and_page_are_no_filter() {
        let query = read(&[("sort", "client"), ("page", "2")]);
        assert_eq!((query.address().as_str(), query.is_filtered()), ("/?sort=client&page=2", false));
        assert_eq!(read(&[("page", "4294967295")]).filter(Utc::now()).offset, u32::MAX);
    }
}
