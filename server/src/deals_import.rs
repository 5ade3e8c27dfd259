//! The pages that bring a file of deals in: taken, looked at, read as a person says, imported.

use std::time::Duration;

use app::{CsvRefused, CsvShown, CsvWaiting};
use axum::Router;
use axum::body::Bytes;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::{CsvChoices, Kind, Letters, Said};
use leptos::prelude::provide_context;
use model::DealField;
use model::deals_csv::{Columns, DayOrder};
use model::decimal::Mark;

use crate::drawing::{Sender, Shell, draw};
use crate::upload::Owner;
use crate::{ApiError, AppState, form, upload};

/// The page a file is chosen on.
const IMPORT: &str = "/deals/import";

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(IMPORT, get(choose).post(take))
        .route("/deals/import/{key}", get(show).post(reread))
        .route("/deals/import/{key}/run", get(back_to_file).post(import))
        .route("/deals/import/{key}/delete", get(back_to_file).post(forget))
}

async fn choose(State(state): State<AppState>, Owner(owner): Owner, request: Request) -> Response {
    let waiting = CsvWaiting(state.hub.kept_csvs(&owner));
    draw(&state, Shell::Live, request, move || provide_context(waiting.clone())).await
}

async fn take(
    State(state): State<AppState>,
    Owner(owner): Owner,
    sender: Sender,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let upload = match upload::take(&state, &owner, form).await {
        Ok(upload) => upload,
        Err(error) => return not_taken(&state, &sender, &owner, error).await,
    };
    match state.hub.keep_csv(upload).await {
        Ok(key) => Redirect::to(&at(&key)).into_response(),
        Err(error) => not_taken(&state, &sender, &owner, error.into()).await,
    }
}

/// The page a file is chosen on, with why this one was not taken.
async fn not_taken(state: &AppState, sender: &Sender, owner: &str, error: ApiError) -> Response {
    // What only a person can mend is said on the page; the rest is a fault of the server's.
    let status =
        if error.status == StatusCode::BAD_REQUEST { StatusCode::UNPROCESSABLE_ENTITY } else { error.status };
    let told = hub::Error::invalid(error.message).hint(error.hint.map(|hint| *hint));
    let refused = CsvRefused::new(&told, sender.lang);
    let waiting = CsvWaiting(state.hub.kept_csvs(owner));
    let provide = move || {
        provide_context(refused.clone());
        provide_context(waiting.clone());
    };
    sender.shown(state, Shell::Live, IMPORT, status, provide).await
}

async fn show(
    State(state): State<AppState>,
    Owner(owner): Owner,
    sender: Sender,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    match state.hub.csv_view(&owner, &key, sender.lang).await {
        Ok(view) => {
            let shown = CsvShown { key, view };
            draw(&state, Shell::Live, request, move || provide_context(shown.clone())).await
        }
        Err(error) => sender.refused(&state, error, IMPORT).await,
    }
}

