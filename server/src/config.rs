//! The settings, read once from the environment.
//!
//! A setting that makes no sense stops the program with a sentence; the value of a secret is in none.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use hub::{AllowedHost, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::{Lang, Text};
use secrecy::SecretString;
use url::Url;

use crate::{Edge, Proxies};

/// Where the key is kept that seals tokens, when neither `ENCRYPTION_KEY` nor `ENCRYPTION_KEY_FILE` is set.
const KEY_FILE: &str = "data/encryption.key";

/// The folder that sources made of files may read, when `PASSERELLE_DATA_DIRS` names none.
const DATA_DIR: &str = "data/imports";

/// Hosts that users may type although they are not public.
const PRIVATE_HOSTS: &str = "PASSERELLE_ALLOW_PRIVATE_HOSTS";

/// For how many days the details of runs are kept; 0 is for ever.
const KEEP_RUN_DETAILS: &str = "PASSERELLE_KEEP_RUN_DETAILS_DAYS";

/// The proxies whose word on whom they speak for counts.
const TRUSTED_PROXIES: &str = "PASSERELLE_TRUSTED_PROXIES";

/// The address at which others reach this program.
const PUBLIC_URL: &str = "PASSERELLE_PUBLIC_URL";

/// The first owner's password; it does nothing once there is an owner.
pub(crate) const OWNER_PASSWORD: &str = "PASSERELLE_OWNER_PASSWORD";

/// Everything the operator can set.
pub(crate) struct Config {
    /// Where to listen.
    pub(crate) addr: SocketAddr,
    /// `sqlite://…` or `postgres://…`.
    pub(crate) database_url: String,
    /// The keys that seal tokens.
    pub(crate) keys: Keys,
    /// Addresses and tokens per kind of service.
    pub(crate) services: BTreeMap<String, ServiceOptions>,
    /// The private hosts that users may type.
    pub(crate) private_hosts: Vec<AllowedHost>,
    /// The folders that sources made of files may read.
    pub(crate) data_dirs: Vec<PathBuf>,
    /// The first owner's password, for those who set up servers without a browser.
    pub(crate) owner_password: Option<SecretString>,
    /// Where people and services reach the server, where that is not its own address.
    pub(crate) public_url: Option<Url>,
    /// For how many days the details of runs are kept; for ever when `None`.
    pub(crate) keep_run_details: Option<NonZeroU32>,
    /// The proxies that may speak for others.
    pub(crate) proxies: Proxies,
    /// The language for readers who ask for none.
    pub(crate) lang: Lang,
    /// What is logged, if `RUST_LOG` says it.
    pub(crate) log_filter: Option<String>,
    /// Whether the log is for machines.
    pub(crate) log_is_json: bool,
}

