//! Values of files properties.

use serde_json::{Value, json};

use crate::notion::Refusal;
use crate::notion::rich_text::longest;

/// External files by address; uploaded ones by the id of their upload.
pub(super) fn files(list: &[Value], place: &str) -> Result<Value, Refusal> {
    let files = list.iter().enumerate().map(|(at, file)| {
        let place = format!("{place}[{at}]");
        if let Some(url) = file["external"]["url"].as_str() {
            longest(url, 2000, &format!("{place}.external.url"))?;
            let name = file["name"]
                .as_str()
                .ok_or_else(|| Refusal::body(&format!("{place}.name"), "be defined", None))?;
            return Ok(json!({"name": name, "type": "external", "external": {"url": url}}));
        }
        if let Some(url) = file["file"]["url"].as_str() {
            return Ok(json!({"name": file["name"], "type": "file", "file": {"url": url}}));
        }
        if let Some(id) = file["file_upload"]["id"].as_str() {
            let url = format!("https://prod-files-secure.s3.us-west-2.amazonaws.com/{id}");
            let name = file["name"].as_str().unwrap_or("file");
            return Ok(json!({"name": name, "type": "file", "file": {"url": url}}));
        }
        Err(Refusal::body(&format!("{place}.external"), "be defined", file.get("external")))
    });
    files.collect::<Result<Vec<_>, _>>().map(Value::Array)
}
