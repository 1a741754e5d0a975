//! Positions and ranges as checkpoints keep them: with the names of secrets in their place, as a server may repeat
//! in a next link, a page cursor or a record what a request was authenticated with. A resumed fetch has them
//! filled in with the secrets of that time, spelled as they were.
//!
//! A name is written `{secrets.key}`, or `{secrets.key|percent|percent}` with its spellings, the
//! innermost first; what a request is authenticated by is `auth`. Base64 is written as what it encodes,
//! `{=base64:…}`, and a number as `{"$number": "{secrets.key}"}`.

mod base64;
mod each;
mod part;
mod spelling;

use std::{borrow::Cow, cell::RefCell};

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use self::base64::Blob;
use crate::{
    Checkpoint,
    error::{
        Reason,
        mask::{CREDENTIAL, Form, Found, Mask, SHORTEST_WITHIN},
    },
    fetch::checkpoint::PagePoint,
    incremental::state::RangeState,
    paginate::position::Position,
};

/// The only key of the object that is kept in place of a value with secrets.
const HIDDEN: &str = "$hidden";
/// The only key of the object that is kept in place of a number with secrets.
const NUMBER: &str = "$number";
/// What names and their spellings are told apart by.
const MARKS: &AsciiSet = &CONTROLS.add(b'%').add(b'{').add(b'}').add(b'|');
/// How deep base64 is looked into.
const DEEPEST: usize = 3;

/// What gives the secret of a name.
pub(crate) type Fill<'a> = &'a dyn Fn(&str) -> Result<SecretString, Reason>;

/// What a text is a part of.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    /// An address, where `%7B` is a brace and a secret without a spelling is percent-encoded.
    Address,
    /// Anything else, where `{}` is a brace.
    Text,
}

impl Position {
    /// The same position as a checkpoint keeps it.
    pub(crate) fn kept(self, mask: &Mask) -> Position {
        match self {
            Position::NextUrl(address) => {
                Position::NextUrl(hidden(&address, mask, Context::Address, 0).0)
            }
            Position::PageCursor(value) => Position::PageCursor(hidden_value(value, mask)),
            Position::Custom(value) => Position::Custom(hidden_value(value, mask)),
            Position::Found(mut found) => {
                found.next = found.next.map(|next| next.kept(mask));
                Position::Found(found)
            }
            Position::Offset(_) | Position::Stepped(_) | Position::PageNumber(_) => self,
        }
    }

    /// The position that a checkpoint has kept. The error says which secret there is not.
    pub(crate) fn taken_up(self, fill: Fill<'_>) -> Result<Position, Reason> {
        Ok(match self {
            Position::NextUrl(address) => {
                Position::NextUrl(shown(&address, fill, Context::Address)?)
            }
            Position::PageCursor(value) => Position::PageCursor(shown_value(value, fill)?),
            Position::Custom(value) => Position::Custom(shown_value(value, fill)?),
            Position::Found(mut found) => {
                found.next = found.next.map(|next| next.taken_up(fill)).transpose()?;
                Position::Found(found)
            }
            Position::Offset(_) | Position::Stepped(_) | Position::PageNumber(_) => self,
        })
    }
}

impl PagePoint {
    /// The point that a checkpoint has kept. The error says which secret there is not.
    pub(crate) fn taken_up(self, fill: Fill<'_>) -> Result<PagePoint, Reason> {
        Ok(PagePoint { position: self.position.taken_up(fill)?, ..self })
    }
}

impl RangeState {
    /// The same state as a checkpoint keeps it.
    pub(crate) fn kept(self, mask: &Mask) -> RangeState {
        RangeState {
            start: hidden_value(self.start, mask),
            last_value: hidden_value(self.last_value, mask),
            ..self
        }
    }

    /// The state that a checkpoint has kept. The error says which secret there is not.
    pub(crate) fn taken_up(self, fill: Fill<'_>) -> Result<RangeState, Reason> {
        Ok(RangeState {
            start: shown_value(self.start, fill)?,
            last_value: shown_value(self.last_value, fill)?,
            ..self
        })
    }
}

