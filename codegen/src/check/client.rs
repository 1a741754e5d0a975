//! The client: address, headers, authentication, retry.

use super::{auth, template::Secrets, url};
use crate::{
    config::{Client, Retry},
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::{self, Template},
    parse::{LooseText, Setting},
    source::{Span, Spanned},
};

/// The statuses that mean «try again later».
const RETRY_STATUSES: [u16; 5] = [429, 500, 502, 503, 504];
const MAX_RETRIES: u32 = 3;
const BACKOFF_FACTOR: f64 = 2.0;
/// Rate limits are mostly counted by the minute, so that a wait beyond one helps nobody.
const MAX_DELAY: f64 = 60.0;
const MAX_ELAPSED: f64 = 300.0;
const TIMEOUT: f64 = 60.0;
/// Longer than any wait that makes sense, and short enough for every clock.
const DAY: f64 = 86_400.0;

/// Headers that carry a credential, in lower case.
const CREDENTIAL_HEADERS: [&str; 10] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "api-key",
    "apikey",
    "x-api-key",
    "x-auth-token",
    "x-access-token",
    "x-token",
    "private-token",
];

/// What a client without resources is.
pub(super) struct Checked {
    pub(super) base_url: String,
    pub(super) headers: Vec<(String, Template)>,
    pub(super) auth: Option<model::Auth>,
    pub(super) retry: model::Retry,
    pub(super) timeout: f64,
}

pub(super) fn check(
    client: Option<&Client>,
    secrets: &mut Secrets,
    diagnostics: &mut Diagnostics,
) -> Checked {
    let unset = Client::default();
    let client = client.unwrap_or(&unset);
    let base_url = client.base_url.get();
    if let Some(base_url) = base_url {
        url::check_base(base_url, diagnostics);
    }
    Checked {
        base_url: base_url.map(|url| url.value.clone()).unwrap_or_default(),
        headers: headers(client, secrets, diagnostics),
        auth: client.auth.get().and_then(|auth| auth::check(auth, secrets, diagnostics)),
        retry: retry(client.retry.get(), diagnostics),
        timeout: seconds(&client.timeout, TIMEOUT, diagnostics),
    }
}

fn headers(
    client: &Client,
    secrets: &mut Secrets,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Template)> {
    let mut checked: Vec<(String, Template)> = Vec::new();
    for (name, value) in client.headers.get().into_iter().flat_map(|headers| &headers.entries) {
        if !check_header(name, value, diagnostics) {
            continue;
        }
        let template = secrets.read(&value.value.0, value.span, diagnostics);
        let lower = name.value.to_ascii_lowercase();
        if CREDENTIAL_HEADERS.contains(&lower.as_str()) {
            let suggested = if lower.contains("key") { "api_key" } else { "access_token" };
            secret_not_literal(&template, &name.value, suggested, value.span, diagnostics);
        }
        checked.push((name.value.clone(), template));
    }
    checked
}

/// RFC 9110, section 5: a header's name is a token, its value has no control characters. What a
/// request could not be sent with is better known now.
pub(super) fn check_header(
    name: &Spanned<String>,
    value: &Spanned<LooseText>,
    diagnostics: &mut Diagnostics,
) -> bool {
    // A placeholder may stand in the name, and what it stands for is not known here.
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~{}".contains(c);
    if name.value.is_empty() || !name.value.chars().all(is_token) {
        let message = format!("`{}` cannot be the name of a header", name.value);
        diagnostics.push(
            Diagnostic::error(Code::InvalidHeader, name.span, message)
                .help("a header's name has letters, digits and -, as in `X-Api-Version`"),
        );
        return false;
    }
    if value.value.0.chars().any(char::is_control) {
        let message = format!("the value of `{}` contains a control character", name.value);
        diagnostics.push(Diagnostic::error(Code::InvalidHeader, value.span, message));
        return false;
    }
    true
}

/// A secret in the file ends up in version control and, compiled, in every copy of the program.
pub(super) fn secret_not_literal(
    template: &Template,
    what: &str,
    suggested: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let names_secret = template.parts.iter().any(|part| matches!(part, model::Part::Secret(_)));
    if !names_secret {
        diagnostics.push(
            Diagnostic::error(
                Code::PlainSecret,
                span,
                format!("`{what}` is a secret, and it would be compiled into the program"),
            )
            .says("a literal value")
            .help(format!(
                "name it instead, `{what}: \"{{secrets.{suggested}}}\"`: the value is then given \
                 to the client's builder or found in the environment"
            )),
        );
    }
}

fn retry(retry: Option<&Retry>, diagnostics: &mut Diagnostics) -> model::Retry {
    let unset = Retry::default();
    let retry = retry.unwrap_or(&unset);
    model::Retry {
        statuses: match retry.statuses.get() {
            Some(statuses) => statuses.iter().filter_map(|s| status(s, diagnostics)).collect(),
            None => RETRY_STATUSES.to_vec(),
        },
        max_retries: match retry.max_retries.get() {
            Some(retries) if retries.value > 100 => {
                let message = "more than 100 retries would hide a failure for hours";
                diagnostics.push(Diagnostic::error(Code::InvalidNumber, retries.span, message));
                MAX_RETRIES
            }
            Some(retries) => u32::try_from(retries.value).unwrap_or(MAX_RETRIES),
            None => MAX_RETRIES,
        },
        backoff_factor: match retry.backoff_factor.get() {
            Some(factor) if !(1.0..=10.0).contains(&factor.value) => {
                let message = "`backoff_factor` is a number from 1 to 10";
                diagnostics.push(
                    Diagnostic::error(Code::InvalidNumber, factor.span, message)
                        .help("with 2, the waits are 1, 2, 4, … seconds"),
                );
                BACKOFF_FACTOR
            }
            Some(factor) => factor.value,
            None => BACKOFF_FACTOR,
        },
        max_delay: seconds(&retry.max_delay, MAX_DELAY, diagnostics),
        max_elapsed: seconds(&retry.max_elapsed, MAX_ELAPSED, diagnostics),
    }
}

/// A successful answer is never sent again, and RFC 9110 has no status above 599.
fn status(status: &Spanned<u64>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let valid = u16::try_from(status.value).ok().filter(|status| (400..=599).contains(status));
    if valid.is_none() {
        let message = format!("{} is not the status of a failure", status.value);
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, status.span, message)
                .help("failures have statuses from 400 to 599"),
        );
    }
    valid
}

pub(super) fn seconds(
    setting: &Setting<Spanned<f64>>,
    default: f64,
    diagnostics: &mut Diagnostics,
) -> f64 {
    let Some(seconds) = setting.get() else { return default };
    if seconds.value > 0.0 && seconds.value <= DAY {
        return seconds.value;
    }
    let message = "this is a time in seconds, above 0 and at most a day (86400)";
    diagnostics.push(Diagnostic::error(Code::InvalidNumber, seconds.span, message));
    default
}
