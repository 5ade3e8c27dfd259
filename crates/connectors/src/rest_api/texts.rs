//! The sentences of this connector.

use model::Text;
use url::Url;

use super::find::{Missing, There};
use super::path::Step;
use crate::common::form::Form;
use crate::error::{Error, ErrorKind, Result};

fn settings(fr: impl Into<String>, en: impl Into<String>, hint: Text) -> Error {
    Error::new(ErrorKind::InvalidSettings, Text::new(fr, en)).hint(hint)
}

fn reply(fr: impl Into<String>, en: impl Into<String>, hint: Text) -> Error {
    Error::new(ErrorKind::UnexpectedReply, Text::new(fr, en)).hint(hint)
}

const READ_THE_MANUAL: Text = Text::fixed(
    "Vérifiez les champs de la pagination dans la documentation de l'API.",
    "Check the fields of paging in the API's documentation.",
);
const SEE_THE_ANSWER: Text = Text::fixed(
    "Ouvrez l'adresse dans un navigateur, ou essayez-la dans le formulaire, pour voir la réponse entière.",
    "Open the address in a browser, or try it in the form, to see the whole answer.",
);

/// The address in a field.
///
/// # Errors
/// `InvalidSettings` when it is none.
pub(super) fn address(form: &Form, key: &str) -> Result<Url> {
    let url = Url::parse(form.text(key))
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let mut url =
        url.ok_or_else(|| form.unusable(key, "n'est pas une adresse web", "is not a web address"))?;
    url.set_fragment(None);
    Ok(url)
}

pub(super) fn secret_header(name: &str) -> Error {
    settings(
        format!("API REST : l'en-tête « {name} » contient une clé, qui ne serait pas chiffrée."),
        format!("API REST: the header “{name}” holds a key, which would not be sealed."),
        Text::fixed(
            "Retirez-le des en-têtes et choisissez le mode d'authentification : la clé y est chiffrée.",
            "Take it out of the headers and choose the kind of authentication: the key is sealed there.",
        ),
    )
}

pub(super) fn own_header(name: &str) -> Error {
    settings(
        format!("API REST : l'en-tête « {name} » est fixé par Passerelle."),
        format!("API REST: the header “{name}” is set by Passerelle."),
        Text::fixed("Retirez-le des en-têtes.", "Take it out of the headers."),
    )
}

pub(super) fn no_header(name: &str) -> Error {
    settings(
        format!("API REST : « {name} » ne peut pas être envoyé comme en-tête."),
        format!("API REST: “{name}” cannot be sent as a header."),
        Text::fixed(
            "Lettres, chiffres et tirets pour le nom, une seule ligne pour la valeur.",
            "Letters, digits and dashes for the name, a single line for the value.",
        ),
    )
}

pub(super) fn no_path(text: &str) -> Error {
    settings(
        format!("API REST : « {text} » n'est pas un chemin."),
        format!("API REST: “{text}” is not a path."),
        Text::fixed(
            "Un chemin ressemble à data.items, results[0].rows ou $.data[?@.active].",
            "A path looks like data.items, results[0].rows or $.data[?@.active].",
        ),
    )
}

/// No row has a column that could tell it from the others.
pub(super) fn no_key() -> Error {
    settings(
        "API REST : aucune colonne n'identifie les lignes.",
        "API REST: no column tells the rows apart.",
        Text::fixed(
            "Remplissez « Identifiant d'une ligne » avec le nom de la colonne dont la valeur est propre à chaque ligne.",
            "Fill in “Id of a row” with the name of the column whose value is each row's own.",
        ),
    )
}

/// A row without the id that the others have.
pub(super) fn no_id() -> Error {
    reply(
        "API REST : une ligne n'a pas d'identifiant, alors que d'autres en ont un.",
        "API REST: a row has no id, although others have one.",
        Text::fixed(
            "Remplissez « Identifiant d'une ligne » avec une colonne que toutes les lignes ont.",
            "Fill in “Id of a row” with a column that all rows have.",
        ),
    )
}

