//! The sentences for one record that is refused, here or at the service.

use model::{Text, Value};

use crate::salesforce::saved::RecordFault;
use crate::salesforce::schema::{Column, Holds, Object};

/// What a record was refused for, with the words of people for its fields. `said` is the service's message.
pub(in crate::salesforce) fn refused(object: &Object, fault: &RecordFault, said: &str) -> Text {
    let labels: Vec<&str> = fault
        .fields
        .iter()
        .map(|key| object.column(key).map_or(key.as_str(), |column| column.name.as_str()))
        .collect();
    let names = labels.join(", ");
    let first = fault.fields.first().and_then(|key| object.column(key));
    match (fault.code.as_str(), first) {
        ("REQUIRED_FIELD_MISSING", Some(_)) => Text::new(
            format!("Salesforce exige une valeur pour : {names}."),
            format!("Salesforce demands a value for: {names}."),
        ),
        ("STRING_TOO_LONG", Some(column)) => {
            let (name, length) = (&column.name, column.length);
            Text::new(
                format!("Le texte dépasse les {length} caractères du champ « {name} » de Salesforce."),
                format!("The text is longer than the {length} characters of Salesforce's field “{name}”."),
            )
        }
        ("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", Some(column)) => {
            let (name, value) = (&column.name, said.rsplit(": ").next().unwrap_or_default());
            Text::new(
                format!(
                    "« {value} » n'est plus une valeur du champ « {name} » de Salesforce. Rétablissez-la, ou corrigez la \
                     correspondance, puis relancez."
                ),
                format!(
                    "“{value}” is no longer a value of Salesforce's field “{name}”. Restore it, or correct what stands \
                     for what, then start again."
                ),
            )
        }
        ("FIELD_CUSTOM_VALIDATION_EXCEPTION", _) => Text::new(
            format!("Une règle de validation de votre Salesforce refuse cet enregistrement : {said}"),
            format!("A validation rule of your Salesforce refuses this record: {said}"),
        ),
        ("DUPLICATE_VALUE" | "DUPLICATES_DETECTED", _) => Text::new(
            format!("Salesforce refuse un doublon : {said}"),
            format!("Salesforce refuses a duplicate: {said}"),
        ),
        ("INSUFFICIENT_ACCESS_OR_READONLY" | "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", _) => {
            Text::fixed(
                "L'utilisateur de Salesforce n'a pas le droit de modifier cet enregistrement, ou il est verrouillé par une \
             approbation.",
                "The Salesforce user has no right to change this record, or an approval has locked it.",
            )
        }
        ("UNABLE_TO_LOCK_ROW", _) => Text::fixed(
            "Salesforce était en train de modifier cet enregistrement, ou son compte. Relancez dans un instant.",
            "Salesforce was changing this record, or its account. Start again in a moment.",
        ),
        _ => Text::new(
            format!("Salesforce refuse cet enregistrement : {said}"),
            format!("Salesforce refuses this record: {said}"),
        ),
    }
}

/// Fields without which no record can be created.
pub(in crate::salesforce) fn missing(object: &Object, columns: &[&Column]) -> Text {
    let names: Vec<String> = columns.iter().map(|column| format!("« {} »", column.name)).collect();
    let (fr, en) = (names.join(", "), names.join(", ").replace("« ", "“").replace(" »", "”"));
    let name = &object.label;
    if columns.iter().any(|column| *column.key == *"CloseDate") {
        return Text::new(
            format!(
                "Salesforce n'accepte pas d'opportunité sans {fr}. Donnez une échéance au deal, puis relancez."
            ),
            format!(
                "Salesforce takes no opportunity without {en}. Give the deal a due date, then start again."
            ),
        );
    }
    Text::new(
        format!(
            "Salesforce n'accepte rien dans « {name} » sans {fr}. Renseignez, ou associez dans le mapping."
        ),
        format!("Salesforce takes nothing into “{name}” without {en}. Fill it in, or map it."),
    )
}

pub(in crate::salesforce) fn required(column: &Column) -> Text {
    let name = &column.name;
    Text::new(
        format!("Le champ « {name} » de Salesforce ne peut pas être vide."),
        format!("Salesforce's field “{name}” cannot be empty."),
    )
}

pub(in crate::salesforce) fn misfit(column: &Column, value: &Value) -> Text {
    let (name, native) = (&column.name, &column.native);
    let held = model::parse::shorten(&value.to_text().unwrap_or_default());
    Text::new(
        format!("« {held} » ne convient pas au champ « {name} » ({native}) de Salesforce."),
        format!("“{held}” does not fit Salesforce's field “{name}” ({native})."),
    )
}

pub(in crate::salesforce) fn read_only(column: &Column) -> Text {
    let name = &column.name;
    Text::new(
        format!("Rien ne peut être écrit dans le champ « {name} » de Salesforce."),
        format!("Nothing can be written into Salesforce's field “{name}”."),
    )
}

pub(in crate::salesforce) fn no_choice(column: &Column, text: &str) -> Text {
    let name = &column.name;
    let known = match &column.holds {
        Holds::Choice(choices) | Holds::Several(choices) => choices.labels().join(", "),
        _ => String::new(),
    };
    Text::new(
        format!(
            "« {text} » n'est pas une valeur du champ « {name} » de Salesforce. Les valeurs sont : {known}."
        ),
        format!("“{text}” is not a value of Salesforce's field “{name}”. The values are: {known}."),
    )
}

pub(in crate::salesforce) fn nobody(column: &Column, name: &str) -> Text {
    let field = &column.name;
    Text::new(
        format!(
            "Salesforce ne connaît pas « {name} » pour le champ « {field} ». Créez-le dans Salesforce, ou corrigez le nom."
        ),
        format!(
            "Salesforce does not know “{name}” for the field “{field}”. Make it in Salesforce, or correct the name."
        ),
    )
}

pub(in crate::salesforce) fn several(column: &Column, name: &str) -> Text {
    let field = &column.name;
    Text::new(
        format!(
            "Plusieurs enregistrements de Salesforce s'appellent « {name} » (champ « {field} »). Écrivez l'identifiant à 18 \
             caractères de celui que vous voulez."
        ),
        format!(
            "Several records of Salesforce are called “{name}” (field “{field}”). Write the id of 18 characters of the one \
             you want."
        ),
    )
}

pub(in crate::salesforce) fn same_key(key: &str) -> Text {
    Text::new(
        format!("Un autre enregistrement du même envoi porte déjà la clé « {key} »."),
        format!("Another record of the same call already bears the key “{key}”."),
    )
}

pub(in crate::salesforce) fn unknown_field(object: &Object) -> Text {
    let name = &object.label;
    Text::new(
        format!("Un champ à écrire n'existe plus dans « {name} ». Corrigez le mapping."),
        format!("A field to write is no longer in “{name}”. Correct the mapping."),
    )
}
