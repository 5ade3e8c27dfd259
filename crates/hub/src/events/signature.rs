//! The signature of a message: Standard Webhooks, symmetric, version 1.
//!
//! HMAC-SHA256 over `id.timestamp.body`, in base64, by the bytes behind `whsec_`
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use store::Keys;

const PREFIX: &str = "whsec_";

/// A new secret: 32 random bytes, as receivers write them.
pub(super) fn new_secret() -> SecretString {
    // The generator of keys is the one that is fit for secrets; it writes the same bytes for addresses.
    let bytes = URL_SAFE.decode(Keys::generate().expose_secret()).unwrap_or_default();
    SecretString::from(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// Whether a text is a secret that messages can be signed with.
pub(crate) fn is_secret(text: &SecretString) -> bool {
    sign(text, "", 0, "").is_some()
}

/// The value of `webhook-signature`; `None` when the secret is none.
pub(super) fn sign(secret: &SecretString, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.expose_secret().strip_prefix(PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok().filter(|_| !key.is_empty())?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_of_the_specification() {
        let secret = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let signed = sign(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    #[test]
    fn every_secret_is_another_and_signs() {
        let (one, two) = (new_secret(), new_secret());
        assert_ne!(one.expose_secret(), two.expose_secret());
        let bytes = STANDARD.decode(one.expose_secret().strip_prefix(PREFIX).unwrap_or_default());
        assert_eq!(bytes.map(|bytes| bytes.len()), Ok(32));
        assert!(sign(&one, "msg", 0, "{}").is_some());
        for none in ["", "whsec_", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            assert_eq!(sign(&SecretString::from(none.to_owned()), "msg", 0, "{}"), None, "{none}");
        }
    }
}