impl Config {
    /// Reads the settings; `var` gives the value of a variable.
    ///
    /// # Errors
    /// A sentence naming the variable and what it should hold.
    pub(crate) fn read(var: impl Fn(&str) -> Option<String>) -> Result<Config, Text> {
        let var =
            |name: &str| var(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let addr = var("PASSERELLE_ADDR").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let format = var("PASSERELLE_LOG_FORMAT").unwrap_or_else(|| "text".to_owned());
        Ok(Config {
            addr: addr.parse().map_err(|_| wrong("PASSERELLE_ADDR", &addr, "127.0.0.1:3000"))?,
            database_url: database_url(var("DATABASE_URL"))?,
            keys: keys(var("ENCRYPTION_KEY"), var("ENCRYPTION_KEY_FILE"))?,
            services: services(&var)?,
            private_hosts: private_hosts(&var(PRIVATE_HOSTS).unwrap_or_default())?,
            data_dirs: data_dirs(var("PASSERELLE_DATA_DIRS").as_deref().unwrap_or(DATA_DIR)),
            public_url: var(PUBLIC_URL).map(|url| public_url(&url)).transpose()?,
            owner_password: var(OWNER_PASSWORD).map(SecretString::from),
            keep_run_details: days(KEEP_RUN_DETAILS, var(KEEP_RUN_DETAILS).as_deref().unwrap_or("90"))?,
            proxies: proxies(&var(TRUSTED_PROXIES).unwrap_or_default())?,
            lang: language(var("PASSERELLE_LANG"))?,
            log_filter: var("RUST_LOG"),
            log_is_json: match format.as_str() {
                "text" => false,
                "json" => true,
                _ => return Err(wrong("PASSERELLE_LOG_FORMAT", &format, "text, json")),
            },
        })
    }

    /// Whether there may be a database already: one in a file is looked for, of a server it is not known.
    pub(crate) fn may_have_database(&self) -> bool {
        self.database_file().is_none_or(|file| file.exists())
    }

    /// How the program is reached.
    pub(crate) fn edge(&self) -> Edge {
        let is_https = self.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
        Edge { proxies: self.proxies.clone(), is_https }
    }

    /// Opens the database with these settings.
    ///
    /// # Errors
    /// A sentence saying why it cannot be opened.
    pub(crate) async fn open_hub(self) -> Result<Hub, Text> {
        make_data_dir(&self.data_dirs);
        let options = HubOptions {
            services: self.services,
            policy: Policy { allow_private: self.private_hosts, ..Policy::default() },
            data_dirs: self.data_dirs,
            public_url: self.public_url,
            keep_run_details: self.keep_run_details,
            ..HubOptions::new(self.database_url, self.keys)
        };
        Hub::open(options).await.map_err(|error| error.told())
    }

    /// The file of a SQLite database.
    pub(crate) fn database_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(PathBuf::from(path.split_once('?').map_or(path, |(path, _)| path)))
    }
}

/// The language for readers who ask for none; French when the variable is not set.
fn language(value: Option<String>) -> Result<Lang, Text> {
    let Some(value) = value else { return Ok(Lang::default()) };
    Lang::from_code(&value).ok_or_else(|| wrong("PASSERELLE_LANG", &value, "fr, en"))
}

/// The address of a database may hold its password: it is not repeated.
fn database_url(value: Option<String>) -> Result<String, Text> {
    let url = value.unwrap_or_else(|| "sqlite://data/passerelle.db".to_owned());
    if ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(url);
    }
    Err(Text::fixed(
        "DATABASE_URL doit commencer par sqlite:// ou postgres://.",
        "DATABASE_URL must begin with sqlite:// or postgres://.",
    ))
}

/// The keys as they are, or the file that holds them. Both at once would leave open which of them seals.
fn keys(given: Option<String>, file: Option<String>) -> Result<Keys, Text> {
    match (given, file) {
        (Some(_), Some(_)) => Err(Text::fixed(
            "ENCRYPTION_KEY et ENCRYPTION_KEY_FILE ne vont pas ensemble : ne donnez que l'une des deux.",
            "ENCRYPTION_KEY and ENCRYPTION_KEY_FILE do not go together: give only one of them.",
        )),
        (Some(given), None) => Keys::parse(&SecretString::from(given)).map_err(|_| {
            Text::fixed(
                "ENCRYPTION_KEY n'est pas une clé Fernet (32 octets en base64). « passerelle key generate » en crée une.",
                "ENCRYPTION_KEY is not a Fernet key (32 bytes in base64). “passerelle key generate” makes one.",
            )
        }),
        (None, file) => Ok(Keys::in_file(PathBuf::from(file.as_deref().unwrap_or(KEY_FILE)))),
    }
}

/// A number of days; `None` is for ever.
fn days(name: &str, value: &str) -> Result<Option<NonZeroU32>, Text> {
    value.parse().map(NonZeroU32::new).map_err(|_| wrong(name, value, "90, 0"))
}

/// Folders apart from each other by a comma or a colon.
fn data_dirs(value: &str) -> Vec<PathBuf> {
    value.split([',', ':']).map(str::trim).filter(|dir| !dir.is_empty()).map(PathBuf::from).collect()
}

