//! Horizontal bars, each under its name and its value; a card with the figures behind them as a table.
//!
//! Bars are placed in percent and words in pixels, so that a chart is as wide as its card and its words stay
//! readable. What is compared is told by length, by lightness and in words, never by hue alone.

use leptos::prelude::*;

use super::scale::Scale;
use crate::ledger::say;

/// From one bar to the next, in pixels.
const STEP: usize = 46;

/// One entry of a chart.
pub(super) struct Bar {
    /// Whose it is.
    pub(super) name: String,
    /// Its value.
    pub(super) whole: f64,
    /// How much of it is special, as the legend says.
    pub(super) part: Option<f64>,
    /// The value in words.
    pub(super) told: String,
}

/// A chart.
pub(super) struct Chart {
    /// Its name in the page, one word.
    pub(super) id: &'static str,
    /// What it shows.
    pub(super) title: &'static str,
    /// How that is computed.
    pub(super) lead: &'static str,
    /// What stands out, for those who do not see it.
    pub(super) summary: String,
    /// What a whole bar is, and what its special part.
    pub(super) legend: Option<[&'static str; 2]>,
    /// Its entries.
    pub(super) bars: Vec<Bar>,
    /// What is said when there are none.
    pub(super) none: &'static str,
    /// The figures behind it.
    pub(super) table: Table,
}

/// The figures behind a chart. The first column names its lines.
pub(super) struct Table {
    /// Headings.
    pub(super) columns: Vec<&'static str>,
    /// Cells, in the order of the headings.
    pub(super) lines: Vec<Vec<String>>,
}

/// The card of a chart.
pub(super) fn card(chart: Chart) -> AnyView {
    let Chart { id, title, lead, summary, legend, bars, none, table } = chart;
    let body = if bars.is_empty() {
        view! { <p class="chart-card__none">{none}</p> }.into_any()
    } else {
        view! {
            {legend.map(|[whole, part]| {
                view! {
                    <p class="legend" aria-hidden="true">
                        <span class="legend__whole">{whole}</span>
                        <span class="legend__part">{part}</span>
                    </p>
                }
                .into_any()
            })}
            {drawing(id, title, summary, bars)}
            {figures(id, title, table)}
        }
        .into_any()
    };
    view! {
        <section class="card chart-card" aria-labelledby=format!("{id}-heading")>
            <h2 class="chart-card__title" id=format!("{id}-heading")>
                {title}
            </h2>
            <p class="chart-card__lead">{lead}</p>
            {body}
        </section>
    }
    .into_any()
}

fn drawing(id: &str, title: &'static str, summary: String, bars: Vec<Bar>) -> AnyView {
    let scale = Scale::of(bars.iter().map(|bar| bar.whole));
    let height = bars.len() * STEP;
    let has_parts = bars.iter().any(|bar| bar.part.is_some());
    let bars = bars
        .into_iter()
        .enumerate()
        .map(|(place, bar)| {
            let top = place * STEP;
            let whole = rect(scale, bar.whole, top, if has_parts { "chart__whole" } else { "chart__part" });
            let part = bar.part.map(|part| rect(scale, part, top, "chart__part"));
            view! {
                <g>
                    <title>{format!("{} : {}", bar.name, bar.told)}</title>
                    // SVG alone cannot end a name where the value begins.
                    <foreignObject x="0" y=top width="100%" height="22">
                        <p class="chart__words">
                            <span class="chart__name">{bar.name}</span>
                            <span class="chart__told">{bar.told}</span>
                        </p>
                    </foreignObject>
                    <rect class="chart__line" x="0" y=top + 24 width="100%" height="8" rx="4"></rect>
                    {whole}
                    {part}
                </g>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <svg
            class="chart"
            role="img"
            aria-labelledby=format!("{id}-title {id}-desc")
            width="100%"
            height=height.to_string()
        >
            <title id=format!("{id}-title")>{title}</title>
            <desc id=format!("{id}-desc")>{summary}</desc>
            {bars}
        </svg>
    }
    .into_any()
}

fn rect(scale: Scale, value: f64, top: usize, class: &'static str) -> AnyView {
    let span = scale.bar(value);
    view! {
        <rect
            class=class
            x=format!("{}%", span.start)
            y=top + 24
            width=format!("{}%", span.width)
            height="8"
            rx="4"
        ></rect>
    }
    .into_any()
}

fn figures(id: &str, title: &'static str, table: Table) -> AnyView {
    let Table { columns, lines } = table;
    // The card has the title for its own name.
    let label = format!("{title}, {}", say("les chiffres", "the figures"));
    let head = columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }.into_any());
    let lines = lines
        .into_iter()
        .map(|cells| {
            let cells = cells.into_iter().enumerate().map(|(place, cell)| match place {
                0 => view! { <th scope="row">{cell}</th> }.into_any(),
                _ => view! { <td>{cell}</td> }.into_any(),
            });
            view! { <tr>{cells.collect_view()}</tr> }.into_any()
        })
        .collect_view();
    view! {
        <details class="unfold" id=format!("{id}-figures")>
            <summary class="unfold__head">{say("Voir les chiffres", "See the figures")}</summary>
            <div class="unfold__body chart-table__frame" role="region" tabindex="0" aria-label=label>
                <table class="chart-table">
                    <caption class="visually-hidden">{title}</caption>
                    <thead>
                        <tr>{head.collect_view()}</tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(entries: &[(&str, f64)]) -> String {
        let bars = entries.iter().map(|(name, whole)| Bar {
            name: (*name).to_owned(),
            whole: *whole,
            part: None,
            told: whole.to_string(),
        });
        let chart = Chart {
            id: "trial",
            title: "Essai",
            lead: "",
            summary: String::new(),
            legend: None,
            bars: bars.collect(),
            none: "Rien à montrer.",
            table: Table {
                columns: vec!["Nom", "Valeur"],
                lines: entries
                    .iter()
                    .map(|(name, whole)| vec![(*name).to_owned(), whole.to_string()])
                    .collect(),
            },
        };
        Owner::new().with(|| card(chart).to_html())
    }

    #[test]
    fn a_chart_of_nothing_says_so() {
        let html = drawn(&[]);
        assert!(html.contains("Rien à montrer.") && !html.contains("<svg"), "{html}");
    }

    #[test]
    fn what_is_nothing_has_no_length() {
        let html = drawn(&[("A", 0.0), ("B", 0.0)]);
        assert_eq!(html.matches(r#"width="0%""#).count(), 2, "{html}");
    }

    #[test]
    fn names_are_words_and_nothing_else() {
        let html = drawn(&[("<script>alert(1)</script>", 1.0), ("B", 2.0)]);
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("<th scope=\"row\">").count(), 2, "{html}");
    }
}
