//! Looks through a file for rows that only their number tells apart, before it is read for good.
//!
//! Most files have none: then nothing is kept. Where there are some, the file is read once more for them alone, and
//! what their links keep is asked for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use connectors::csv_file::read;
use model::deals_csv::read_row;
use model::{DealValues, StatusWords};
use store::{Scope, Store};

use super::crowds::{Crowds, Held};
use super::file::DealsFile;
use super::key::{Group, NUMBERED};
use super::reading::own_id;
use super::traits::Traits;
use crate::sync::{base_of, broken};
use crate::{Error, Result};

/// How many rows are looked at, or links asked for, at once.
const PORTION: usize = 500;

/// The rows of a file that share client, day and amount with others, each with its number. A file that cannot be read
/// to its end is surveyed as far as it can be: reading it for good says why.
pub(super) async fn survey(store: &Store, scope: Scope, file: &Arc<DealsFile>) -> Result<Crowds> {
    let numbered = store.linked_ids(scope, NUMBERED).await?;
    let numbered: Vec<(Group, u32)> = numbered.iter().filter_map(|id| Group::of_id(id)).collect();
    let earlier = numbered.iter().map(|(group, _)| group.short()).collect();
    let looked_at = Arc::clone(file);
    let Crowded { rows, groups } = tokio::task::spawn_blocking(move || crowded(&looked_at, &earlier))
        .await
        .map_err(|_| Error::from(broken()))?;
    let others = numbered.into_iter().filter(|(group, _)| groups.contains(group));
    let ids: Vec<String> = groups
        .iter()
        .map(|group| (*group, 1))
        .chain(others)
        .map(|(group, number)| group.id(number))
        .collect();
    Ok(Crowds::new(rows, held(store, scope, &ids).await?))
}

/// What these links keep, where they exist.
async fn held(store: &Store, scope: Scope, ids: &[String]) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for ids in ids.chunks(PORTION) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        held.extend(store.links(scope, &ids).await?.iter().filter_map(|link| {
            let (group, number) = Group::of_id(&link.external_id)?;
            Some(Held { group: group.short(), traits: Traits::of(&base_of(&link.content)), number })
        }));
    }
    Ok(held)
}

/// The rows of a file that only their number tells apart, and the groups they are of.
#[derive(Default)]
struct Crowded {
    rows: Vec<(u64, Traits)>,
    groups: HashSet<Group>,
}

/// Finds them: rows of which there are several, or of which there were in an earlier file. It remembers 9 bytes of
/// each row.
fn crowded(file: &DealsFile, earlier: &HashSet<u64>) -> Crowded {
    let mut met: HashMap<u64, bool> = HashMap::new();
    each_row(file, |values| {
        let group = Group::of(values).short();
        let is_crowded = met.entry(group).and_modify(|is_crowded| *is_crowded = true);
        is_crowded.or_insert_with(|| earlier.contains(&group));
    });
    met.retain(|_, is_crowded| *is_crowded);
    met.shrink_to_fit();
    let mut crowded = Crowded::default();
    if !met.is_empty() {
        each_row(file, |values| {
            let group = Group::of(values);
            if met.contains_key(&group.short()) {
                crowded.rows.push((group.short(), Traits::of(values)));
                crowded.groups.insert(group);
            }
        });
    }
    crowded
}

/// Shows every row that has no id of its own.
fn each_row(file: &DealsFile, mut show: impl FnMut(&DealValues)) {
    let words = StatusWords::default();
    // What cannot be read is told when the file is read for good.
    let _ = read(file.upload.path(), file.look.form, PORTION, &mut |rows, _| {
        for row in rows.iter().filter(|row| own_id(row, &file.layout).is_none()) {
            show(&read_row(&row, &file.layout, &words).values);
        }
        true
    });
}
