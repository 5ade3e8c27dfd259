//! Takes the file of a form, piece by piece, onto the disk.

use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{FromRequestParts, Multipart};
use axum::http::StatusCode;
use axum::http::request::Parts;
use hub::Upload;
use model::Text;

use crate::access::CurrentUser;
use crate::{ApiError, AppState};

/// The field of the form that holds the file.
const FIELD: &str = "file";

/// The file of a form, as its owner's. Whatever else the form holds is passed over.
pub(crate) async fn take(
    state: &AppState,
    owner: &str,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Upload, ApiError> {
    let mut form = form.map_err(|_| not_a_form())?;
    let unreadable = |error: MultipartError| broken(&error, state.hub.upload_limit());
    let mut taken = None;
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        if field.name() != Some(FIELD) || taken.is_some() {
            continue;
        }
        let name = field.file_name().unwrap_or("deals.csv").to_owned();
        let mut upload = state.hub.begin_upload(owner, &name)?;
        while let Some(piece) = field.chunk().await.map_err(unreadable)? {
            upload.write(&piece).await?;
        }
        taken = Some(upload.finish().await?);
    }
    taken.ok_or_else(no_file)
}

/// Who hands a file in, as waiting files tell it: nobody finds those of somebody else.
pub(crate) struct Owner(pub(crate) String);

impl FromRequestParts<AppState> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Owner, ApiError> {
        let CurrentUser(visitor) = CurrentUser::from_request_parts(parts, state).await?;
        let member = visitor.caller.member();
        Ok(Owner(member.map_or_else(|| "local".to_owned(), |member| format!("member:{}", member.id))))
    }
}

/// A file beyond the limit, in bytes.
pub(crate) fn too_large(limit: u64) -> ApiError {
    let most = limit / (1024 * 1024);
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        Text::new(
            format!("Le fichier est trop volumineux : {most} Mo au plus. Coupez-le en plusieurs fichiers."),
            format!("The file is too large: {most} MB at most. Cut it into several files."),
        ),
    )
}

fn broken(error: &MultipartError, limit: u64) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(limit),
        _ => ApiError::invalid(Text::fixed(
            "Le formulaire est incomplet : le fichier n'est pas arrivé jusqu'au bout. Envoyez-le de nouveau.",
            "The form is incomplete: the file did not arrive to its end. Send it again.",
        )),
    }
}

fn not_a_form() -> ApiError {
    ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported_media_type",
        Text::fixed(
            "Le fichier doit venir dans un formulaire, avec l'en-tête « Content-Type: multipart/form-data ».",
            "The file must come in a form, with the header “Content-Type: multipart/form-data”.",
        ),
    )
}

fn no_file() -> ApiError {
    ApiError::invalid(Text::fixed(
        "Le formulaire ne contient pas de fichier : envoyez-le dans le champ « file ».",
        "The form holds no file: send it in the field “file”.",
    ))
}
