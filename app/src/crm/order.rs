//! The order of the list, as it stands in the address: a column's name, with `-` before it the other way
//! round. The words are those of `/api/deals`: amounts begin with the largest.

use hub::DealSort;

use crate::ledger::say;

/// A column that can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// By name, without case and accents.
    Client,
    /// In the order of a sale.
    Status,
    /// The amount.
    Amount,
    /// Amount × probability.
    Weighted,
    /// The day it is due; undated last.
    Due,
    /// Who follows it.
    Assignee,
    /// The line of business.
    Sector,
}

impl Column {
    /// Every column, in the order of the table.
    pub(super) const ALL: [Column; 7] = [
        Column::Client,
        Column::Status,
        Column::Amount,
        Column::Weighted,
        Column::Due,
        Column::Assignee,
        Column::Sector,
    ];

    /// The name in the address: that of the table's column.
    pub(super) fn key(self) -> &'static str {
        match self {
            Column::Client => "client",
            Column::Status => "statut",
            Column::Amount => "montant_brut",
            Column::Weighted => "valeur_ponderee",
            Column::Due => "date_echeance",
            Column::Assignee => "assignee",
            Column::Sector => "secteur",
        }
    }

    /// The heading people see.
    pub(super) fn label(self) -> &'static str {
        match self {
            Column::Amount => say("Montant", "Amount"),
            Column::Weighted => say("Pondéré", "Weighted"),
            Column::Due => say("Échéance", "Due"),
            Column::Client => say("Client", "Client"),
            Column::Status => say("Statut", "Status"),
            Column::Assignee => say("Responsable", "Assignee"),
            Column::Sector => say("Secteur", "Sector"),
        }
    }

    /// Whether its values stand at the right edge.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Column::Amount | Column::Weighted | Column::Due)
    }

    /// What one looks for first: the largest amounts, else the beginning of the alphabet or of time.
    fn begins_descending(self) -> bool {
        matches!(self, Column::Amount | Column::Weighted)
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// Last changed first.
    #[default]
    Recent,
    /// By a column.
    By {
        /// Which one.
        column: Column,
        /// The other way round than one looks for first.
        reversed: bool,
    },
}

impl Order {
    /// The order of that word.
    pub(super) fn from_word(word: &str) -> Option<Order> {
        let (name, reversed) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
        let column = Column::ALL.into_iter().find(|column| column.key() == name)?;
        Some(Order::By { column, reversed })
    }

    /// The word of the order; none for the usual one.
    pub(super) fn word(self) -> Option<String> {
        match self {
            Order::Recent => None,
            Order::By { column, reversed } => {
                Some(format!("{}{}", if reversed { "-" } else { "" }, column.key()))
            }
        }
    }

    /// The same as the database is asked, and whether it is reversed.
    pub(super) fn sort(self) -> (DealSort, bool) {
        let Order::By { column, reversed } = self else { return (DealSort::Recent, false) };
        let sort = match column {
            Column::Client => DealSort::Client,
            Column::Status => DealSort::Status,
            Column::Amount => DealSort::Amount,
            Column::Weighted => DealSort::Weighted,
            Column::Due => DealSort::Due,
            Column::Assignee => DealSort::Assignee,
            Column::Sector => DealSort::Sector,
        };
        (sort, reversed)
    }

    /// Whether that column is sorted from the largest to the smallest, if it is sorted at all.
    pub(super) fn descends(self, by: Column) -> Option<bool> {
        match self {
            Order::By { column, reversed } if column == by => Some(reversed != by.begins_descending()),
            Order::By { .. } | Order::Recent => None,
        }
    }

    /// The order after that column's heading was pressed: pressed again, the other way round.
    pub(super) fn pressed(self, column: Column) -> Order {
        let usual = Order::By { column, reversed: false };
        if self == usual { Order::By { column, reversed: true } } else { usual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reads_back() {
        for column in Column::ALL {
            for reversed in [false, true] {
                let order = Order::By { column, reversed };
                assert_eq!(order.word().as_deref().and_then(Order::from_word), Some(order));
            }
        }
        for word in ["", "-", "--client", "notes", "-id"] {
            assert_eq!(Order::from_word(word), None, "{word}");
        }
        assert_eq!(Order::Recent.word(), None);
    }

    #[test]
    fn a_heading_turns_the_order_round() {
        let once = Order::Recent.pressed(Column::Amount);
        assert_eq!((once.word().as_deref(), once.sort()), (Some("montant_brut"), (DealSort::Amount, false)));
        let twice = once.pressed(Column::Amount);
        assert_eq!(
            (twice.word().as_deref(), twice.sort()),
            (Some("-montant_brut"), (DealSort::Amount, true))
        );
        assert_eq!(
            (once.descends(Column::Amount), twice.descends(Column::Amount)),
            (Some(true), Some(false))
        );
        let other = twice.pressed(Column::Client);
        assert_eq!((other.word().as_deref(), other.sort()), (Some("client"), (DealSort::Client, false)));
        assert_eq!(other.pressed(Column::Client).word().as_deref(), Some("-client"));
    }
}