/// Makes the usual folder, so that there is a place to drop files in. One that the operator named is
/// never made: it may be a drive that is not there at the moment.
fn make_data_dir(dirs: &[PathBuf]) {
    if dirs == [PathBuf::from(DATA_DIR)]
        && let Err(error) = std::fs::create_dir_all(DATA_DIR)
    {
        tracing::warn!(%error, "the folder {DATA_DIR} cannot be made");
    }
}

/// The private hosts that users may type.
fn private_hosts(value: &str) -> Result<Vec<AllowedHost>, Text> {
    let hosts = value.split(',').map(str::trim).filter(|host| !host.is_empty());
    hosts.map(AllowedHost::parse).collect::<Result<_, Text>>().map_err(|fault| {
        Text::new(format!("{PRIVATE_HOSTS} : {}", fault.fr), format!("{PRIVATE_HOSTS}: {}", fault.en))
    })
}

fn proxies(value: &str) -> Result<Proxies, Text> {
    Proxies::parse(value).ok_or_else(|| wrong(TRUSTED_PROXIES, value, "127.0.0.1, 10.0.0.0/8"))
}

fn services(var: &impl Fn(&str) -> Option<String>) -> Result<BTreeMap<String, ServiceOptions>, Text> {
    let mut services = BTreeMap::new();
    let accounts = connectors::all().into_iter().map(|connector| connector.spec().id);
    let sources = connectors::sources().into_iter().map(|source| source.spec().id);
    for id in accounts.chain(sources) {
        let prefix = id.to_uppercase();
        let base_url = var(&format!("{prefix}_API_URL")).map(|url| base_url(&prefix, &url)).transpose()?;
        let token = var(&format!("{prefix}_TOKEN")).map(SecretString::from);
        services.insert(id, ServiceOptions { base_url, token });
    }
    Ok(services)
}

/// The address of a service without its last slash.
fn base_url(prefix: &str, value: &str) -> Result<String, Text> {
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    match Url::parse(value) {
        Ok(url) if is_web(&url) => Ok(value.trim_end_matches('/').to_owned()),
        _ => Err(wrong(&format!("{prefix}_API_URL"), value, "https://api.example.com")),
    }
}

/// The public address: what people open and services are told.
fn public_url(value: &str) -> Result<Url, Text> {
    let is_web = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && (url.query(), url.fragment()) == (None, None)
    };
    match Url::parse(value).ok().filter(is_web) {
        None => Err(wrong(PUBLIC_URL, value, "https://crm.example.com")),
        Some(url) if url.path() == "/" => Ok(url),
        Some(below) => Err(below_a_path(&below)),
    }
}

/// Pages, scripts and cookies all count from the root of their host, so that a neighbour below another path could
/// read along.
fn below_a_path(url: &Url) -> Text {
    let (path, host) = (url.path(), url.host_str().unwrap_or_default());
    Text::new(
        format!(
            "{PUBLIC_URL} : Passerelle ne se place pas sous un chemin ({path}). Donnez-lui un nom d'hôte à elle, par \
             exemple {scheme}://crm.{host}, et faites suivre au proxy toutes ses adresses.",
            scheme = url.scheme()
        ),
        format!(
            "{PUBLIC_URL}: Passerelle cannot be put below a path ({path}). Give it a host name of its own, for \
             example {scheme}://crm.{host}, and have the proxy forward every address of it.",
            scheme = url.scheme()
        ),
    )
}

