//! What does not fit into a chart: long lists. Pure.

/// How many entries a chart shows by their own name.
const SHOWN: usize = 8;

/// The first entries; the others made one by `merge`, unless it would stand for a single one.
pub(super) fn first_and_others<T>(mut entries: Vec<T>, merge: impl FnOnce(Vec<T>) -> T) -> Vec<T> {
    if entries.len() > SHOWN + 1 {
        let others = entries.split_off(SHOWN);
        entries.push(merge(others));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_others_stand_for_two_or_more() {
        let sum = |others: Vec<u32>| others.iter().sum();
        for (count, shown, last) in
            [(0, 0, None), (8, 8, Some(8)), (9, 9, Some(9)), (10, 9, Some(19)), (12, 9, Some(42))]
        {
            let entries = first_and_others((1..=count).collect(), sum);
            assert_eq!((entries.len(), entries.last().copied()), (shown, last), "of {count}");
        }
    }
}
