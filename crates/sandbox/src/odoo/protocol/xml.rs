//! Values in XML-RPC, both ways.

use serde_json::{Map, Value, json};

/// The method and the arguments of a call.
pub(super) fn parse(text: &str) -> Option<(String, Vec<Value>)> {
    let mut reader = Reader { rest: text };
    let (_, after) = text.split_once("<methodName>")?;
    let (method, after) = after.split_once("</methodName>")?;
    reader.rest = after;
    let mut args = Vec::new();
    while reader.seek("<value") {
        args.push(reader.value()?);
    }
    Some((unescape(method.trim()), args))
}

/// A value as XML; nothing for what the protocol cannot carry.
pub(super) fn write(value: &Value) -> Option<String> {
    let inner = match value {
        Value::Null => return None,
        Value::Bool(yes) => format!("<boolean>{}</boolean>", u8::from(*yes)),
        Value::Number(number) if number.is_i64() || number.is_u64() => format!("<int>{number}</int>"),
        Value::Number(number) => format!("<double>{number}</double>"),
        Value::String(text) => format!("<string>{}</string>", escape(text)),
        Value::Array(list) => {
            let items = list.iter().map(write).collect::<Option<String>>()?;
            format!("<array><data>{items}</data></array>")
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                Some(format!("<member><name>{}</name>{}</member>", escape(name), write(value)?))
            };
            format!("<struct>{}</struct>", members.iter().map(member).collect::<Option<String>>()?)
        }
    };
    Some(format!("<value>{inner}</value>"))
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Skips white space; whether this comes next.
    fn seek(&mut self, tag: &str) -> bool {
        // Around arguments stand only containers without a meaning of their own.
        loop {
            self.rest = self.rest.trim_start();
            let container =
                ["<params>", "<param>", "</param>"].iter().find_map(|name| self.rest.strip_prefix(name));
            match container {
                Some(rest) => self.rest = rest,
                None => return self.rest.starts_with(tag),
            }
        }
    }

    fn eat(&mut self, tag: &str) -> bool {
        let trimmed = self.rest.trim_start();
        match trimmed.strip_prefix(tag) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn until(&mut self, tag: &str) -> Option<&'a str> {
        let (inner, rest) = self.rest.split_once(tag)?;
        self.rest = rest;
        Some(inner)
    }

    fn value(&mut self) -> Option<Value> {
        if self.eat("<value/>") {
            return Some(json!(""));
        }
        if !self.eat("<value>") {
            return None;
        }
        if !self.rest.trim_start().starts_with('<') || self.rest.trim_start().starts_with("</value>") {
            return Some(json!(unescape(self.until("</value>")?)));
        }
        let value = if self.eat("<array>") {
            self.array()?
        } else if self.eat("<struct>") || self.eat("<struct/>") {
            self.members()?
        } else {
            self.scalar()?
        };
        self.eat("</value>").then_some(value)
    }

    fn array(&mut self) -> Option<Value> {
        let mut list = Vec::new();
        if !self.eat("<data/>") {
            self.eat("<data>");
            while !self.eat("</data>") {
                list.push(self.value()?);
            }
        }
        self.eat("</array>").then_some(Value::Array(list))
    }

    fn members(&mut self) -> Option<Value> {
        let mut members = Map::new();
        while self.eat("<member>") {
            self.eat("<name>");
            let name = unescape(self.until("</name>")?);
            members.insert(name, self.value()?);
            self.eat("</member>");
        }
        self.eat("</struct>");
        Some(Value::Object(members))
    }

    fn scalar(&mut self) -> Option<Value> {
        self.rest = self.rest.trim_start().strip_prefix('<')?;
        let kind = self.until(">")?;
        if let Some(kind) = kind.strip_suffix('/') {
            return Some(if kind == "nil" { Value::Null } else { json!("") });
        }
        let text = self.until(&format!("</{kind}>"))?;
        match kind {
            "int" | "i4" | "i8" => text.trim().parse::<i64>().ok().map(Value::from),
            "double" => text.trim().parse::<f64>().ok().map(Value::from),
            "boolean" => Some(json!(text.trim() == "1")),
            _ => Some(json!(unescape(text))),
        }
    }
}

fn escape(text: &str) -> String {
    let printable = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t' | '\r');
    let text: String = text.chars().filter(printable).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
