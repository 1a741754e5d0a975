//! JSON of any kind, as it was written.

use std::{
    borrow::Cow,
    fmt::{self, Display},
    str::FromStr,
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, ser::Error as _,
};
use serde_json::{Value, value::RawValue};

/// The value of a `json` column: the JSON text that the server sent, with every digit, its order and
/// members that are there twice.
///
/// A tree such as [`serde_json::Value`] would round numbers and sort members. It is one call away:
///
/// ```
/// use rest_source::Json;
///
/// let totals: Json = r#"{"net": 1.10, "gross": 12345678901234567890123}"#.parse()?;
/// assert_eq!(totals.as_str(), r#"{"net": 1.10, "gross": 12345678901234567890123}"#);
/// let tree: serde_json::Value = totals.read()?;
/// assert_eq!(tree["net"], 1.1);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Two are equal when they are the same text, apart from white space between their parts.
#[derive(Clone)]
pub struct Json(String);

impl Json {
    /// Takes JSON text that a parser has gone over.
    pub(crate) fn of(text: &str) -> Json {
        Json(text.to_owned())
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text that the value is. `None` if it is none.
    ///
    /// ```
    /// use rest_source::Json;
    ///
    /// let id: Json = r#""PM12""#.parse()?;
    /// assert_eq!(id.as_text().as_deref(), Some("PM12"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        Json::text_of(&self.0)
    }

    /// The text that a JSON string says, `None` for any other value. Half of a surrogate pair, which
    /// stands for no character, is U+FFFD.
    ///
    /// ```
    /// use rest_source::Json;
    ///
    /// assert_eq!(Json::text_of(r#""caf\u00e9 \ud83d""#).as_deref(), Some("café \u{fffd}"));
    /// assert_eq!(Json::text_of("12"), None);
    /// ```
    pub fn text_of(json: &str) -> Option<Cow<'_, str>> {
        text_of(json)
    }

    /// The value as another type: a [`serde_json::Value`], a struct of your own.
    ///
    /// # Errors
    ///
    /// If the value is not of that type, or holds a number that none of Rust's number types takes.
    pub fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// `null`.
impl Default for Json {
    fn default() -> Json {
        Json::of("null")
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        self.0 == other.0 || compact(&self.0) == compact(&other.0)
    }
}

impl Eq for Json {}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The JSON text.
impl Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Json {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Json, serde_json::Error> {
        serde_json::from_str::<&RawValue>(text).map(|raw| Json::of(raw.get()))
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Json {
        Json(value.to_string())
    }
}

/// As the value that it is. Numbers that no number type of Rust holds exactly are rounded, as not every
/// format has a place for them; [`Json::as_str`] has every digit.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.read::<Value>().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        Value::deserialize(deserializer).map(Json::from)
    }
}

/// The text that a JSON string says. `None` of what is none.
pub(crate) fn text_of(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    Some(if inner.contains('\\') { Cow::Owned(unescaped(json)) } else { Cow::Borrowed(inner) })
}

/// Whether a JSON string has half of a surrogate pair. As all of these become the same character, texts that
/// have one are not told apart.
pub(crate) fn has_half_pair(json: &str) -> bool {
    json.starts_with('"') && json.contains("\\u") && serde_json::from_str::<String>(json).is_err()
}

/// The text of a JSON string. Half of a surrogate pair, as of a text that was cut within an emoji,
/// stands for no character, and databases take none: it becomes U+FFFD, as in browsers.
fn unescaped(raw: &str) -> String {
    serde_json::from_str(raw).unwrap_or_else(|_| {
        let (mut whole, mut rest) = (String::with_capacity(raw.len()), raw);
        while let Some(place) = rest.find('\\') {
            let (before, escape) = rest.split_at(place);
            whole.push_str(before);
            let length = match (unit(escape), escape.get(6..).and_then(unit)) {
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
                (Some(0xD800..=0xDFFF), _) => {
                    whole.push('\u{FFFD}');
                    rest = &escape[6..];
                    continue;
                }
                (Some(_), _) => 6,
                (None, _) => 2,
            };
            let (escape, behind) = escape.split_at_checked(length).unwrap_or((escape, ""));
            whole.push_str(escape);
            rest = behind;
        }
        whole.push_str(rest);
        serde_json::from_str(&whole).unwrap_or_default()
    })
}

/// The code unit of an escape such as `\u0041` at the beginning of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

/// JSON without white space between its parts.
pub(crate) fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut in_text, mut is_escaped) = (false, false);
    for c in json.chars() {
        if in_text {
            in_text = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
        } else if matches!(c, ' ' | '\n' | '\r' | '\t') {
            continue;
        } else {
            in_text = c == '"';
        }
        compact.push(c);
    }
    compact
}
