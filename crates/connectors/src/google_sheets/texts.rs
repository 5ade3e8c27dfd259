//! The sentences of this connector: what Google refused, and what to do about it.

use model::Text;
use model::spec::FormField;

use crate::error::{Error, ErrorKind};

/// What to do when the service says no to what was sent.
pub(super) const CHECK_THE_TAB: Text = Text::fixed(
    "Vérifiez que l'onglet n'a pas changé, puis réessayez.",
    "Check that the tab has not changed, then try again.",
);

pub(super) fn missing(field: &FormField) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Google Sheets : le champ « {fr} » est vide."),
            format!("Google Sheets: the field “{en}” is empty."),
        ),
    )
    .hint(field.help.clone())
}

pub(super) fn no_spreadsheet(typed: &str) -> Error {
    let typed = model::parse::shorten(typed);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("« {typed} » n'est ni le lien ni l'identifiant d'une feuille de calcul Google."),
            format!("“{typed}” is neither the link nor the id of a Google spreadsheet."),
        ),
    )
    .hint(Text::fixed(
        "Ouvrez la feuille dans le navigateur et copiez son adresse entière.",
        "Open the spreadsheet in the browser and copy its whole address.",
    ))
}

pub(super) fn wrong_key_file(why: &Text) -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Clé du compte de service : {}", why.fr),
            format!("Key of the service account: {}", why.en),
        ),
    )
}

pub(super) fn no_address() -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "L'adresse de l'API Google n'est pas une adresse web.",
            "The address of the Google API is not a web address.",
        ),
    )
    .hint(Text::fixed(
        "Corrigez-la dans la configuration du serveur.",
        "Correct it in the server's settings.",
    ))
}

pub(super) fn token_refused() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "Google refuse l'accès : l'autorisation n'est plus valable.",
            "Google refuses access: the authorization is no longer good.",
        ),
    )
    .hint(Text::fixed(
        "Reconnectez votre compte Google, ou collez une nouvelle clé du compte de service.",
        "Connect your Google account again, or paste a new key of the service account.",
    ))
}

pub(super) fn disabled() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "L'API Google Sheets n'est pas activée dans le projet Google Cloud de ces identifiants.",
            "The Google Sheets API is not enabled in the Google Cloud project of these credentials.",
        ),
    )
    .hint(Text::fixed(
        "Activez-la sur console.cloud.google.com (API et services, Bibliothèque, Google Sheets API), attendez quelques minutes, puis réessayez.",
        "Enable it at console.cloud.google.com (APIs and services, Library, Google Sheets API), wait a few minutes, then try again.",
    ))
}

pub(super) fn scope_too_small() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "L'autorisation donnée à Google ne permet pas de modifier des feuilles de calcul.",
            "The authorization given at Google does not allow changing spreadsheets.",
        ),
    )
    .hint(Text::fixed(
        "Reconnectez votre compte en acceptant tout ; un jeton de renouvellement doit avoir le droit https://www.googleapis.com/auth/spreadsheets.",
        "Connect your account again and accept everything; a refresh token must have the scope https://www.googleapis.com/auth/spreadsheets.",
    ))
}

/// The account sees nothing; `account` is the address to share with, where it is a service account's.
pub(super) fn not_shared(account: Option<&str>) -> Error {
    let error = Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "La feuille de calcul n'est pas partagée avec ce compte.",
            "The spreadsheet is not shared with this account.",
        ),
    );
    error.hint(match account {
        Some(account) => Text::new(
            format!("Partagez-la avec {account} : bouton Partager, rôle Éditeur pour l'export."),
            format!("Share it with {account}: button Share, role Editor for exports."),
        ),
        None => Text::fixed(
            "Demandez à son propriétaire de la partager avec votre compte Google.",
            "Ask its owner to share it with your Google account.",
        ),
    })
}

/// The account sees the spreadsheet and may not change it.
pub(super) fn read_only(account: Option<&str>) -> Error {
    let error = Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "Ce compte peut lire la feuille de calcul, pas la modifier.",
            "This account may read the spreadsheet, not change it.",
        ),
    );
    error.hint(match account {
        Some(account) => Text::new(
            format!("Donnez à {account} le rôle Éditeur : bouton Partager de la feuille."),
            format!("Give {account} the role Editor: button Share of the spreadsheet."),
        ),
        None => {
            Text::fixed("Demandez à son propriétaire le rôle Éditeur.", "Ask its owner for the role Editor.")
        }
    })
}

pub(super) fn spreadsheet_not_found() -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::fixed("Feuille de calcul Google introuvable.", "Google spreadsheet not found."),
    )
    .hint(Text::fixed(
        "Vérifiez le lien collé dans les réglages ; la feuille a peut-être été supprimée.",
        "Check the link pasted into the settings; the spreadsheet may have been deleted.",
    ))
}

