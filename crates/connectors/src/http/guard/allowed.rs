//! The hosts that the operator allows users to type although they are not public.

use std::fmt;
use std::net::Ipv6Addr;

use model::Text;
use url::Host;

/// A host of the operator's list, such as `odoo.lan`, `192.168.1.10:8069` or `[fd12::1]:8069`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedHost {
    host: Host,
    /// Every port when there is none.
    port: Option<u16>,
}

impl AllowedHost {
    /// Reads an entry of the list.
    ///
    /// # Errors
    /// A sentence saying that the text is no host.
    pub fn parse(text: &str) -> Result<AllowedHost, Text> {
        let text = text.trim();
        let no_host = || {
            Text::new(
                format!("« {text} » n'est pas un hôte. Écrivez par exemple odoo.lan ou 192.168.1.10:8069."),
                format!("“{text}” is not a host. Write for example odoo.lan or 192.168.1.10:8069."),
            )
        };
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            return Ok(AllowedHost { host: Host::Ipv6(address), port: None });
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !text.ends_with(']') => (host, Some(port)),
            _ => (text, None),
        };
        let port = port.map(str::parse).transpose().map_err(|_| no_host())?;
        // Lists and patterns would pass for names that nothing ever has.
        let host = Some(host).filter(|host| !host.contains([',', ';', '*', '=']));
        let host = host.and_then(|host| Host::parse(host).ok()).ok_or_else(no_host)?;
        Ok(AllowedHost { host, port })
    }

    /// Whether it allows every port of its host.
    pub fn any_port(&self) -> bool {
        self.port.is_none()
    }

    /// Whether an address is on this host and port.
    pub(super) fn covers(&self, host: &Host<&str>, port: u16) -> bool {
        self.host == host.to_owned() && self.port.is_none_or(|known| known == port)
    }
}

/// The host alone.
impl fmt::Display for AllowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.host.fmt(f)
    }
}
