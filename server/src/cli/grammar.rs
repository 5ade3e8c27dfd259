//! The words of the command line, in both languages.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command as Clap};
use model::{Direction, Lang, Text};

use super::out::{complain, say};
use super::{Command, misuse};

/// Reads the arguments.
///
/// # Errors
/// The exit code, when help was asked for and given (0) or when the arguments make no sense (2).
pub(super) fn parse(lang: Lang, args: impl IntoIterator<Item = OsString>) -> Result<Command, ExitCode> {
    match (Grammar { lang }).program().try_get_matches_from(args) {
        Ok(matches) => Ok(command(&matches)),
        Err(error) if error.exit_code() == 0 => {
            say(error.render().to_string().trim_end());
            Err(ExitCode::SUCCESS)
        }
        // A command such as `key` without the rest: its help says what it takes.
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            complain(error.render().to_string().trim_end());
            Err(ExitCode::from(2))
        }
        Err(error) => {
            complain(misuse::fault(&error).get(lang));
            Err(ExitCode::from(2))
        }
    }
}

fn command(matches: &ArgMatches) -> Command {
    let word = |args: &ArgMatches, name: &str| args.get_one::<String>(name).cloned().unwrap_or_default();
    match matches.subcommand() {
        Some(("demo", _)) => Command::Demo,
        Some(("sync", args)) => Command::Sync {
            connection: word(args, "connection"),
            direction: Direction::from_word(&word(args, "direction")).unwrap_or(Direction::Import),
            deals: args.get_flag("deals"),
            preview: args.get_flag("preview"),
        },
        Some(("check", args)) => Command::Check { connection: word(args, "connection") },
        Some(("connections", _)) => Command::ListConnections,
        Some(("export-config", args)) => {
            Command::ExportConfig { path: args.get_one::<String>("file").cloned() }
        }
        Some(("apply-config", args)) => Command::ApplyConfig { path: word(args, "file") },
        Some(("user", args)) => {
            let args = args.subcommand().map_or(args, |(_, args)| args);
            Command::SetPassword { name: args.get_one::<String>("name").cloned() }
        }
        Some(("key", args)) => match args.subcommand() {
            Some(("rotate", _)) => Command::RotateKey,
            _ => Command::GenerateKey,
        },
        Some(("backup", args)) => Command::Backup { path: word(args, "file") },
        Some(("restore", args)) => {
            Command::Restore { path: word(args, "file"), over: args.get_flag("force") }
        }
        Some(("doctor", args)) => Command::Doctor { as_json: args.get_flag("json") },
        _ => Command::Serve,
    }
}

/// The commands as a reader of one language sees them.
struct Grammar {
    lang: Lang,
}

impl Grammar {
    fn program(&self) -> Clap {
        let program = self.command(
            "passerelle",
            ("passerelle [COMMANDE]", "passerelle [COMMAND]"),
            (
                "Passerelle : un petit CRM, relié aux outils où vos données vivent déjà.",
                "Passerelle: a small CRM, connected to the tools your data already lives in.",
            ),
        );
        let version = Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help(self.say("Afficher la version", "Show the version"));
        program
            .version(env!("CARGO_PKG_VERSION"))
            .disable_version_flag(true)
            .arg(version)
            .after_help(SETTINGS.get(self.lang).to_owned())
            .subcommands([self.serve(), self.demo(), self.sync(), self.check()])
            .subcommands([
                self.connections(),
                self.export_config(),
                self.apply_config(),
                self.user(),
                self.key(),
            ])
            .subcommands([self.backup(), self.restore(), self.doctor()])
    }

    fn serve(&self) -> Clap {
        let about = ("Servir les pages et l'API (par défaut)", "Serve the pages and the API (default)");
        self.command("serve", ("passerelle serve", "passerelle serve"), about)
    }

    fn demo(&self) -> Clap {
        let about = (
            "Essayer avec un simulateur et une base jetable",
            "Try it with a simulator and a throw-away database",
        );
        self.command("demo", ("passerelle demo", "passerelle demo"), about)
    }

    fn sync(&self) -> Clap {
        let usage = (
            "passerelle sync <CONNEXION> import|export [--deals] [--preview]",
            "passerelle sync <CONNECTION> import|export [--deals] [--preview]",
        );
        let about = (
            "Importer ou exporter les deals d'une connexion, ou charger les tables d'une source de données",
            "Import or export the deals of a connection, or load the tables of a source of data",
        );
        let direction = Arg::new("direction")
            .required(true)
            .value_name("import|export")
            .value_parser(["import", "export"])
            .hide_possible_values(true)
            .help(self.say("Dans quel sens", "Which way"));
        let preview = Arg::new("preview").long("preview").action(ArgAction::SetTrue).help(self.say(
            "Montrer ce qui serait fait, sans rien écrire",
            "Show what would be done, and write nothing",
        ));
        let deals = Arg::new("deals").long("deals").action(ArgAction::SetTrue).help(self.say(
            "D'une source de données : ses deals au lieu de ses tables",
            "Of a source of data: its deals instead of its tables",
        ));
        self.command("sync", usage, about).args([self.connection(), direction, deals, preview])
    }

