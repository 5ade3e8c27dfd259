//! A service account's key: the pair made once a process, the file as Google gives it, the check of what it
//! signed.

use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;

/// The address that spreadsheets are shared with.
pub(super) const EMAIL: &str = "passerelle@essai-123456.iam.gserviceaccount.com";
/// Which of the account's keys it is.
const KEY_ID: &str = "0123456789abcdef0123456789abcdef01234567";

struct Pair {
    private_pem: String,
    public: Vec<u8>,
}

/// Made of chance, so that no private key lies about in a repository.
fn pair() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("chance enough for a key");
        let der: Pkcs8V1Der<'_> = pair.as_der().expect("a key has a form");
        let lines: Vec<String> = BASE64_STANDARD
            .encode(der.as_ref())
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        let private_pem =
            format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"));
        Pair { private_pem, public: pair.public_key().as_ref().to_vec() }
    })
}

/// The key file as Google gives it.
pub(super) fn file(token_uri: &str) -> String {
    let file = json!({
        "type": "service_account",
        "project_id": "essai-123456",
        "private_key_id": KEY_ID,
        "private_key": pair().private_pem,
        "client_email": EMAIL,
        "client_id": "100000000000000000001",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_uri,
        "universe_domain": "googleapis.com",
    });
    format!("{file:#}\n")
}

/// What an assertion claims.
#[derive(Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    #[serde(default)]
    pub(super) scope: String,
    pub(super) aud: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// The claims of an assertion that the key has signed.
///
/// # Errors
/// Google's words for what is wrong with it.
pub(super) fn verify(assertion: &str) -> Result<Claims, &'static str> {
    const GARBLED: &str = "Bad JWT";
    let (signed, signature) = assertion.rsplit_once('.').ok_or(GARBLED)?;
    let (header, claims) = signed.split_once('.').ok_or(GARBLED)?;
    let decoded = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| GARBLED);
    let header: Header = serde_json::from_slice(&decoded(header)?).map_err(|_| GARBLED)?;
    if header.alg != "RS256" {
        return Err("Invalid JWT: unsupported algorithm");
    }
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &pair().public)
        .verify(signed.as_bytes(), &decoded(signature)?)
        .map_err(|_| "Invalid JWT Signature.")?;
    serde_json::from_slice(&decoded(claims)?).map_err(|_| GARBLED)
}
