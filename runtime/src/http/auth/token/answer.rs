//! What a token endpoint answers (RFC 6749, sections 5.1 and 5.2).

use std::time::Duration;

use serde_json::{Map, Value};

/// Longer than any token is valid, and short enough for every clock.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 86_400);

/// How many names of an answer are shown.
const NAMES: usize = 12;

/// What a token endpoint answers.
pub(super) struct TokenAnswer {
    pub(super) access_token: String,
    /// How long it is valid, if the answer says so.
    pub(super) expires_in: Option<Duration>,
    /// A refresh token in place of the one that was shown.
    pub(super) refresh_token: Option<String>,
    /// What else is secret in it, as `id_token`.
    pub(super) others: Vec<String>,
}

impl TokenAnswer {
    /// Reads an answer with a status of success. The error says what is wrong with it and shows
    /// nothing of it but names, as all else may be secret.
    pub(super) fn read(body: &[u8]) -> Result<TokenAnswer, String> {
        let answer: Map<String, Value> =
            serde_json::from_slice(body).map_err(|_| "is not a JSON object".to_owned())?;
        let text = |name: &str| {
            let text = answer.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        let Some(access_token) = text("access_token") else {
            let names: Vec<&str> = answer.keys().map(String::as_str).take(NAMES).collect();
            let why = told(&answer).map(|told| format!(": {told}")).unwrap_or_default();
            return Err(format!("has no `access_token`, only {names:?}{why}"));
        };
        let expires_in = answer.get("expires_in").and_then(seconds);
        let is_secret = |name: &&String| {
            ["token", "secret"].iter().any(|end| name.to_ascii_lowercase().ends_with(end))
        };
        let others = answer.keys().filter(is_secret).filter_map(|name| text(name)).collect();
        Ok(TokenAnswer { access_token, expires_in, refresh_token: text("refresh_token"), others })
    }
}

/// What a refusal says, and nothing else of its body, which may repeat what was sent.
pub(super) fn refusal(body: &[u8]) -> String {
    let answer = serde_json::from_slice::<Map<String, Value>>(body);
    answer.ok().as_ref().and_then(told).unwrap_or_default()
}

/// `invalid_client: the secret has expired`.
fn told(answer: &Map<String, Value>) -> Option<String> {
    let parts = ["error", "error_description"].map(|name| answer.get(name).and_then(Value::as_str));
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}

/// A number of seconds, which some servers write as text. One that is not above 0 says nothing.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let valid = Duration::try_from_secs_f64(seconds).ok()?;
    (!valid.is_zero()).then(|| valid.min(LONGEST))
}