/// The way to the rows ends before its end.
pub(super) fn nothing_there(missing: &Missing) -> Error {
    let step = match &missing.step {
        Step::Key(name) => format!("« {name} »"),
        Step::Item(place) => format!("[{place}]"),
    };
    let (fr, en) = match &missing.there {
        There::Object(names) if names.is_empty() => {
            ("un objet vide".to_owned(), "an empty object".to_owned())
        }
        There::Object(names) => (format!("les clés {}", told(names)), format!("the keys {}", told(names))),
        There::List(length) => {
            (format!("une liste de {length} éléments"), format!("a list of {length} items"))
        }
        There::Scalar => ("une valeur simple".to_owned(), "a plain value".to_owned()),
    };
    let en_step = step.replace("« ", "“").replace(" »", "”");
    reply(
        format!("API REST : le chemin des lignes ne mène à rien : pas de {step}, mais {fr}."),
        format!("API REST: the path to the rows leads to nothing: no {en_step}, but {en}."),
        Text::fixed(
            "Corrigez « Chemin des lignes » d'après les clés de la réponse.",
            "Correct “Path to the rows” after the keys of the answer.",
        ),
    )
}

/// A JSONPath finds nothing.
pub(super) fn nothing_found(query: &str, names: &[String]) -> Error {
    let keys = told(names);
    reply(
        format!("API REST : « {query} » ne trouve rien. La réponse a les clés {keys}."),
        format!("API REST: “{query}” finds nothing. The answer has the keys {keys}."),
        Text::fixed(
            "Corrigez « Chemin des lignes » d'après les clés de la réponse.",
            "Correct “Path to the rows” after the keys of the answer.",
        ),
    )
}