impl Checkpoint {
    /// The same with its secrets filled in. The error says which secret there is not.
    pub(crate) fn taken_up(self, fill: Fill<'_>) -> Result<Checkpoint, Reason> {
        Ok(Checkpoint {
            pages: self.pages.map(|point| point.taken_up(fill)).transpose()?,
            range: self.range.map(|range| range.taken_up(fill)).transpose()?,
            ..self
        })
    }
}

/// The names in a checkpoint that are those of what authenticates requests, which may have to be fetched.
pub(crate) fn credentials(checkpoint: &Checkpoint) -> Vec<String> {
    let names = RefCell::new(Vec::new());
    let fill = |name: &str| {
        let rest = name.strip_prefix(CREDENTIAL);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
            names.borrow_mut().push(name.to_owned());
        }
        Ok(SecretString::default())
    };
    // What cannot be read is reported when it is filled in.
    if let Some(point) = &checkpoint.pages {
        let _ = point.clone().taken_up(&fill);
    }
    if let Some(RangeState { start, last_value, .. }) = &checkpoint.range {
        for value in [start, last_value] {
            let _ = shown_value(value.clone(), &fill);
        }
    }
    names.into_inner()
}

/// The text without secrets, and whether there were any.
fn hidden(text: &str, mask: &Mask, context: Context, depth: usize) -> (String, bool) {
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for found in mask.find(text) {
        let Some(name) = found.name.as_deref().filter(|_| found.from >= done) else { continue };
        let (from, to, name, mut spellings) = in_base64(text, done, &found, mask, depth)
            .unwrap_or_else(|| (found.from, found.to, name.to_owned(), spellings(text, &found)));
        if context == Context::Address && spellings.is_empty() {
            spellings.extend(spelling::as_it_is(&text[from..to]));
        }
        push(&mut kept, &text[done..from], context);
        kept.push_str(&written(&name, &spellings));
        done = to;
    }
    push(&mut kept, &text[done..], context);
    (kept, done > 0)
}

fn push(kept: &mut String, text: &str, context: Context) {
    let brace = match context {
        // What the server itself has written so is not taken for a name.
        Context::Address => "%7B",
        Context::Text => "{}",
    };
    kept.push_str(&text.replace('{', brace));
}

/// How a secret is spelled where it was found.
fn spellings(text: &str, found: &Found) -> Vec<Cow<'static, str>> {
    let secret = found.secret.expose_secret();
    match found.form {
        Form::Plain => spelling::of(&text[found.from..found.to], secret, found.depth),
        Form::Base64 { .. } => base64::spellings(&text[found.from..found.to], secret, found),
        Form::Hex { is_upper } => {
            spelling::of_hex(&text[found.from..found.to], secret, is_upper, found.depth)
        }
    }
}

