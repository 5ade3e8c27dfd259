//! A client's own signed word in the place of a person's consent: JWT bearer (RFC 7523, 2.1), RS256.

use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::texts;
use crate::error::Result;

/// How long the word is good, in seconds: the least that a server is known to allow (Salesforce, 3 minutes),
/// less what clocks may differ.
const LIFE: TimeDelta = TimeDelta::seconds(150);

/// Who speaks, to whom, and the key it signs with.
#[derive(Clone)]
pub struct Assertion {
    /// Who the client is at the server (`iss`).
    pub issuer: String,
    /// In whose name it speaks (`sub`), where not in its own.
    pub subject: Option<String>,
    /// Who is spoken to (`aud`): the server's word for itself.
    pub audience: String,
    /// The server's id of the key (`kid`), where it has several.
    pub key_id: Option<String>,
    /// What is asked for, where the server wants to read it in the word itself.
    pub scope: Option<String>,
    /// The private RSA key, in PEM.
    pub key: SecretString,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
    aud: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    iat: i64,
    exp: i64,
}

impl Assertion {
    /// Whether the key can sign.
    ///
    /// # Errors
    /// `InvalidSettings` for what is not a private RSA key in PEM.
    pub fn check(&self) -> Result<()> {
        self.encoding_key().map(drop)
    }

    /// The word, good from now on.
    pub(super) fn sign(&self) -> Result<SecretString> {
        let now = DateTime::<Utc>::from(SystemTime::now());
        let claims = Claims {
            iss: &self.issuer,
            sub: self.subject.as_deref(),
            aud: &self.audience,
            scope: self.scope.as_deref(),
            iat: now.timestamp(),
            exp: (now + LIFE).timestamp(),
        };
        let header = Header { kid: self.key_id.clone(), ..Header::new(Algorithm::RS256) };
        let signed = jsonwebtoken::encode(&header, &claims, &self.encoding_key()?);
        signed.map(SecretString::from).map_err(|_| texts::no_key())
    }

    fn encoding_key(&self) -> Result<EncodingKey> {
        // Pasted out of a JSON file, line breaks come as two characters.
        let pem = self.key.expose_secret().trim().replace("\\n", "\n");
        EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| texts::no_key())
    }
}
