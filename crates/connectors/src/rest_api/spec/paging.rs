//! How one gets from one page to the next.

use model::Text;
use model::spec::{FieldKind, FormField};

use crate::common::fields::{choice, field, needed, when};

pub(super) fn fields() -> Vec<FormField> {
    let mut fields = vec![kind()];
    fields.extend(numbered());
    fields.extend(led());
    fields.extend(bounds());
    fields
}

fn kind() -> FormField {
    field(
        "paging",
        Text::fixed("Pagination", "Paging"),
        Text::fixed(
            "Comment l'API donne la suite d'une longue liste.",
            "How the API gives the rest of a long list.",
        ),
        "cursor",
        choice(&[
            ("none", "Aucune : tout vient en une fois", "None: everything comes at once"),
            ("page", "Numéro de page", "Page number"),
            ("offset", "Décalage (offset)", "Offset"),
            ("cursor", "Curseur dans la réponse", "Cursor in the answer"),
            ("link_header", "En-tête Link", "Link header"),
            ("next_url", "Adresse suivante dans la réponse", "Next address in the answer"),
        ]),
    )
}

/// Pages that are counted here.
fn numbered() -> [FormField; 7] {
    let parameter = |key: &str, fr, en, example: &str| {
        let help = Text::new(
            format!("Le nom du paramètre. Sans réponse : {example}."),
            format!("The name of the parameter. Left empty: {example}."),
        );
        field(key, Text::fixed(fr, en), help, example, FieldKind::Text)
    };
    [
        when("paging", &["page"], parameter("page_param", "Paramètre de la page", "Page parameter", "page")),
        when(
            "paging",
            &["page"],
            field(
                "first_page",
                Text::fixed("Première page", "First page"),
                Text::fixed(
                    "0 si l'API compte à partir de zéro. Sans réponse : 1.",
                    "0 if the API counts from zero. Left empty: 1.",
                ),
                "1",
                FieldKind::Number { min: 0, max: 1_000_000 },
            ),
        ),
        when(
            "paging",
            &["offset"],
            parameter("offset_param", "Paramètre du décalage", "Offset parameter", "offset"),
        ),
        when(
            "paging",
            &["offset"],
            parameter("limit_param", "Paramètre du nombre", "Limit parameter", "limit"),
        ),
        when(
            "paging",
            &["page", "cursor"],
            field(
                "size_param",
                Text::fixed("Paramètre de la taille", "Size parameter"),
                Text::fixed(
                    "Le paramètre qui dit combien de lignes une page doit avoir, si l'API en a un.",
                    "The parameter that says how many rows a page is to have, if the API has one.",
                ),
                "per_page",
                FieldKind::Text,
            ),
        ),
        when(
            "paging",
            &["page", "offset", "cursor"],
            field(
                "page_size",
                Text::fixed("Lignes par page", "Rows a page"),
                Text::fixed(
                    "Ce qui est demandé. Une page plus courte est la dernière.",
                    "What is asked for. A shorter page is the last.",
                ),
                "100",
                FieldKind::Number { min: 1, max: 100_000 },
            ),
        ),
        when(
            "method",
            &["POST"],
            field(
                "paging_in",
                Text::fixed("Place de ces paramètres", "Place of these parameters"),
                Text::fixed(
                    "Dans l'adresse, ou au premier niveau du corps, qui est alors un objet JSON.",
                    "In the address, or at the first level of the body, which is a JSON object then.",
                ),
                "query",
                choice(&[("query", "Adresse", "Address"), ("body", "Corps", "Body")]),
            ),
        ),
    ]
}

/// Pages that lead to each other.
fn led() -> [FormField; 3] {
    [
        when(
            "paging",
            &["cursor"],
            needed(field(
                "cursor_param",
                Text::fixed("Paramètre du curseur", "Cursor parameter"),
                Text::fixed("Le paramètre qui demande la suite.", "The parameter that asks for the rest."),
                "cursor",
                FieldKind::Text,
            )),
        ),
        when(
            "paging",
            &["cursor"],
            needed(field(
                "cursor_path",
                Text::fixed("Chemin du curseur", "Path to the cursor"),
                Text::fixed(
                    "Où est le curseur dans la réponse. Absent, vide ou null : c'était la dernière page.",
                    "Where the cursor is in the answer. Missing, empty or null: it was the last page.",
                ),
                "meta.next_cursor",
                FieldKind::Text,
            )),
        ),
        when(
            "paging",
            &["next_url"],
            needed(field(
                "next_path",
                Text::fixed("Chemin de l'adresse suivante", "Path to the next address"),
                Text::fixed(
                    "Où est l'adresse de la page suivante dans la réponse. Absente, vide ou null : c'était la dernière.",
                    "Where the next page's address is in the answer. Missing, empty or null: it was the last.",
                ),
                "links.next",
                FieldKind::Text,
            )),
        ),
    ]
}

fn bounds() -> [FormField; 3] {
    [
        in_pages(field(
            "total_path",
            Text::fixed("Chemin du total", "Path to the total"),
            Text::fixed(
                "Où la réponse dit combien de lignes il y a en tout, si elle le dit.",
                "Where the answer says how many rows there are in all, if it does.",
            ),
            "meta.total",
            FieldKind::Text,
        )),
        in_pages(field(
            "max_pages",
            Text::fixed("Pages au plus", "Pages at most"),
            Text::fixed(
                "Une liste plus longue est une erreur : elle n'aurait été lue qu'en partie. Sans réponse : 1000.",
                "A longer list is an error: it would have been read in part only. Left empty: 1000.",
            ),
            "1000",
            FieldKind::Number { min: 1, max: 10_000_000 },
        )),
        field(
            "requests_per_second",
            Text::fixed("Requêtes par seconde", "Requests a second"),
            Text::fixed(
                "La limite de l'API, si elle en dit une. Sans réponse : 5.",
                "The API's limit, if it tells one. Left empty: 5.",
            ),
            "5",
            FieldKind::Number { min: 1, max: 1_000 },
        ),
    ]
}

/// What only a listing of several pages has.
fn in_pages(field: FormField) -> FormField {
    when("paging", &["page", "offset", "cursor", "link_header", "next_url"], field)
}
