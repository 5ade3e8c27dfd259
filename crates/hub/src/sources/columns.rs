//! The columns of a file or table, found by the names that rules and recipes have for them.

/// Columns by place; a name is found whatever its case and the spaces around it.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The columns of those names, in their order.
    pub(super) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Columns {
        Columns(names.into_iter().map(compared).collect())
    }

    /// The place of the first column of that name.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let wanted = compared(name);
        self.0.iter().position(|column| *column == wanted)
    }
}

fn compared(name: &str) -> String {
    name.trim().to_lowercase()
}
