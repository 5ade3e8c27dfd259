//! Rows that have client, day and amount in common: which of them is which deal's, wherever they stand in the file.
//!
//! A row goes to the link that keeps exactly what it says; what is left, to what is most alike. So rows may change
//! places, and one that has changed in a field does not take the deal of another.

use std::collections::BTreeSet;

use super::traits::Traits;

/// Up to so many comparisons tell what is most alike; more rows that all have changed are taken as they come.
const MOST_COMPARED: usize = 1 << 16;

/// Every row of a file that shares client, day and amount with another, or did in an earlier file: forty bytes of each.
#[derive(Debug, Default)]
pub(super) struct Crowds {
    /// By group, then by traits.
    rows: Vec<Placed>,
}

/// A row whose number is known.
#[derive(Clone, Copy, Debug)]
struct Placed {
    group: u64,
    traits: Traits,
    number: u32,
    /// In the first of those that are the same: how many of them were handed out.
    taken: u32,
}

/// What an earlier file left of a row: its number, and what its link keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    /// What it has in common with others.
    pub(super) group: u64,
    /// What it says.
    pub(super) traits: Traits,
    /// Which of them it is, from 1.
    pub(super) number: u32,
}

impl Crowds {
    /// Numbers these rows of a file by what earlier files left.
    pub(super) fn new(rows: impl IntoIterator<Item = (u64, Traits)>, mut held: Vec<Held>) -> Crowds {
        let place = |(group, traits)| Placed { group, traits, number: 0, taken: 0 };
        let mut rows: Vec<Placed> = rows.into_iter().map(place).collect();
        rows.sort_unstable_by_key(|row| (row.group, row.traits));
        held.sort_unstable();
        for crowd in rows.chunk_by_mut(|one, next| one.group == next.group) {
            let Some(group) = crowd.first().map(|row| row.group) else { continue };
            let from = held.partition_point(|held| held.group < group);
            let to = held.partition_point(|held| held.group <= group);
            number(crowd, held.get(from..to).unwrap_or_default());
        }
        Crowds { rows }
    }

    /// The number of the next row of this group with these traits, once for each; none for a row that shares its
    /// group with no other.
    pub(super) fn take(&mut self, group: u64, traits: impl FnOnce() -> Traits) -> Option<u32> {
        let of_group = self.rows.partition_point(|row| row.group < group);
        self.rows.get(of_group).filter(|row| row.group == group)?;
        let wanted = (group, traits());
        let first = self.rows.partition_point(|row| (row.group, row.traits) < wanted);
        let taken = &mut self.rows.get_mut(first)?.taken;
        let nth = first + *taken as usize;
        *taken += 1;
        self.rows.get(nth).filter(|row| (row.group, row.traits) == wanted).map(|row| row.number)
    }
}

/// Numbers the rows of one group. Both are in the order of their traits.
fn number(rows: &mut [Placed], held: &[Held]) {
    let (mut changed, mut free): (Vec<&mut Placed>, Vec<&Held>) = (Vec::new(), Vec::new());
    let mut earlier = held.iter().peekable();
    for row in rows {
        free.extend(std::iter::from_fn(|| earlier.next_if(|held| held.traits < row.traits)));
        match earlier.next_if(|held| held.traits == row.traits) {
            Some(same) => row.number = same.number,
            None => changed.push(row),
        }
    }
    free.extend(earlier);
    if changed.len() * free.len() <= MOST_COMPARED {
        for unlike in 0..=Traits::MOST_UNLIKE {
            changed.retain_mut(|row| {
                match free.iter().position(|held| held.traits.unlike(row.traits) == unlike) {
                    Some(place) => row.number = free.remove(place).number,
                    None => return true,
                }
                false
            });
        }
    }
    let known: BTreeSet<u32> = held.iter().map(|held| held.number).collect();
    let new = (1..).filter(|number| !known.contains(number));
    let numbers = free.into_iter().map(|held| held.number).chain(new);
    for (row, number) in changed.into_iter().zip(numbers) {
        row.number = number;
    }
}
