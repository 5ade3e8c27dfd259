//! Rich text: the form it is read in, and what may be written.

use serde_json::{Map, Value, json};

use super::state::World;
use super::{Id, Refusal};

/// A piece of unformatted text as it is read.
pub(super) fn text(content: &str, link: Option<&str>) -> Value {
    piece("text", json!({"content": content, "link": link.map(|url| json!({"url": url}))}), content, link)
}

/// The text of all pieces together.
pub(super) fn plain(pieces: &Value) -> String {
    let pieces = pieces.as_array().map(Vec::as_slice).unwrap_or_default();
    pieces.iter().filter_map(|piece| piece["plain_text"].as_str()).collect()
}

/// Checks pieces to be written and gives them the form they are read in.
pub(super) fn read(world: &World, pieces: &[Value], place: &str) -> Result<Value, Refusal> {
    let read = pieces.iter().enumerate().map(|(at, given)| one(world, given, &format!("{place}[{at}]")));
    read.collect::<Result<Vec<_>, _>>().map(Value::Array)
}

fn one(world: &World, given: &Value, place: &str) -> Result<Value, Refusal> {
    let Some(given) = given.as_object() else {
        return Err(Refusal::body(place, "be an object", Some(given)));
    };
    let mut read = if let Some(mention) = given.get("mention") {
        let (plain, href) = mentioned(world, mention);
        piece("mention", mention_read(world, mention), &plain, href.as_deref())
    } else if let Some(equation) = given.get("equation") {
        let expression = equation["expression"].as_str();
        let expression = expression.ok_or_else(|| {
            Refusal::body(&format!("{place}.equation.expression"), "be defined", equation.get("expression"))
        })?;
        longest(expression, 1000, &format!("{place}.equation.expression"))?;
        piece("equation", json!({"expression": expression}), expression, None)
    } else {
        let body =
            given.get("text").ok_or_else(|| Refusal::body(&format!("{place}.text"), "be defined", None))?;
        let content_place = format!("{place}.text.content");
        let content = body["content"].as_str().ok_or_else(|| {
            let should = if body.get("content").is_some() { "be a string" } else { "be defined" };
            Refusal::body(&content_place, should, body.get("content"))
        })?;
        longest(content, 2000, &content_place)?;
        let link = body["link"]["url"].as_str();
        longest(link.unwrap_or_default(), 2000, &format!("{place}.text.link.url"))?;
        text(content, link)
    };
    if let (Some(wanted), Some(own)) =
        (given.get("annotations").and_then(Value::as_object), read["annotations"].as_object_mut())
    {
        own.extend(wanted.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    Ok(read)
}

/// Refuses a text that is too long. Lengths are counted as JavaScript does.
pub(super) fn longest(text: &str, most: usize, place: &str) -> Result<(), Refusal> {
    let length = text.encode_utf16().count();
    if length <= most {
        return Ok(());
    }
    Err(Refusal::body(&format!("{place}.length"), &format!("be ≤ `{most}`"), Some(&json!(length))))
}

fn piece(kind: &str, body: Value, plain: &str, href: Option<&str>) -> Value {
    let mut piece = Map::new();
    piece.insert("type".into(), kind.into());
    piece.insert(kind.into(), body);
    let annotations = json!({
        "bold": false, "italic": false, "strikethrough": false, "underline": false, "code": false,
        "color": "default",
    });
    piece.insert("annotations".into(), annotations);
    piece.insert("plain_text".into(), plain.into());
    piece.insert("href".into(), json!(href));
    Value::Object(piece)
}

fn mention_read(world: &World, mention: &Value) -> Value {
    let kind = ["user", "page", "database", "date"].into_iter().find(|kind| mention.get(kind).is_some());
    let kind = kind.unwrap_or("user");
    let mut read = json!({"type": kind});
    read[kind] = match id(&mention[kind]).and_then(|id| world.user(id)) {
        Some(user) => super::render::user(user, true),
        None => mention[kind].clone(),
    };
    read
}

fn mentioned(world: &World, mention: &Value) -> (String, Option<String>) {
    if let Some(user) = id(&mention["user"]).and_then(|id| world.user(id)) {
        return (format!("@{}", user.name), None);
    }
    if let Some(page) = id(&mention["page"]) {
        let title = world.page(page).map(|(_, page)| plain(page.cell("title")));
        let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| "Untitled".into());
        return (title, Some(super::render::url(page)));
    }
    (mention["date"]["start"].as_str().unwrap_or_default().to_owned(), None)
}

fn id(object: &Value) -> Option<Id> {
    Id::parse(object["id"].as_str()?)
}
