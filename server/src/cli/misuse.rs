//! What is said of arguments that make no sense, in the reader's language instead of clap's.

use clap::error::{ContextKind, ErrorKind};
use model::Text;

/// What is wrong with the arguments.
pub(super) fn fault(error: &clap::Error) -> Text {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let command = context(ContextKind::InvalidSubcommand);
    let text = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            Text::new(format!("Commande inconnue : {command}."), format!("Unknown command: {command}."))
        }
        ErrorKind::UnknownArgument => {
            Text::new(format!("Argument inconnu : {argument}."), format!("Unknown argument: {argument}."))
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = argument.replace('\n', " ");
            Text::new(format!("Il manque : {missing}."), format!("Missing: {missing}."))
        }
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue);
            Text::new(
                format!("{argument} : « {value} » est inconnu. Valeurs acceptées : {valid}."),
                format!("{argument}: “{value}” is unknown. Accepted values: {valid}."),
            )
        }
        _ => Text::fixed("Commande mal formée.", "Malformed command."),
    };
    Text::new(
        format!("{}\nL'aide : passerelle --help", text.fr),
        format!("{}\nHelp: passerelle --help", text.en),
    )
}
