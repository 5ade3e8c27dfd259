//! What a form of a page holds.

use std::collections::BTreeMap;

use url::form_urlencoded;

/// The values by field; of what comes twice, the last.
pub(crate) fn read(form: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(form).into_owned().collect()
}