fn wrong(name: &str, value: &str, expected: &str) -> Text {
    Text::new(
        format!("{name} : « {value} » n'est pas valable (attendu : {expected})."),
        format!("{name}: “{value}” is not valid (expected: {expected})."),
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, Text> {
        let vars: BTreeMap<&str, &str> = vars.iter().copied().collect();
        Config::read(|name| vars.get(name).map(|value| (*value).to_owned()))
    }

    #[test]
    fn nothing_need_be_set() {
        let config = read(&[]).unwrap();
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.database_url, "sqlite://data/passerelle.db");
        assert_eq!((config.lang, config.log_filter, config.log_is_json), (Lang::Fr, None, false));
        assert_eq!(config.keys.file(), Some(Path::new("data/encryption.key")));
        assert_eq!(config.keep_run_details.map(NonZeroU32::get), Some(90));
        assert_eq!(config.data_dirs, [PathBuf::from("data/imports")]);
    }

    #[test]
    fn files_may_be_read_from_several_folders() {
        let config = read(&[("PASSERELLE_DATA_DIRS", "/mnt/exports: imports , ,/srv")]).unwrap();
        assert_eq!(config.data_dirs, ["/mnt/exports", "imports", "/srv"].map(PathBuf::from));
    }

    #[test]
    fn a_service_may_be_elsewhere() {
        let config =
            read(&[("AIRTABLE_API_URL", "http://127.0.0.1:4000/"), ("AIRTABLE_TOKEN", "pat")]).unwrap();
        let airtable = config.services.get("airtable").unwrap();
        assert_eq!(airtable.base_url.as_deref(), Some("http://127.0.0.1:4000"));
        assert!(airtable.token.is_some());
    }

    #[test]
    fn the_key_is_given_or_in_a_file() {
        let key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
        assert_eq!(read(&[("ENCRYPTION_KEY", key)]).unwrap().keys.file(), None);
        let elsewhere = read(&[("ENCRYPTION_KEY_FILE", "/run/key")]).unwrap();
        assert_eq!(elsewhere.keys.file(), Some(Path::new("/run/key")));
        let both = read(&[("ENCRYPTION_KEY", key), ("ENCRYPTION_KEY_FILE", "/run/key")]).err().unwrap();
        assert!(both.fr.contains("ENCRYPTION_KEY_FILE") && !both.fr.contains(key), "{both:?}");
    }

    #[test]
    fn details_may_be_kept_for_ever() {
        let config = read(&[("PASSERELLE_KEEP_RUN_DETAILS_DAYS", "0")]).unwrap();
        assert_eq!(config.keep_run_details, None);
    }

    #[test]
    fn a_public_address_below_a_path_is_refused_with_the_way_out() {
        for below in ["https://example.com/crm", "https://example.com/crm/"] {
            let text = read(&[("PASSERELLE_PUBLIC_URL", below)]).err().unwrap();
            for told in [&text.fr, &text.en] {
                assert!(told.contains("/crm") && told.contains("https://crm.example.com"), "{told}");
            }
        }
        let config = read(&[("PASSERELLE_PUBLIC_URL", "https://crm.example.com")]).unwrap();
        assert_eq!(config.public_url.as_ref().map(Url::as_str), Some("https://crm.example.com/"));
    }

    #[test]
    fn a_wrong_setting_is_named_and_no_secret_is_shown() {
        for (name, value) in [
            ("PASSERELLE_ADDR", "3000"),
            ("DATABASE_URL", "mysql://root:CANARY@db"),
            ("ENCRYPTION_KEY", "CANARY"),
            ("AIRTABLE_API_URL", "ftp://example.com"),
            ("PASSERELLE_PUBLIC_URL", "crm.example.com"),
            ("PASSERELLE_LANG", "de"),
            ("PASSERELLE_PUBLIC_URL", "https://crm.example.com/?below"),
            ("PASSERELLE_LOG_FORMAT", "xml"),
            ("PASSERELLE_KEEP_RUN_DETAILS_DAYS", "-1"),
            ("PASSERELLE_TRUSTED_PROXIES", "proxy.lan"),
            ("PASSERELLE_ALLOW_PRIVATE_HOSTS", "odoo.lan, http://x/"),
        ] {
            let text = read(&[(name, value)]).err().unwrap();
            assert!(text.fr.contains(name) && text.en.contains(name), "{text:?}");
            assert!(!text.fr.contains("CANARY"), "{text:?}");
        }
    }
}
