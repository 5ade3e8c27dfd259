//! What does not fit into a chart: long lists and long names. Pure.

/// How many entries a chart shows by their own name.
const SHOWN: usize = 8;

/// The longest name a chart has room for, in characters.
const LETTERS: usize = 30;

/// The first entries; the others made one by `merge`, unless it would stand for a single one.
pub(super) fn first_and_others<T>(mut entries: Vec<T>, merge: impl FnOnce(Vec<T>) -> T) -> Vec<T> {
    if entries.len() > SHOWN + 1 {
        let others = entries.split_off(SHOWN);
        entries.push(merge(others));
    }
    entries
}

/// A name as far as there is room for it.
pub(super) fn name(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let kept: String = name.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
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

    #[test]
    fn long_names_end_in_dots() {
        for (long, short) in [
            ("", ""),
            ("Établissements Étienne et fils", "Établissements Étienne et fils"),
            ("Établissements Étienne & Frères", "Établissements Étienne & Frèr…"),
            ("Établissements Étienne frères & fils", "Établissements Étienne frères…"),
        ] {
            assert_eq!(name(long), short);
        }
    }
}
