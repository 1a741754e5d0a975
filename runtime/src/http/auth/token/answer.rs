//! What a token endpoint or a login answers (RFC 6749, sections 5.1 and 5.2).

use std::{
    str,
    time::{Duration, SystemTime},
};

use serde_json::{Map, Value};

use crate::{
    decode::{Json, Select as _},
    error::Reason,
    plan::{Moment, Selector},
};

/// Longer than any token is valid, and short enough for every clock.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 86_400);

/// How many names of an answer are shown.
const NAMES: usize = 12;
/// How deep secrets of an answer are looked for.
const DEEPEST: usize = 8;
/// Seconds since 1970 have fewer digits, until the year 5138.
const MILLISECONDS: f64 = 1e11;

/// Where an answer has what.
pub(super) struct Places<'a> {
    /// `None` if the body has none.
    pub(super) token: Option<&'a Selector>,
    pub(super) expires_in: Option<&'a Selector>,
    pub(super) expires_at: Option<&'a Selector>,
    pub(super) refresh_token: Option<&'a Selector>,
}

/// What a token endpoint or a login answers.
pub(super) struct TokenAnswer {
    /// Empty if the body has none.
    pub(super) token: String,
    /// How long it is valid, if the answer says so.
    pub(super) valid: Option<Duration>,
    /// A refresh token in place of the one that was shown.
    pub(super) refresh_token: Option<String>,
    /// What else is secret in it, as `id_token`.
    pub(super) others: Vec<String>,
}

impl TokenAnswer {
    /// Reads an answer with a status of success. The error says what is wrong with it and shows
    /// nothing of it but names, as all else may be secret.
    pub(super) fn read(body: &[u8], places: &Places<'_>) -> Result<TokenAnswer, Reason> {
        let body = str::from_utf8(body).map_err(|_| "is no text".to_owned())?.trim();
        let read = serde_json::from_str::<Value>(body);
        let Some(place) = places.token else {
            return Ok(match read {
                Ok(answer) => TokenAnswer::of(body, String::new(), &answer, places),
                Err(_) => TokenAnswer::of("null", String::new(), &Value::Null, places),
            });
        };
        let answer = match read {
            Ok(answer) => answer,
            // The body is the token.
            Err(_) if *place == Selector::ROOT && !body.is_empty() => {
                return Ok(TokenAnswer::of("null", body.to_owned(), &Value::Null, places));
            }
            Err(_) => return Err("is not a JSON object".into()),
        };
        match text(body, place) {
            Some(token) => Ok(TokenAnswer::of(body, token, &answer, places)),
            None => {
                let Value::Object(members) = &answer else {
                    return Err(format!("has no text at `{place}`").into());
                };
                let names: Vec<&str> = members.keys().map(String::as_str).take(NAMES).collect();
                let why = told(members).map(|told| format!(": {told}")).unwrap_or_default();
                Err(format!("has no `{place}`, only {names:?}{why}").into())
            }
        }
    }

    fn of(body: &str, token: String, answer: &Value, places: &Places<'_>) -> TokenAnswer {
        let at = |place: Option<&Selector>| place.and_then(|place| text(body, place));
        let mut others = Vec::new();
        secrets(answer, DEEPEST, &mut others);
        let valid = at(places.expires_in).and_then(|text| seconds(&text));
        TokenAnswer {
            token,
            valid: valid.or_else(|| at(places.expires_at).and_then(|text| until(&text))),
            refresh_token: at(places.refresh_token),
            others,
        }
    }
}

/// A text or a number that is not empty.
fn text(body: &str, place: &Selector) -> Option<String> {
    let text = match Json::read(place.find(body).ok()??)? {
        Json::Text(text) => text.into_owned(),
        Json::Number(number) => number.to_owned(),
        Json::Null | Json::Bool(_) | Json::Object | Json::List => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What is secret by its name.
fn secrets(value: &Value, depth: usize, found: &mut Vec<String>) {
    let is_secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["token", "secret"].iter().any(|end| name.ends_with(end))
    };
    match value {
        Value::Object(members) if depth > 0 => {
            for (name, value) in members {
                match value.as_str().filter(|text| is_secret(name) && !text.is_empty()) {
                    Some(text) => found.push(text.to_owned()),
                    None => secrets(value, depth - 1, found),
                }
            }
        }
        Value::Array(elements) if depth > 0 => {
            for element in elements {
                secrets(element, depth - 1, found);
            }
        }
        _ => {}
    }
}

/// What a refusal says, and nothing else of its body, which may repeat what was sent.
pub(super) fn refusal(body: &[u8]) -> String {
    let answer = serde_json::from_slice::<Map<String, Value>>(body);
    answer.ok().as_ref().and_then(told).unwrap_or_default()
}

/// `invalid_client: the secret has expired`.
fn told(answer: &Map<String, Value>) -> Option<String> {
    let names = ["error", "error_description", "message"];
    let parts = names.map(|name| answer.get(name).and_then(Value::as_str));
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}

/// A number of seconds, which some servers write as text. One that is not above 0 says nothing.
fn seconds(text: &str) -> Option<Duration> {
    let valid = Duration::try_from_secs_f64(text.trim().parse().ok()?).ok()?;
    (!valid.is_zero()).then(|| valid.min(LONGEST))
}

/// How long it is until a time: in seconds or milliseconds since 1970, or as text, in UTC if that has no offset. One that has passed
/// says nothing, as clocks differ.
fn until(text: &str) -> Option<Duration> {
    let text = text.trim();
    let end = match text.parse::<f64>() {
        Ok(number) if number >= MILLISECONDS => number / 1000.0,
        Ok(number) => number,
        Err(_) => {
            let seconds = Moment::read(text)?.0.div_euclid(1_000_000_000);
            Duration::from_secs(u64::try_from(seconds).ok()?).as_secs_f64()
        }
    };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let valid = Duration::try_from_secs_f64(end).ok()?.checked_sub(now)?;
    (!valid.is_zero()).then(|| valid.min(LONGEST))
}