async fn reread(
    State(state): State<AppState>,
    Owner(owner): Owner,
    sender: Sender,
    Path(key): Path<String>,
    form: Bytes,
) -> Response {
    match state.hub.choose_csv(&owner, &key, choices(&form)).await {
        Ok(()) => Redirect::to(&at(&key)).into_response(),
        // Read like that, it is no CSV: it is shown as it was read before.
        Err(error) => {
            shown_again(&state, &sender, &owner, key, error, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// How long the page of the import waits for it to end: a small one is over by then.
const MOMENT: Duration = Duration::from_millis(1_500);

/// The form holds `plan`: the number of what its sender saw the import would do; and how the file is read, as their
/// page has it by now.
async fn import(
    State(state): State<AppState>,
    Owner(owner): Owner,
    sender: Sender,
    Path(key): Path<String>,
    form: Bytes,
) -> Response {
    let values = form::read(&form);
    let seen = values.get("plan").and_then(|plan| plan.parse().ok());
    let choices = values.contains_key("columns").then(|| choices(&form));
    match state.hub.import_kept_csv(&owner, &key, seen, choices).await {
        Ok(run_id) => {
            // Whether it has ended or not, its page tells.
            let _ = tokio::time::timeout(MOMENT, state.hub.wait(run_id, sender.lang)).await;
            Redirect::to(&format!("/runs/{run_id}")).into_response()
        }
        // It would do something else by now, which is shown.
        Err(error) if matches!(error.kind, Kind::Outdated) => {
            shown_again(&state, &sender, &owner, key, error, StatusCode::CONFLICT).await
        }
        Err(error) => sender.refused(&state, error, IMPORT).await,
    }
}

/// The page of a file, with why what was asked of it was not done; where there is no such file, that alone.
async fn shown_again(
    state: &AppState,
    sender: &Sender,
    owner: &str,
    key: String,
    error: hub::Error,
    status: StatusCode,
) -> Response {
    let Ok(view) = state.hub.csv_view(owner, &key, sender.lang).await else {
        return sender.refused(state, error, IMPORT).await;
    };
    let (shown, refused) = (CsvShown { key, view }, CsvRefused::new(&error, sender.lang));
    let page = at(&shown.key);
    let provide = move || {
        provide_context(shown.clone());
        provide_context(refused.clone());
    };
    sender.shown(state, Shell::Live, &page, status, provide).await
}

async fn forget(
    State(state): State<AppState>,
    Owner(owner): Owner,
    sender: Sender,
    Path(key): Path<String>,
) -> Response {
    let forgotten = state.hub.forget_csv(&owner, &key).await;
    sender.led(&state, forgotten.map(|()| IMPORT.to_owned()), IMPORT).await
}

async fn back_to_file(Path(key): Path<String>) -> Redirect {
    Redirect::to(&at(&key))
}

/// The page of a file. A key that nobody gave out is kept out of headers.
fn at(key: &str) -> String {
    let plain = key.chars().all(|letter| letter.is_ascii_alphanumeric());
    if plain { format!("{IMPORT}/{key}") } else { IMPORT.to_owned() }
}

/// What the form says of the file; what it leaves open, or says in words nobody knows, is as the file shows it.
fn choices(form: &[u8]) -> CsvChoices {
    let values = form::read(form);
    let value = |name: &str| values.get(name).map(String::as_str).unwrap_or_default();
    let delimiter = match value("delimiter").as_bytes() {
        [delimiter @ (b';' | b',' | b'\t' | b'|')] => Some(*delimiter),
        _ => None,
    };
    let mark = match value("mark") {
        "comma" => Some(Mark::Comma),
        "point" => Some(Mark::Point),
        _ => None,
    };
    let days = match value("days") {
        "day" => Some(DayOrder::DayFirst),
        "month" => Some(DayOrder::MonthFirst),
        _ => None,
    };
    let count: Option<usize> = value("columns").parse().ok();
    let columns = count.map(|count| {
        let mut columns = Columns::default();
        for (name, meaning) in &values {
            let Some(place) = name.strip_prefix("column_").and_then(|place| place.parse().ok()) else {
                continue;
            };
            if place >= count {
                continue;
            }
            if meaning == "id" {
                columns.id.get_or_insert(place);
            } else if let Some(field) = DealField::from_key(meaning) {
                // Of two columns for one field, the one further to the left.
                columns.fields.entry(field).and_modify(|other| *other = place.min(*other)).or_insert(place);
            }
        }
        (count, columns)
    });
    CsvChoices {
        said: Said { letters: Letters::from_word(value("letters")), delimiter },
        mark,
        days,
        columns,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_how_a_file_is_read() {
        let form = b"columns=4&letters=windows-1252&delimiter=%2C&mark=point&days=month\
                     &column_0=id&column_1=client&column_2=montant_brut&column_3=montant_brut&column_9=notes";
        let read = choices(form);
        assert_eq!((read.said.letters, read.said.delimiter), (Some(Letters::Windows1252), Some(b',')));
        assert_eq!((read.mark, read.days), (Some(Mark::Point), Some(DayOrder::MonthFirst)));
        let (count, columns) = read.columns.unwrap();
        assert_eq!((count, columns.id, columns.fields.len()), (4, Some(0), 2));
        assert_eq!(columns.fields[&DealField::MontantBrut], 2);
        assert_eq!(choices(b"letters=klingon&delimiter=xx"), CsvChoices::default());
    }
}