    fn check(&self) -> Clap {
        let usage = ("passerelle check <CONNEXION>", "passerelle check <CONNECTION>");
        self.command("check", usage, ("Tester une connexion", "Test a connection")).arg(self.connection())
    }

    fn connections(&self) -> Clap {
        let usage = ("passerelle connections list", "passerelle connections list");
        let list = self.command("list", usage, ("Lister les connexions", "List the connections"));
        let about = ("Les connexions et leur état", "The connections and how they stand");
        self.command("connections", usage, about)
            .subcommand(list)
            .subcommand_required(true)
            .arg_required_else_help(true)
    }

    fn export_config(&self) -> Clap {
        let usage = ("passerelle export-config [FICHIER]", "passerelle export-config [FILE]");
        let about = (
            "Écrire la configuration en TOML, sans secret (chacun est remplacé par une variable d'environnement)",
            "Write the configuration as TOML, without secrets (each is replaced by an environment variable)",
        );
        let help = self.say(
            "Le fichier à créer ; la sortie standard sans lui",
            "The file to create; the standard output without it",
        );
        self.command("export-config", usage, about).arg(self.file().help(help))
    }

    fn apply_config(&self) -> Clap {
        let usage = ("passerelle apply-config <FICHIER>", "passerelle apply-config <FILE>");
        let about = (
            "Configurer d'après un fichier : tout ou rien, sans toucher à ce qu'il ne nomme pas",
            "Configure from a file: all of it or nothing, leaving alone what it does not name",
        );
        let help =
            self.say("Le fichier ; « - » pour l'entrée standard", "The file; “-” for the standard input");
        self.command("apply-config", usage, about).arg(self.file().required(true).help(help))
    }

    fn file(&self) -> Arg {
        Arg::new("file").value_name(self.say("FICHIER", "FILE"))
    }

    fn user(&self) -> Clap {
        let usage = ("passerelle user set-password [NOM]", "passerelle user set-password [NAME]");
        let about = (
            "Choisir un mot de passe, lu sur l'entrée standard ; l'accès est ensuite protégé",
            "Choose a password, read from the standard input; from then on the access is protected",
        );
        let name = Arg::new("name").value_name(self.say("NOM", "NAME")).help(self.say(
            "De quel membre ; le premier propriétaire sans nom",
            "Which member's; the first owner's without a name",
        ));
        let set = self.command("set-password", usage, about).arg(name);
        let about = ("Les comptes qui peuvent se connecter", "The accounts that can log in");
        self.command("user", usage, about)
            .subcommand(set)
            .subcommand_required(true)
            .arg_required_else_help(true)
    }

    fn key(&self) -> Clap {
        let usage = ("passerelle key generate", "passerelle key generate");
        let generate = self.command("generate", usage, ("Afficher une nouvelle clé", "Print a new key"));
        let about = (
            "Chiffrer tous les secrets de nouveau, avec une autre clé",
            "Encrypt every secret anew, with another key",
        );
        let rotate = self.command("rotate", ("passerelle key rotate", "passerelle key rotate"), about);
        let usage = ("passerelle key generate|rotate", "passerelle key generate|rotate");
        let about = ("La clé qui chiffre les tokens", "The key that encrypts tokens");
        self.command("key", usage, about)
            .subcommands([generate, rotate])
            .subcommand_required(true)
            .arg_required_else_help(true)
    }

    fn backup(&self) -> Clap {
        let usage = ("passerelle backup <FICHIER>", "passerelle backup <FILE>");
        let about = (
            "Sauvegarder toute la base dans un fichier, aussi pendant qu'un serveur travaille",
            "Back up the whole database to a file, also while a server works",
        );
        let help = self.say("Le fichier à créer", "The file to create");
        self.command("backup", usage, about).arg(self.file().required(true).help(help))
    }

    fn restore(&self) -> Clap {
        let usage = ("passerelle restore <FICHIER> [--force]", "passerelle restore <FILE> [--force]");
        let about = (
            "Mettre une sauvegarde à la place de la base ; l'ancienne est gardée à côté",
            "Put a backup in the place of the database; the earlier one is kept beside it",
        );
        let help = self.say("La sauvegarde", "The backup");
        let force = Arg::new("force")
            .long("force")
            .action(ArgAction::SetTrue)
            .help(self.say("Même si la base contient des données", "Even if the database holds data"));
        self.command("restore", usage, about).args([self.file().required(true).help(help), force])
    }

