//! The blocks of a guide.

use leptos::prelude::*;

use super::inline::inline;

/// A part of a text that stands by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading(&'static str),
    Steps(Vec<&'static str>),
    List(Vec<&'static str>),
    /// Rows of cells; the first are the headings.
    Table(Vec<Vec<&'static str>>),
    Paragraph(&'static str),
}

/// The blocks of a text; each of its lines is one, or an item of a list, or a row of a table.
pub(super) fn blocks(text: &'static str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let step = line.split_once(". ").filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
        let row = line.strip_prefix('|').and_then(|row| row.strip_suffix('|'));
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading));
        } else if let Some(row) = row {
            // The line below the headings says only that there are some.
            if row.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ')) {
                continue;
            }
            let cells = row.split('|').map(str::trim).collect();
            match blocks.last_mut() {
                Some(Block::Table(rows)) => rows.push(cells),
                _ => blocks.push(Block::Table(vec![cells])),
            }
        } else if let Some(item) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(item),
                _ => blocks.push(Block::List(vec![item])),
            }
        } else if let Some((_, step)) = step {
            match blocks.last_mut() {
                Some(Block::Steps(steps)) => steps.push(step),
                _ => blocks.push(Block::Steps(vec![step])),
            }
        } else {
            blocks.push(Block::Paragraph(line));
        }
    }
    blocks
}

impl Block {
    pub(super) fn view(self) -> AnyView {
        let items = |items: Vec<&'static str>| {
            items.into_iter().map(|item| view! { <li>{inline(item)}</li> }.into_any()).collect_view()
        };
        match self {
            Block::Heading(text) => view! { <h4>{inline(text)}</h4> }.into_any(),
            Block::Steps(steps) => view! { <ol>{items(steps)}</ol> }.into_any(),
            Block::List(list) => view! { <ul class="guide__list">{items(list)}</ul> }.into_any(),
            Block::Table(rows) => table(rows),
            Block::Paragraph(text) => view! { <p>{inline(text)}</p> }.into_any(),
        }
    }
}

fn table(rows: Vec<Vec<&'static str>>) -> AnyView {
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or_default().into_iter();
    let head = head.map(|cell| view! { <th scope="col">{inline(cell)}</th> }.into_any()).collect_view();
    let lines = rows.map(|row| {
        let cells = row.into_iter().map(|cell| view! { <td>{inline(cell)}</td> }.into_any()).collect_view();
        view! { <tr>{cells}</tr> }.into_any()
    });
    let lines = lines.collect_view();
    view! {
        <div class="guide__table">
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_block_or_part_of_one() {
        const TEXT: &str = "1. **A.** b\n2. c\n\nSuite `*.csv`.\n\n| T | U |\n|---|:-:|\n| a | `b` |\n\n## Limites\n\n- d\n- e";
        assert_eq!(
            blocks(TEXT),
            [
                Block::Steps(vec!["**A.** b", "c"]),
                Block::Paragraph("Suite `*.csv`."),
                Block::Table(vec![vec!["T", "U"], vec!["a", "`b`"]]),
                Block::Heading("Limites"),
                Block::List(vec!["d", "e"]),
            ]
        );
        assert!(blocks("").is_empty());
    }
}
