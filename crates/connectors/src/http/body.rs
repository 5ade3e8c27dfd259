//! Reads an answer to its end, but not beyond the limit.

/// Why an answer could not be read.
#[derive(Debug)]
pub(super) enum BodyFault {
    /// It is larger than accepted.
    TooLarge,
    /// The connection ended or fell silent before the answer did.
    Broken(reqwest::Error),
}

/// The bytes of an answer, after decompression, `limit` at most.
pub(super) async fn read(mut response: reqwest::Response, limit: usize) -> Result<Vec<u8>, BodyFault> {
    // The announced length spares growing step by step; it is the sender's word only.
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    if announced > limit {
        return Err(BodyFault::TooLarge);
    }
    let mut body = Vec::with_capacity(announced);
    while more(&mut response, &mut body).await? {
        if body.len() > limit {
            return Err(BodyFault::TooLarge);
        }
    }
    Ok(body)
}

/// Adds the next piece of an answer, a few kilobytes after decompression; `false` at its end.
pub(super) async fn more(response: &mut reqwest::Response, body: &mut Vec<u8>) -> Result<bool, BodyFault> {
    let piece = response.chunk().await.map_err(BodyFault::Broken)?;
    body.extend_from_slice(piece.as_deref().unwrap_or_default());
    Ok(piece.is_some())
}
