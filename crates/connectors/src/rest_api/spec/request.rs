//! What is asked for.

use model::Text;
use model::spec::{FieldKind, FormField};

use crate::common::fields::{choice, field, needed, when};

pub(super) fn fields() -> Vec<FormField> {
    vec![
        needed(field(
            "url",
            Text::fixed("Adresse", "Address"),
            Text::fixed(
                "L'adresse complète de la liste à lire, sans clé ni mot de passe.",
                "The full address of the list to read, without key or password.",
            ),
            "https://api.example.com/v1/customers",
            FieldKind::Url,
        )),
        field(
            "method",
            Text::fixed("Méthode", "Method"),
            Text::fixed(
                "GET, sauf si l'API attend sa question dans un corps. La requête peut être répétée : elle doit seulement lire.",
                "GET, unless the API takes its question in a body. The request may be repeated: it must only read.",
            ),
            "GET",
            choice(&[("GET", "GET", "GET"), ("POST", "POST", "POST")]),
        ),
        field(
            "params",
            Text::fixed("Paramètres", "Parameters"),
            Text::fixed(
                "Ce qui suit le ? de l'adresse : un objet JSON, ou une ligne « nom: valeur » par paramètre.",
                "What follows the ? of the address: a JSON object, or a line “name: value” for each parameter.",
            ),
            "{\"status\": \"active\"}",
            FieldKind::Pairs,
        ),
        field(
            "headers",
            Text::fixed("En-têtes", "Headers"),
            Text::fixed(
                "Un objet JSON, ou une ligne « Nom: valeur » par en-tête. Les clés vont dans l'authentification, où elles \
                 sont chiffrées.",
                "A JSON object, or a line “Name: value” for each header. Keys go into the authentication, where they are \
                 sealed.",
            ),
            "Accept: application/json",
            FieldKind::Pairs,
        ),
        when(
            "method",
            &["POST"],
            field(
                "body",
                Text::fixed("Corps", "Body"),
                Text::fixed(
                    "Ce qui est envoyé avec POST : du JSON, ou un autre texte avec son en-tête Content-Type.",
                    "What is sent with POST: JSON, or another text with its header Content-Type.",
                ),
                "{\"fields\": [\"id\", \"name\"]}",
                FieldKind::LongText,
            ),
        ),
    ]
}