/// A name with its spellings.
fn written(name: &str, spellings: &[Cow<'static, str>]) -> String {
    let parts = spellings.iter().fold(name.to_owned(), |parts, spelling| parts + "|" + spelling);
    format!("{{{parts}}}")
}

/// What is encoded in base64 around a secret, if it is text, without the secret.
fn in_base64(
    text: &str,
    done: usize,
    found: &Found,
    mask: &Mask,
    depth: usize,
) -> Option<(usize, usize, String, Vec<Cow<'static, str>>)> {
    let Form::Base64 { before } = found.form else { return None };
    let blob = Blob::around(text, found, before).filter(|blob| blob.from >= done)?;
    let (inner, has_secrets) =
        (depth < DEEPEST).then(|| hidden(&blob.decoded, mask, Context::Text, depth + 1))?;
    let inner = utf8_percent_encode(&inner, MARKS);
    let name = format!("={}:{inner}", blob.variant);
    has_secrets.then_some((blob.from, blob.to, name, blob.spellings))
}

/// The text with secrets in place of their names.
fn shown(text: &str, fill: Fill<'_>, context: Context) -> Result<String, Reason> {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once('{') {
        shown.push_str(before);
        let Some((name, after)) = opened.split_once('}') else { break };
        shown.push_str(&place(name, fill, context)?);
        rest = after;
    }
    shown.push_str(rest);
    Ok(shown)
}

/// What is in place of a name with its spellings.
fn place(written: &str, fill: Fill<'_>, context: Context) -> Result<String, Reason> {
    let mut parts = written.split('|');
    let name = parts.next().unwrap_or_default();
    if name.is_empty() {
        return Ok("{".to_owned());
    }
    let bad = || format!("the checkpoint has `{{{name}}}`, which this version cannot read");
    let mut text = match name.strip_prefix('=') {
        Some(encoded) => {
            let (variant, inner) = encoded.split_once(':').ok_or_else(bad)?;
            let inner = percent_decode_str(inner).decode_utf8().map_err(|_| bad())?;
            base64::encode(variant, &shown(&inner, fill, Context::Text)?).ok_or_else(bad)?
        }
        None => fill(name)?.expose_secret().to_owned(),
    };
    let mut is_spelled = false;
    for spelling in parts {
        text = spelling::spell(spelling, &text).ok_or_else(bad)?;
        is_spelled = true;
    }
    if context == Context::Address && !is_spelled {
        text = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
    }
    Ok(text)
}

fn hidden_value(value: Value, mask: &Mask) -> Value {
    let mut has_secrets = false;
    let kept = hide(&value, mask, &mut has_secrets);
    if has_secrets || value.get(HIDDEN).is_some() {
        Value::Object(Map::from_iter([(HIDDEN.to_owned(), kept)]))
    } else {
        value
    }
}

fn hide(value: &Value, mask: &Mask, has_secrets: &mut bool) -> Value {
    let mut text = |text: &str| {
        let (kept, has) = hidden(text, mask, Context::Text, 0);
        *has_secrets |= has;
        (kept, has)
    };
    match value {
        Value::String(value) => Value::String(text(value).0),
        Value::Number(number) => {
            let digits = number.to_string();
            // A short one is a number like any other.
            if digits.len() < SHORTEST_WITHIN {
                return value.clone();
            }
            match text(&digits) {
                (kept, true) => Value::from_iter([(NUMBER, kept)]),
                _ => value.clone(),
            }
        }
        Value::Array(elements) => {
            elements.iter().map(|element| hide(element, mask, has_secrets)).collect()
        }
        Value::Object(members) => {
            let mut kept = Map::new();
            for (key, value) in members {
                let (key, has) = hidden(key, mask, Context::Text, 0);
                *has_secrets |= has;
                kept.insert(key, hide(value, mask, has_secrets));
            }
            Value::Object(kept)
        }
        Value::Null | Value::Bool(_) => value.clone(),
    }
}

fn shown_value(mut value: Value, fill: Fill<'_>) -> Result<Value, Reason> {
    match value.as_object_mut().and_then(|object| object.remove(HIDDEN)) {
        Some(kept) => show(kept, fill),
        None => Ok(value),
    }
}

fn show(value: Value, fill: Fill<'_>) -> Result<Value, Reason> {
    let text = |text: &str| shown(text, fill, Context::Text);
    Ok(match value {
        Value::String(value) => Value::String(text(&value)?),
        Value::Array(elements) => {
            let elements = elements.into_iter().map(|element| show(element, fill));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            if let Some(Value::String(number)) = members.get(NUMBER) {
                let number = text(number)?;
                // A secret that was rotated may be none.
                return Ok(serde_json::from_str(&number).unwrap_or(Value::String(number)));
            }
            let members = members.into_iter();
            let members = members.map(|(key, value)| Ok((text(&key)?, show(value, fill)?)));
            Value::Object(members.collect::<Result<_, Reason>>()?)
        }
        other => other,
    })
}