    fn doctor(&self) -> Clap {
        let usage = ("passerelle doctor [--json]", "passerelle doctor [--json]");
        let about = (
            "Dire ce qui ne va pas dans la base et les réglages, et comment le réparer",
            "Say what is wrong with the database and the settings, and how to mend it",
        );
        let json = Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(self.say("Pour les programmes", "For programs"));
        self.command("doctor", usage, about).arg(json)
    }

    fn connection(&self) -> Arg {
        let help = self
            .say("Le nom de la connexion, par exemple airtable", "The connection's name, such as airtable");
        let name = self.say("CONNEXION", "CONNECTION");
        Arg::new("connection").required(true).value_name(name).help(help)
    }

    /// A command in the reader's words instead of clap's English ones.
    fn command(
        &self,
        name: &'static str,
        usage: (&'static str, &'static str),
        about: (&'static str, &'static str),
    ) -> Clap {
        let help = Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help(self.say("Afficher cette aide", "Show this help"));
        let lead = self.say("Utilisation :", "Usage:");
        Clap::new(name)
            .about(self.say(about.0, about.1))
            .override_usage(self.say(usage.0, usage.1))
            .help_template(format!("{{about}}\n\n{lead} {{usage}}\n\n{{all-args}}{{after-help}}"))
            .subcommand_help_heading(self.say("Commandes", "Commands"))
            .disable_help_subcommand(true)
            .disable_help_flag(true)
            .arg(help)
    }

    fn say(&self, fr: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }
}

/// The settings, for those who look for them in the help.
const SETTINGS: Text = Text::fixed(
    "Réglages, par variables d'environnement :\n  \
     PASSERELLE_ADDR        adresse d'écoute (127.0.0.1:3000)\n  \
     DATABASE_URL           sqlite://… ou postgres://… (sqlite://data/passerelle.db)\n  \
     ENCRYPTION_KEY         clé des tokens (créée dans data/encryption.key)\n  \
     ENCRYPTION_KEY_FILE    fichier de la clé, à la place d'ENCRYPTION_KEY\n  \
     AIRTABLE_TOKEN         token d'une connexion qui n'en a pas\n  \
     AIRTABLE_API_URL       adresse du service\n  \
     PASSERELLE_DATA_DIRS   dossiers que les sources peuvent lire (data/imports)\n  \
     PASSERELLE_OWNER_PASSWORD  premier mot de passe du propriétaire : protège l'accès\n  \
     PASSERELLE_PUBLIC_URL  adresse publique, derrière un proxy (https://crm.example.com)\n  \
     PASSERELLE_TRUSTED_PROXIES  adresses des proxys dont la parole compte, séparées par des virgules\n  \
     PASSERELLE_ALLOW_PRIVATE_HOSTS  hôtes privés permis, séparés par des virgules\n  \
     PASSERELLE_KEEP_RUN_DETAILS_DAYS  jours de détail des synchronisations (90 ; 0 : toujours)\n  \
     PASSERELLE_LANG        fr ou en\n  \
     RUST_LOG               filtre du journal (info)\n  \
     PASSERELLE_LOG_FORMAT  text ou json",
    "Settings, by environment variables:\n  \
     PASSERELLE_ADDR        address to listen on (127.0.0.1:3000)\n  \
     DATABASE_URL           sqlite://… or postgres://… (sqlite://data/passerelle.db)\n  \
     ENCRYPTION_KEY         key of the tokens (made in data/encryption.key)\n  \
     ENCRYPTION_KEY_FILE    file of the key, in place of ENCRYPTION_KEY\n  \
     AIRTABLE_TOKEN         token of a connection that has none\n  \
     AIRTABLE_API_URL       address of the service\n  \
     PASSERELLE_DATA_DIRS   folders that sources may read (data/imports)\n  \
     PASSERELLE_OWNER_PASSWORD  the owner's first password: protects the access\n  \
     PASSERELLE_PUBLIC_URL  public address, behind a proxy (https://crm.example.com)\n  \
     PASSERELLE_TRUSTED_PROXIES  addresses of the proxies whose word counts, separated by commas\n  \
     PASSERELLE_ALLOW_PRIVATE_HOSTS  private hosts that are allowed, separated by commas\n  \
     PASSERELLE_KEEP_RUN_DETAILS_DAYS  days of details of runs (90; 0: for ever)\n  \
     PASSERELLE_LANG        fr or en\n  \
     RUST_LOG               log filter (info)\n  \
     PASSERELLE_LOG_FORMAT  text or json",
);
