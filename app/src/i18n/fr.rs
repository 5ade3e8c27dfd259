//! The sentences in French, the first language of the product.

use model::{Direction, Lang, RunStatus};

use super::{Connection, Connectors, Faults, Frame, History, Mapping, Settings, Sync, Texts};

pub(super) const TEXTS: Texts = Texts {
    frame: Frame {
        tagline: "Le pont entre vos deals et vos outils",
        skip: "Aller au contenu",
        home: "Passerelle, accueil",
        navigation: "Navigation principale",
        deals: "Deals",
        connectors: "Connecteurs",
        connections: "Connexions",
        other_lang: Lang::En,
        other_language: "English",
        to_dark: "Passer au thème sombre",
        to_light: "Passer au thème clair",
        access: "Accès",
        api: "API",
        loading: "Chargement…",
    },
    faults: Faults {
        title: "Cette page n'a pas pu être affichée",
        unreachable: "Le serveur ne répond pas.",
        unreachable_hint: "Vérifiez qu'il tourne toujours et que vous êtes en ligne, puis réessayez.",
        retry: "Réessayer",
        not_found_title: "Cette page n'existe pas",
        not_found: "L'adresse a peut-être changé, ou une lettre s'est perdue en chemin.",
        back_to_deals: "Revenir aux deals",
    },
    connectors: Connectors {
        title: "Connecteurs",
        lead: "Reliez vos outils\u{a0}: vos deals passent d'une rive à l'autre, sans rien perdre en route.",
        tabs: "Services",
        sources: "Sources de données",
        try_title: |name| format!("Pas de compte {name} sous la main\u{a0}?"),
        try_text: |name| {
            format!(
                "Passerelle démarre un simulateur {name} sur cette machine, y place 24 deals français et s'y connecte. \
                 Rien ne sort d'ici. Importés, ces deals se rangent parmi les vôtres\u{a0}; vous pourrez les \
                 retirer en quittant le simulateur."
            )
        },
        try_action: "Essayer sans compte",
        try_busy: "Démarrage du simulateur…",
        simulator: "Simulateur",
        leave_simulator: "Quitter le simulateur",
    },
    settings: Settings {
        title: "Configuration",
        required: "requis",
        example: "Exemple\u{a0}:",
        yes: "Oui",
        no: "Non",
        token_placeholder: "Entrez un nouveau token pour le modifier",
        token_kept: "Un token est enregistré, chiffré. Il n'est jamais renvoyé au navigateur.",
        save: "Sauvegarder",
        saving: "Sauvegarde…",
        saved: "Configuration sauvegardée",
        unsaved: "Modifications non sauvegardées",
        test: "Tester la connexion",
        testing: "Test en cours…",
    },
    mapping: Mapping {
        title: "Correspondance des champs",
        help_typed: |name| {
            format!(
                "À gauche, les champs du CRM\u{a0}; à droite, le nom du champ dans {name}. Après un test réussi, vous pourrez \
                 les choisir dans une liste."
            )
        },
        help_chosen: |name| {
            format!("À gauche, les champs du CRM\u{a0}; à droite, les champs trouvés dans {name}.")
        },
        crm_column: "Champ du CRM",
        service_field: |crm, name| format!("Champ {name} pour {crm}"),
        none: "— Aucun —",
        computed: "calculé, lecture seule",
        not_found: "introuvable",
        unsupported: "non pris en charge",
        words: "Vos mots pour les statuts",
        words_help: "Ces mots du service ne sont pas connus de tous\u{a0}: dites à quel statut chacun correspond.",
        words_none: "— Inconnu : prospect —",
    },
    connection: Connection {
        connected: "Connecté",
        error: "Erreur",
        table: |table| format!("Table «\u{a0}{table}\u{a0}»"),
        records: |count, shown, at_least| {
            let more = if at_least { "plus de " } else { "" };
            let s = if count == 1 { "" } else { "s" };
            format!("{more}{shown} enregistrement{s}")
        },
        warnings: "À savoir",
        last_test_passed: "La connexion fonctionne.",
        last_test_failed: "La connexion a échoué\u{a0}: vérifiez le token, la base et la table.",
    },
    sync: Sync {
        title: "Synchronisation",
        import: |name| format!("Importer depuis {name}"),
        export: |name| format!("Exporter vers {name}"),
        importing: "Import en cours…",
        exporting: "Export en cours…",
        preview_import: "Aperçu de l'import",
        preview_export: "Aperçu de l'export",
        configure_first: "Configurez d'abord le connecteur",
        progress: |writing, processed, rate, remaining| {
            let phase = if writing { "Écriture" } else { "Lecture" };
            let before = if remaining.is_empty() { "" } else { " · encore " };
            format!("{phase}\u{a0}: {processed} lus · {rate}/s{before}{remaining}")
        },
        cancel: "Annuler",
        cancelling: "Annulation…",
        finished: |direction, status| match (direction, status) {
            (Direction::Import, RunStatus::Success) => "Import terminé",
            (Direction::Export, RunStatus::Success) => "Export terminé",
            (Direction::Import, RunStatus::Partial) => "Import partiel",
            (Direction::Export, RunStatus::Partial) => "Export partiel",
            (Direction::Import, RunStatus::Error) => "Import en erreur",
            (Direction::Export, RunStatus::Error) => "Export en erreur",
            (Direction::Import, RunStatus::Cancelled) => "Import annulé",
            (Direction::Export, RunStatus::Cancelled) => "Export annulé",
            (Direction::Import, RunStatus::Interrupted) => "Import interrompu",
            (Direction::Export, RunStatus::Interrupted) => "Export interrompu",
            (Direction::Import, RunStatus::Running) => "Import en cours",
            (Direction::Export, RunStatus::Running) => "Export en cours",
        },
        summary: |created, updated, errors| {
            format!("{}, {updated} mis à jour, {}", several(created, "créé"), several(errors, "erreur"))
        },
        seen: |processed, unchanged| format!("{processed} au total, {unchanged} déjà à jour"),
        unknown_statuses: |words| format!("Statuts inconnus, importés comme prospect\u{a0}: {words}."),
        refused: |count| match count {
            1 => "1 enregistrement refusé".to_owned(),
            _ => format!("{count} enregistrements refusés"),
        },
        refused_shown: |shown, all| format!("Les {shown} premiers sur {all}."),
        unnamed: "Sans nom",
        see_deals: "Voir les deals",
        details: "Voir le détail",
    },
    history: History {
        title: "Historique",
        none: "Aucune synchronisation effectuée pour le moment",
        none_hint: "Chaque import et chaque export laissera ici une ligne, réussi ou non.",
        caption: "Historique des synchronisations",
        started: "Date",
        direction: "Sens",
        import: "Import",
        export: "Export",
        status: "Statut",
        processed: "Lus",
        created: "Créés",
        updated: "Mis à jour",
        unchanged: "Inchangés",
        failed: "Erreurs",
        duration: "Durée",
        reason: |status| format!("{status}\u{a0}: voir la raison"),
        outcome: |status| match status {
            RunStatus::Running => "En cours",
            RunStatus::Success => "Réussi",
            RunStatus::Partial => "Partiel",
            RunStatus::Error => "Erreur",
            RunStatus::Cancelled => "Annulé",
            RunStatus::Interrupted => "Interrompu",
        },
    },
};

/// `1 créé`, `2 créés`; zero takes the plural, as the summary is worded « X créés, Y mis à jour, Z erreurs ».
fn several(count: u64, word: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {word}{s}")
}
