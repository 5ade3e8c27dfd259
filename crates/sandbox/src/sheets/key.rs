//! The service account: its key file as Google gives it.

use serde_json::json;

use crate::assertion::KEY;

/// The address that spreadsheets are shared with.
pub(super) const EMAIL: &str = "passerelle@essai-123456.iam.gserviceaccount.com";

/// The key file, for tokens that are given there.
pub(super) fn file(token_uri: &str) -> String {
    let file = json!({
        "type": "service_account",
        "project_id": "essai-123456",
        "private_key_id": "0123456789abcdef0123456789abcdef01234567",
        "private_key": KEY,
        "client_email": EMAIL,
        "client_id": "100000000000000000001",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_uri,
        "universe_domain": "googleapis.com",
    });
    format!("{file:#}\n")
}
