//! `passerelle doctor`: what is wrong with the database and the settings, each with its remedy.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::Utc;
use hub::Finding;
use model::{Lang, Text};
use serde::Serialize;

use super::Fault;
use super::out::say;
use crate::Config;

/// Less free space than that is worth a word, in bytes; less than the database takes, too.
const LITTLE_SPACE: u64 = 200 << 20;

/// The findings for programs.
#[derive(Serialize)]
struct Report<'a> {
    success: bool,
    findings: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    code: &'a str,
    must_be_mended: bool,
    what: &'a str,
    remedy: &'a str,
}

/// Looks at everything and says what was found; fails when something must be mended.
pub(super) async fn examine(config: Config, as_json: bool) -> Result<(), Fault> {
    let mut findings = settings(&config);
    let told: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    let now = model::api::instant(Utc::now());
    let found = hub::examine(&config.database_url, config.keys.clone(), &now).await;
    // The mode of the key file may have been told already.
    findings.extend(found.into_iter().filter(|finding| !told.contains(&finding.code)));
    let healthy = !findings.iter().any(|finding| finding.must_be_mended);
    if as_json {
        say(&json(&findings, healthy, config.lang));
    } else {
        tell(&findings, config.lang);
    }
    if healthy {
        Ok(())
    } else {
        Err(Fault::Failed(Text::fixed("Il y a à réparer.", "There is something to mend.")))
    }
}

fn json(findings: &[Finding], success: bool, lang: Lang) -> String {
    let findings = findings.iter().map(|finding| Told {
        code: finding.code,
        must_be_mended: finding.must_be_mended,
        what: finding.what.get(lang),
        remedy: finding.remedy.get(lang),
    });
    serde_json::json!(Report { success, findings: findings.collect() }).to_string()
}

fn tell(findings: &[Finding], lang: Lang) {
    for finding in findings {
        let sign = if finding.must_be_mended { '✗' } else { '·' };
        say(&format!("{sign} {}\n  → {}", finding.what.get(lang), finding.remedy.get(lang)));
    }
    if findings.is_empty() {
        say(Text::fixed("✓ Tout va bien.", "✓ All is well.").get(lang));
    }
}

/// What is unsafe about the settings and the files they name.
fn settings(config: &Config) -> Vec<Finding> {
    let database = config.database_file();
    let mut findings = Vec::new();
    findings.extend(config.keys.file().and_then(|path| open_file(path, "key_file_mode")));
    findings.extend(database.as_deref().and_then(|path| open_file(path, "database_file_mode")));
    findings.extend(in_the_clear(config));
    findings.extend(open_hosts(config));
    findings.extend(database.as_deref().and_then(little_space));
    findings
}

/// A file of ours that the group or everybody can read or write. A key that everybody can read is told with
/// the database, which is not opened with it.
fn open_file(path: &Path, code: &'static str) -> Option<Finding> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    let shown = path.display();
    (mode & 0o077 != 0).then(|| {
        Finding::fault(
            code,
            Text::new(
                format!("{shown} est ouvert à d'autres que son propriétaire (mode {mode:o})."),
                format!("{shown} is open to others than its owner (mode {mode:o})."),
            ),
            Text::same(format!("chmod 600 {shown}")),
        )
    })
}

/// Passwords and cookies that others on the way could read.
fn in_the_clear(config: &Config) -> Option<Finding> {
    let is_encrypted = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    (!config.addr.ip().is_loopback() && !is_encrypted).then(|| {
        Finding::fault(
            "in_the_clear",
            Text::new(
                format!("{} est accessible depuis d'autres machines, sans chiffrement.", config.addr),
                format!("{} can be reached from other machines, without encryption.", config.addr),
            ),
            Text::fixed(
                "Écoutez sur 127.0.0.1 derrière un serveur HTTPS, et donnez son adresse : \
                 PASSERELLE_PUBLIC_URL=https://…",
                "Listen on 127.0.0.1 behind an HTTPS server, and give its address: PASSERELLE_PUBLIC_URL=https://…",
            ),
        )
    })
}

/// Private hosts on any port: whoever may type an address may look around on them.
fn open_hosts(config: &Config) -> Option<Finding> {
    let open: Vec<String> =
        config.private_hosts.iter().filter(|host| host.any_port()).map(ToString::to_string).collect();
    (!open.is_empty()).then(|| {
        Finding::notice(
            "open_hosts",
            Text::new(
                format!("PASSERELLE_ALLOW_PRIVATE_HOSTS permet tous les ports de : {}.", open.join(", ")),
                format!("PASSERELLE_ALLOW_PRIVATE_HOSTS allows every port of: {}.", open.join(", ")),
            ),
            Text::fixed("Ajoutez le port : hôte:port.", "Add the port: host:port."),
        )
    })
}

/// A disk that is nearly full, as `df` tells; where there is no `df`, nothing is told.
fn little_space(database: &Path) -> Option<Finding> {
    let size = fs::metadata(database).ok()?.len();
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from("."));
    let said = Command::new("df").arg("-Pk").arg(&folder).output().ok()?.stdout;
    let free = free_bytes(&String::from_utf8_lossy(&said))?;
    let (free_mib, folder) = (free >> 20, folder.display());
    (free < LITTLE_SPACE.max(size)).then(|| {
        Finding::fault(
            "disk",
            Text::new(
                format!("Il reste {free_mib} Mio sur le disque de {folder}."),
                format!("{free_mib} MiB are left on the disk of {folder}."),
            ),
            Text::fixed(
                "Libérez de la place : les synchronisations et les sauvegardes en ont besoin.",
                "Make room: runs and backups need it.",
            ),
        )
    })
}

/// The fourth word of the second line, in blocks of 1024 bytes (POSIX, `df -P -k`).
fn free_bytes(said: &str) -> Option<u64> {
    let blocks: u64 = said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(blocks.saturating_mul(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_df_says_is_read() {
        let said = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 40 60 40% /\n";
        assert_eq!(free_bytes(said), Some(61_440));
        assert_eq!(free_bytes("df: no such folder"), None);
    }
}
