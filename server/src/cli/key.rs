//! `passerelle key generate`: a new encryption key.

use secrecy::ExposeSecret;

use super::out::say;

/// Prints a key, for `ENCRYPTION_KEY`.
pub(super) fn generate() {
    say(hub::Keys::generate().expose_secret());
}
