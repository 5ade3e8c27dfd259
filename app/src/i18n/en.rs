//! The sentences in English.

use model::{Direction, Lang, RunStatus};

use super::{Connection, Connectors, Faults, Frame, History, Mapping, Settings, Sync, Texts};

pub(super) const TEXTS: Texts = Texts {
    frame: Frame {
        tagline: "The bridge between your deals and your tools",
        skip: "Skip to content",
        home: "Passerelle, home",
        navigation: "Main navigation",
        deals: "Deals",
        connectors: "Connectors",
        connections: "Connections",
        other_lang: Lang::Fr,
        other_language: "Français",
        to_dark: "Switch to the dark theme",
        to_light: "Switch to the light theme",
        access: "Access",
        api: "API",
        loading: "Loading…",
    },
    faults: Faults {
        title: "This page could not be shown",
        unreachable: "The server does not answer.",
        unreachable_hint: "Check that it is still running and that you are online, then try again.",
        retry: "Try again",
        not_found_title: "This page does not exist",
        not_found: "The address may have changed, or a letter got lost on the way.",
        back_to_deals: "Back to the deals",
    },
    connectors: Connectors {
        title: "Connectors",
        lead: "Connect your tools: your deals cross from one bank to the other, and nothing is lost on the way.",
        tabs: "Services",
        sources: "Data sources",
        try_title: |name| format!("No {name} account at hand?"),
        try_text: |name| {
            format!(
                "Passerelle starts a simulator of {name} on this machine, puts 24 French deals into it and connects to it. \
                 Nothing leaves this place. Imported, these deals stand among yours; you can take them out \
                 again when you leave the simulator."
            )
        },
        try_action: "Try without an account",
        try_busy: "Starting the simulator…",
        simulator: "Simulator",
        leave_simulator: "Leave the simulator",
    },
    settings: Settings {
        title: "Settings",
        required: "required",
        example: "Example:",
        yes: "Yes",
        no: "No",
        token_placeholder: "Enter a new token to change it",
        token_kept: "A token is stored, encrypted. It is never sent back to the browser.",
        save: "Save",
        saving: "Saving…",
        saved: "Settings saved",
        unsaved: "Unsaved changes",
        test: "Test the connection",
        testing: "Testing…",
    },
    mapping: Mapping {
        title: "Field mapping",
        help_typed: |name| {
            format!(
                "The CRM's fields on the left; on the right, the name of the field in {name}. After a successful test you \
                 can choose them from a list."
            )
        },
        help_chosen: |name| {
            format!("The CRM's fields on the left; on the right, the fields found in {name}.")
        },
        crm_column: "CRM field",
        service_field: |crm, name| format!("{name} field for {crm}"),
        none: "— None —",
        computed: "computed, read only",
        not_found: "not found",
        unsupported: "not supported",
        words: "Your words for statuses",
        words_help: "These words of the service are not known to everyone: say which status each stands for.",
        words_none: "— Unknown: prospect —",
    },
    connection: Connection {
        connected: "Connected",
        error: "Error",
        table: |table| format!("Table “{table}”"),
        records: |count, shown, at_least| {
            let more = if at_least { "more than " } else { "" };
            let s = if count == 1 { "" } else { "s" };
            format!("{more}{shown} record{s}")
        },
        warnings: "Worth knowing",
        last_test_passed: "The connection works.",
        last_test_failed: "The connection failed: check the token, the base and the table.",
    },
    sync: Sync {
        title: "Sync",
        import: |name| format!("Import from {name}"),
        export: |name| format!("Export to {name}"),
        importing: "Importing…",
        exporting: "Exporting…",
        preview_import: "Preview the import",
        preview_export: "Preview the export",
        configure_first: "Configure the connector first",
        progress: |writing, processed, rate, remaining| {
            let phase = if writing { "Writing" } else { "Reading" };
            let before = if remaining.is_empty() { "" } else { " · left: " };
            format!("{phase}: {processed} read · {rate}/s{before}{remaining}")
        },
        cancel: "Cancel",
        cancelling: "Cancelling…",
        finished: |direction, status| match (direction, status) {
            (Direction::Import, RunStatus::Success) => "Import finished",
            (Direction::Export, RunStatus::Success) => "Export finished",
            (Direction::Import, RunStatus::Partial) => "Partial import",
            (Direction::Export, RunStatus::Partial) => "Partial export",
            (Direction::Import, RunStatus::Error) => "Import failed",
            (Direction::Export, RunStatus::Error) => "Export failed",
            (Direction::Import, RunStatus::Cancelled) => "Import cancelled",
            (Direction::Export, RunStatus::Cancelled) => "Export cancelled",
            (Direction::Import, RunStatus::Interrupted) => "Import interrupted",
            (Direction::Export, RunStatus::Interrupted) => "Export interrupted",
            (Direction::Import, RunStatus::Running) => "Importing",
            (Direction::Export, RunStatus::Running) => "Exporting",
        },
        summary: |created, updated, errors| {
            let s = if errors == 1 { "" } else { "s" };
            format!("{created} created, {updated} updated, {errors} error{s}")
        },
        seen: |processed, unchanged| format!("{processed} in total, {unchanged} already up to date"),
        unknown_statuses: |words| format!("Unknown statuses, imported as prospect: {words}."),
        refused: |count| match count {
            1 => "1 record refused".to_owned(),
            _ => format!("{count} records refused"),
        },
        refused_shown: |shown, all| format!("The first {shown} of {all}."),
        unnamed: "Unnamed",
        see_deals: "See the deals",
        details: "See the details",
    },
    history: History {
        title: "History",
        none: "No sync so far",
        none_hint: "Every import and every export will leave a line here, whether it succeeds or not.",
        caption: "History of syncs",
        started: "Date",
        direction: "Direction",
        import: "Import",
        export: "Export",
        status: "Status",
        processed: "Read",
        created: "Created",
        updated: "Updated",
        unchanged: "Unchanged",
        failed: "Errors",
        duration: "Duration",
        reason: |status| format!("{status}: see the reason"),
        outcome: |status| match status {
            RunStatus::Running => "Running",
            RunStatus::Success => "Success",
            RunStatus::Partial => "Partial",
            RunStatus::Error => "Error",
            RunStatus::Cancelled => "Cancelled",
            RunStatus::Interrupted => "Interrupted",
        },
    },
};