pub(super) fn not_a_spreadsheet() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed(
            "Ce fichier n'est pas une feuille de calcul Google : c'est sans doute un classeur Excel.",
            "This file is not a Google spreadsheet: it is probably an Excel workbook.",
        ),
    )
    .hint(Text::fixed(
        "Dans Google Sheets : Fichier, Enregistrer en tant que feuille Google, puis collez le nouveau lien.",
        "In Google Sheets: File, Save as Google Sheets, then paste the new link.",
    ))
}

pub(super) fn spreadsheet_full() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed(
            "La feuille de calcul est pleine : Google n'accepte pas plus de 10 millions de cellules, tous onglets réunis.",
            "The spreadsheet is full: Google takes no more than 10 million cells, all tabs together.",
        ),
    )
    .hint(Text::fixed(
        "Supprimez des lignes, des colonnes vides ou des onglets inutiles, puis relancez.",
        "Delete rows, empty columns or tabs that are not needed, then start again.",
    ))
}

pub(super) fn protected() -> Error {
    Error::new(ErrorKind::Rejected, PROTECTED_CELLS).hint(Text::fixed(
        "Dans Google Sheets : Données, Protéger les feuilles et les plages, et autorisez ce compte.",
        "In Google Sheets: Data, Protect sheets and ranges, and allow this account.",
    ))
}

/// Cells that only some people may change.
pub(super) const PROTECTED_CELLS: Text = Text::fixed(
    "Ces cellules sont protégées dans la feuille de calcul.",
    "These cells are protected in the spreadsheet.",
);

pub(super) fn refused(said: &str) -> Text {
    Text::new(
        format!("Google Sheets refuse la demande : {said}"),
        format!("Google Sheets refuses the request: {said}"),
    )
}

pub(super) fn tab_gone(name: &str, others: &[String]) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("L'onglet « {name} » n'existe plus dans la feuille de calcul."),
            format!("The tab “{name}” is no longer in the spreadsheet."),
        ),
    )
    .hint(Text::new(
        format!("Choisissez-en un autre dans les réglages. Onglets présents : {}.", others.join(", ")),
        format!("Choose another one in the settings. Tabs there: {}.", others.join(", ")),
    ))
}

pub(super) fn column_gone(tab: &str, column: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("La colonne « {column} » n'est plus dans l'onglet « {tab} »."),
            format!("The column “{column}” is no longer in the tab “{tab}”."),
        ),
    )
    .hint(Text::fixed(
        "Une colonne est reconnue à son en-tête : remettez-le, ou corrigez le mapping, puis relancez.",
        "A column is recognised by its header: put it back, or correct the mapping, then start again.",
    ))
}

/// Several rows begin alike, and none has an id.
pub(super) fn ambiguous(name: &str) -> Text {
    let (name, id) = (model::parse::shorten(name), super::header::ID_COLUMN);
    Text::new(
        format!(
            "Plusieurs lignes commencent par « {name} » : impossible de savoir laquelle modifier. Donnez à chacune un \
             texte différent dans la colonne « {id} »."
        ),
        format!(
            "Several rows begin with “{name}”: which one to change cannot be known. Give each a text of its own in the \
             column “{id}”."
        ),
    )
}

/// A row that nothing tells from others.
pub(super) const NAMELESS: Text = Text::fixed(
    "Cette ligne n'a rien dans sa première colonne : remplissez-la pour qu'elle puisse être retrouvée et modifiée.",
    "This row has nothing in its first column: fill it in so that it can be found again and changed.",
);

pub(super) fn merged(cell: &str) -> Text {
    Text::new(
        format!(
            "La cellule {cell} est fusionnée avec d'autres : rien ne peut y être écrit pour cette ligne seule."
        ),
        format!("The cell {cell} is merged with others: nothing can be written there for this row alone."),
    )
}

pub(super) fn wrong_kind(column: &str, fr: &str, en: &str) -> Text {
    Text::new(
        format!("La colonne « {column} » contient {fr} : cette valeur n'y va pas."),
        format!("The column “{column}” holds {en}: this value does not belong there."),
    )
}

pub(super) fn too_long(column: &str) -> Text {
    Text::new(
        format!(
            "Le texte pour la colonne « {column} » dépasse 50 000 caractères, le plus qu'une cellule accepte."
        ),
        format!("The text for the column “{column}” exceeds 50,000 characters, the most that a cell takes."),
    )
}

/// Rows were inserted, deleted or sorted while they were read.
pub(super) fn rows_moved() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Des lignes ont bougé pendant la lecture de l'onglet.",
            "Rows have moved while the tab was being read.",
        ),
    )
    .hint(Text::fixed(
        "Relancez quand personne ne trie ni n'insère de lignes.",
        "Start again when nobody sorts or inserts rows.",
    ))
}

/// There is nowhere to write to.
pub(super) fn no_header(tab: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("L'onglet « {tab} » n'a pas de ligne d'en-tête."),
            format!("The tab “{tab}” has no header row."),
        ),
    )
    .hint(Text::fixed(
        "Écrivez le nom de chaque colonne dans sa première ligne, puis relancez.",
        "Write the name of each column into its first row, then start again.",
    ))
}
