//! What is found in a text that somebody pasted: an id, a UUID, an address.

/// Whether a text is an address with a host that a browser would open.
pub(super) fn is_web_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    // What stands before an @ would be a password, and it would not be sealed.
    !host.is_empty()
        && !host.starts_with([':', '.'])
        && !host.contains(|c: char| c.is_whitespace() || c == '@')
}

/// The UUID a text is, or that ends the last part of a link's path that has one.
pub(super) fn uuid(text: &str) -> Option<String> {
    let path = text.split(['?', '#']).next()?;
    path.rsplit('/').find_map(uuid_at_the_end)
}

/// The UUID at the end of a word, alone or after a title and a dash.
fn uuid_at_the_end(word: &str) -> Option<String> {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let word = word.trim();
    let tail = |length: usize| {
        let (title, id) = word.split_at_checked(word.len().checked_sub(length)?)?;
        (title.is_empty() || title.ends_with('-')).then_some(id)
    };
    let dashed = || {
        let id = tail(36)?;
        id.split('-').map(str::len).eq(GROUPS).then(|| id.replace('-', ""))
    };
    let digits = dashed().or_else(|| tail(32).map(str::to_owned))?.to_ascii_lowercase();
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut rest = digits.as_str();
    let groups = GROUPS.map(|length| {
        let (group, after) = rest.split_at(length);
        rest = after;
        group
    });
    Some(groups.join("-"))
}

/// The id in `text`, alone or as a segment of a link: the prefix and 14 letters or digits.
pub(super) fn id<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|segment| segment.len() == prefix.len() + 14 && segment.starts_with(prefix))
}
