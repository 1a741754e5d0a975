//! Secrets taken out of texts that leave the crate.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// What stands in a secret's place.
const MASKED: &str = "***";

/// The secrets of a client, in every form in which a text may hold them.
pub(crate) struct Mask {
    /// Longest first, so that a secret which contains another is masked whole.
    forms: Vec<SecretString>,
}

impl Mask {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a SecretString>) -> Mask {
        let mut forms: Vec<String> =
            secrets.into_iter().flat_map(|secret| forms(secret.expose_secret())).collect();
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        Mask { forms: forms.into_iter().map(SecretString::from).collect() }
    }

    /// `text` without secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in &self.forms {
            if text.contains(form.expose_secret()) {
                text = text.replace(form.expose_secret(), MASKED);
            }
        }
        text
    }
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mask")
    }
}

/// A secret as it is, as JSON writes it, and as URLs and forms do, with either case of hex digits.
fn forms(secret: &str) -> impl Iterator<Item = String> {
    let json = serde_json::Value::from(secret).to_string();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let percent = form.replace('+', "%20");
    let unreserved: String = secret
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let lower = [&form, &percent, &unreserved].map(|text| lower_hex(text));
    [secret.to_owned(), json[1..json.len() - 1].to_owned(), form, percent, unreserved]
        .into_iter()
        .chain(lower)
        .filter(|form| !form.is_empty())
}

/// `%2F` as `%2f`.
fn lower_hex(text: &str) -> String {
    let mut parts = text.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lower.push('%');
        lower.push_str(&digits.to_ascii_lowercase());
        lower.push_str(rest);
    }
    lower
}