/// A few names, shortened.
fn told(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| model::parse::shorten(name)).collect();
    if names.len() > SHOWN {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

/// There is a plain value where the rows should be.
pub(super) fn scalar(value: &str) -> Error {
    let (fr, en) = match value.as_bytes().first() {
        Some(b'n') => ("null", "null"),
        Some(b'"') => ("un texte", "a text"),
        Some(b't' | b'f') => ("oui ou non", "yes or no"),
        _ => ("un nombre", "a number"),
    };
    reply(
        format!("API REST : le chemin des lignes mène à une valeur simple ({fr}), pas à une liste."),
        format!("API REST: the path to the rows leads to a plain value ({en}), not to a list."),
        Text::fixed(
            "Corrigez « Chemin des lignes » : il mène à une liste ou à un objet.",
            "Correct “Path to the rows”: it leads to a list or to an object.",
        ),
    )
}

pub(super) fn empty_answer() -> Error {
    reply(
        "API REST a envoyé une réponse vide.",
        "API REST sent an empty answer.",
        Text::fixed(
            "Réessayez ; si cela persiste, vérifiez l'adresse et la méthode.",
            "Try again; if it persists, check the address and the method.",
        ),
    )
}

pub(super) fn xml() -> Error {
    reply(
        "API REST répond du XML, qui n'est pas lu.",
        "API REST answers XML, which is not read.",
        Text::fixed(
            "Demandez du JSON ou du CSV : souvent par l'en-tête « Accept: application/json » ou un paramètre format.",
            "Ask for JSON or CSV: often by the header “Accept: application/json” or a parameter format.",
        ),
    )
}

pub(super) fn no_rows_in(kind: &str) -> Error {
    let kind = if kind.is_empty() { "?" } else { kind };
    reply(
        format!("API REST répond un texte ({kind}) qui n'est ni du JSON, ni du JSON Lines, ni du CSV."),
        format!("API REST answers a text ({kind}) that is neither JSON, nor JSON lines, nor CSV."),
        SEE_THE_ANSWER,
    )
}

pub(super) fn no_json(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    reply(
        format!(
            "API REST a répondu des données d'une forme inattendue : pas du JSON (ligne {line}, colonne {column})."
        ),
        format!("API REST answered data of an unexpected shape: no JSON (line {line}, column {column})."),
        SEE_THE_ANSWER,
    )
}

pub(super) fn no_json_line(line: u64) -> Error {
    reply(
        format!("API REST : la ligne {line} de la réponse n'est pas du JSON."),
        format!("API REST: line {line} of the answer is no JSON."),
        SEE_THE_ANSWER,
    )
}

pub(super) fn wrong_letters(encoding: &str) -> Error {
    reply(
        format!("API REST : la réponse ne se lit pas en {encoding}."),
        format!("API REST: the answer cannot be read as {encoding}."),
        Text::fixed(
            "Demandez à l'API de l'UTF-8, souvent par un paramètre ou l'en-tête « Accept-Charset: utf-8 ».",
            "Ask the API for UTF-8, often by a parameter or the header “Accept-Charset: utf-8”.",
        ),
    )
}

pub(super) fn open_quote() -> Error {
    reply(
        "API REST : le CSV se termine au milieu d'un texte entre guillemets.",
        "API REST: the CSV ends within a quoted text.",
        Text::fixed(
            "La réponse est incomplète : relancez la lecture.",
            "The answer is incomplete: read again.",
        ),
    )
}

pub(super) fn row_too_long(line: u64) -> Error {
    reply(
        format!("API REST : la ligne {line} de la réponse dépasse 8 Mo, elle n'a pas été lue."),
        format!("API REST: line {line} of the answer is larger than 8 MB and was not read."),
        Text::fixed(
            "Si la réponse est un seul document JSON, l'API devrait la donner par pages.",
            "If the answer is a single JSON document, the API should give it in pages.",
        ),
    )
}

/// Such a paging needs what only a document has.
pub(super) fn no_document() -> Error {
    settings(
        "API REST : cette pagination cherche la suite dans un document JSON, mais l'API répond ligne par ligne.",
        "API REST: this paging looks for the rest in a JSON document, but the API answers line by line.",
        Text::fixed(
            "Choisissez une autre pagination, ou « Aucune » si tout vient en une fois.",
            "Choose another paging, or “None” if everything comes at once.",
        ),
    )
}

pub(super) fn circle() -> Error {
    reply(
        "API REST : les pages mènent en rond, la lecture a été arrêtée.",
        "API REST: the pages lead in a circle, the reading was stopped.",
        READ_THE_MANUAL,
    )
}

pub(super) fn same_page() -> Error {
    reply(
        "API REST donne deux fois de suite la même page, la lecture a été arrêtée.",
        "API REST gives the same page twice in a row, the reading was stopped.",
        Text::fixed(
            "L'API ne connaît peut-être pas le paramètre de pagination : vérifiez son nom, ou choisissez « Aucune ».",
            "The API may not know the parameter of paging: check its name, or choose “None”.",
        ),
    )
}

pub(super) fn too_many_pages(limit: u64) -> Error {
    settings(
        format!(
            "API REST : la liste a plus de {limit} pages, la limite de cette connexion. La suite n'a pas été lue."
        ),
        format!(
            "API REST: the list has more than {limit} pages, this connection's limit. The rest was not read."
        ),
        Text::fixed(
            "Augmentez « Pages au plus » ou « Lignes par page », ou limitez la liste par un paramètre.",
            "Raise “Pages at most” or “Rows a page”, or limit the list by a parameter.",
        ),
    )
}

/// The next page is on another origin.
pub(super) fn elsewhere(host: &str) -> Error {
    reply(
        format!(
            "API REST : la page suivante est ailleurs ({host}), où les identifiants ne sont pas envoyés."
        ),
        format!("API REST: the next page is elsewhere ({host}), where credentials are not sent."),
        Text::fixed(
            "Donnez comme adresse celle que l'API emploie elle-même dans ses liens, https compris.",
            "Give the address that the API itself uses in its links, https included.",
        ),
    )
}

/// The service answers that the list is elsewhere.
pub(super) fn moved(location: &str) -> Error {
    reply(
        format!("API REST répond par une redirection vers « {location} », qui n'est pas suivie."),
        format!("API REST answers with a redirect to “{location}”, which is not followed."),
        Text::fixed(
            "Donnez cette adresse-là si c'est bien celle de l'API.",
            "Give that address if it is the API's indeed.",
        ),
    )
}

pub(super) fn smaller_pages(asked: u64, given: u64) -> Text {
    Text::new(
        format!("L'API donne {given} lignes par page au lieu des {asked} demandées ; tout a été lu."),
        format!("The API gives {given} rows a page instead of the {asked} asked for; all was read."),
    )
}

pub(super) fn fewer_than_told(read: u64, total: u64) -> Text {
    Text::new(
        format!("L'API annonce {total} lignes, {read} ont été lues."),
        format!("The API tells of {total} rows, {read} were read."),
    )
}

pub(super) fn read_only() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed("API REST : cette connexion lit seulement.", "API REST: this connection only reads."),
    )
    .hint(Text::fixed(
        "Choisissez une autre connexion pour l'export.",
        "Choose another connection for the export.",
    ))
}
