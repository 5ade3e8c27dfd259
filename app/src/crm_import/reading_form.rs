//! How a file is read, each choice correctable.

use hub::{CsvColumnView, CsvView, Letters};
use leptos::prelude::*;
use model::DealField;
use model::deals_csv::DayOrder;
use model::decimal::Mark;

use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The form's name on its page.
pub(super) const READING: &str = "reading";

/// A value of a select with its words, and whether it is the chosen one.
type Choice = (String, String, bool);

/// The form: the file's letters, delimiter, numbers and dates, and what each column is.
#[component]
pub(super) fn ReadingForm(
    /// The address of the file's page.
    address: String,
    /// The file.
    file: CsvView,
) -> impl IntoView {
    let columns = file.columns.iter().enumerate().map(|(place, column)| {
        let name = match column.name.trim() {
            "" => format!("{} {}", say("Colonne", "Column"), place + 1),
            name => name.to_owned(),
        };
        select(format!("column_{place}"), name, meanings(column))
    });
    view! {
        <form class="import__reading" id=READING method="post" action=address>
            <input type="hidden" name="columns" value=file.columns.len() />
            <fieldset class="import__choices">
                <legend>{say("Le fichier", "The file")}</legend>
                {select("letters".to_owned(), say("Encodage", "Encoding").to_owned(), letters(&file))}
                {select("delimiter".to_owned(), say("Séparateur", "Delimiter").to_owned(), delimiters(&file))}
                {select("mark".to_owned(), say("Décimales", "Decimals").to_owned(), marks(&file))}
                {select("days".to_owned(), "Dates".to_owned(), orders(&file))}
            </fieldset>
            <fieldset class="import__choices">
                <legend>{say("Ses colonnes", "Its columns")}</legend>
                {columns.collect_view()}
            </fieldset>
            <button class="button">
                <Icon glyph=Glyph::Simulator />
                {say("Relire le fichier ainsi", "Read the file like this")}
            </button>
        </form>
    }
    .into_any()
}

fn select(name: String, label: String, choices: Vec<Choice>) -> AnyView {
    let options = choices.into_iter().map(|(value, word, is_chosen)| {
        view! { <option value=value selected=is_chosen>{word}</option> }.into_any()
    });
    view! {
        <label class="row-filters__field">
            <span>{label}</span>
            <span class="field__select">
                <select class="field__input" name=name autocomplete="off">
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </label>
    }
    .into_any()
}

fn choice(value: &str, word: &str, is_chosen: bool) -> Choice {
    (value.to_owned(), word.to_owned(), is_chosen)
}

/// « Reconnu : … », what the file shows by itself.
fn automatic(found: &str, is_chosen: bool) -> Choice {
    let word = say("Automatique", "Automatic");
    let word = if found.is_empty() { word.to_owned() } else { format!("{word} ({found})") };
    (String::new(), word, is_chosen)
}

fn letters(file: &CsvView) -> Vec<Choice> {
    let word = |letters| match letters {
        Letters::Utf8 => "UTF-8",
        Letters::Windows1252 => "Windows-1252",
        Letters::Utf16 => "UTF-16",
        Letters::Mixed => say("Mélangé, ligne par ligne", "Mixed, line by line"),
    };
    let said = file.choices.said.letters;
    let shown = if said.is_none() { word(file.form.letters) } else { "" };
    let all = Letters::ALL.map(|letters| choice(letters.word(), word(letters), said == Some(letters)));
    std::iter::once(automatic(shown, said.is_none())).chain(all).collect()
}

fn delimiters(file: &CsvView) -> Vec<Choice> {
    let word = |delimiter| match delimiter {
        b';' => say("Point-virgule", "Semicolon"),
        b',' => say("Virgule", "Comma"),
        b'\t' => "Tabulation",
        _ => say("Barre verticale", "Vertical bar"),
    };
    let said = file.choices.said.delimiter;
    let shown = if said.is_none() { word(file.form.delimiter) } else { "" };
    let all = [b';', b',', b'\t', b'|'].map(|delimiter| {
        choice(&char::from(delimiter).to_string(), word(delimiter), said == Some(delimiter))
    });
    std::iter::once(automatic(shown, said.is_none())).chain(all).collect()
}

fn marks(file: &CsvView) -> Vec<Choice> {
    let (comma, point) = ("1234,56", "1234.56");
    let said = file.choices.mark;
    let shown = match file.mark.filter(|_| said.is_none()) {
        Some(Mark::Comma) => comma,
        Some(Mark::Point) => point,
        None => "",
    };
    vec![
        automatic(shown, said.is_none()),
        choice("comma", comma, said == Some(Mark::Comma)),
        choice("point", point, said == Some(Mark::Point)),
    ]
}

fn orders(file: &CsvView) -> Vec<Choice> {
    let (day, month) = (say("jour/mois/année", "day/month/year"), say("mois/jour/année", "month/day/year"));
    let said = file.choices.days;
    let shown = match file.days {
        _ if said.is_some() => "",
        DayOrder::DayFirst => day,
        DayOrder::MonthFirst => month,
    };
    vec![
        automatic(shown, said.is_none()),
        choice("day", day, said == Some(DayOrder::DayFirst)),
        choice("month", month, said == Some(DayOrder::MonthFirst)),
    ]
}

fn meanings(column: &CsvColumnView) -> Vec<Choice> {
    let is_none = column.field.is_none() && !column.is_id;
    let fields = DealField::ALL.map(|field| {
        (field.key().to_owned(), field.label().get(lang()).to_owned(), column.field == Some(field))
    });
    let id = choice("id", say("Identifiant du deal", "Id of the deal"), column.is_id);
    let none = choice("", say("Ne pas importer", "Do not import"), is_none);
    std::iter::once(none).chain(fields).chain([id]).collect()
}
