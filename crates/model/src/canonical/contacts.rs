//! CONTACT_HISTORY: who was contacted about what.

use super::field::{Field, FieldType::*};
use crate::text::Text;

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "contact_key",
        Text,
        Text::fixed("Code du contact", "Contact code"),
        &["idcontact", "contactid", "codecontact", "numerocontact", "id"],
    )
    .required(),
    Field::new(
        "customer_key",
        Text,
        Text::fixed("Code du client", "Customer code"),
        &[
            "codeclient",
            "numeroclient",
            "numclient",
            "idclient",
            "clientid",
            "noclient",
            "customerid",
            "client",
            "customer",
        ],
    )
    .required(),
    Field::new(
        "contacted_on",
        Date,
        Text::fixed("Date du contact", "Date of contact"),
        &["datecontact", "date", "dateenvoi", "dateaction", "contactdate"],
    )
    .required(),
    Field::new(
        "channel",
        Text,
        Text::fixed("Canal", "Channel"),
        &["canal", "typecontact", "type", "moyen", "media"],
    ),
    Field::new(
        "campaign",
        Text,
        Text::fixed("Campagne", "Campaign"),
        &["campagne", "nomcampagne", "operation"],
    ),
    Field::new("subject", Text, Text::fixed("Objet", "Subject"), &["objet", "sujet", "motif", "titre"]),
    Field::new("status", Text, Text::fixed("Statut", "Status"), &["statut", "etat", "resultat"]),
    Field::new(
        "response",
        Text,
        Text::fixed("Réponse", "Response"),
        &["reponse", "retour", "commentaire", "reply"],
    ),
];
