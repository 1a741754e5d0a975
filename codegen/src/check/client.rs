//! The client: address, headers, authentication, retry.

use std::time::Duration;

use rest_source_plan::{List, RateLimit, RateLimitHeaders, Retry, SourcePlan, Template, Unit};

use super::{auth, input::Inputs, secret, url};
use crate::{
    config::{self, Client},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{LooseText, Setting},
    source::{Span, Spanned},
};

/// Longer than any wait that makes sense, and short enough for every clock.
const DAY: f64 = 86_400.0;

/// Checks the client, with what it leaves out filled in. What its texts name is not in the plan yet.
pub(super) fn check(
    client: Option<&Client>,
    module: &str,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> SourcePlan {
    let unset = Client::default();
    let client = client.unwrap_or(&unset);
    let mut plan = SourcePlan::new("", "");
    plan.name = module.to_owned().into();
    if let Some(base_url) = client.base_url.get() {
        plan.base_url = inputs.read(&base_url.value.0, base_url.span, diagnostics);
        url::check_base(&plan.base_url, base_url.span, diagnostics);
    }
    plan.headers = headers(client, inputs, diagnostics);
    if let Some(auth) = client.auth.get() {
        plan.auth = auth::check(auth, inputs, diagnostics);
    }
    plan.retry = retry(client.retry.get(), diagnostics);
    plan.timeout = duration(&client.timeout, SourcePlan::TIMEOUT, diagnostics);
    if let Some(concurrency) = client.concurrency.get() {
        plan.concurrency = count(concurrency, diagnostics);
    }
    plan.rate_limit = client.rate_limit.get().and_then(|limit| rate_limit(limit, diagnostics));
    let headers = client.rate_limit_headers.get();
    plan.rate_limit_headers = headers.and_then(|names| rate_limit_headers(names, diagnostics));
    plan.allowed_hosts = allowed_hosts(client, inputs, diagnostics);
    plan
}

/// How many requests there may be: at least one, or there would be none.
fn count(requests: &Spanned<u64>, diagnostics: &mut Diagnostics) -> u32 {
    match u32::try_from(requests.value) {
        Ok(count) if count > 0 => count,
        _ => {
            let message = format!("{} is no number of requests", requests.value);
            diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, requests.span, message)
                    .help("it is 1 or above"),
            );
            1
        }
    }
}

fn rate_limit(limit: &config::RateLimit, diagnostics: &mut Diagnostics) -> Option<RateLimit> {
    let requests = count(limit.requests.get()?, diagnostics);
    let per = match limit.per.get()? {
        config::Unit::Second => Unit::Second,
        config::Unit::Minute => Unit::Minute,
        config::Unit::Hour => Unit::Hour,
    };
    let burst = limit.burst.get().map_or(requests, |burst| count(burst, diagnostics));
    Some(RateLimit { requests, per, burst })
}

fn rate_limit_headers(
    names: &config::RateLimitHeaders,
    diagnostics: &mut Diagnostics,
) -> Option<RateLimitHeaders> {
    let mut read = |name: &Spanned<String>| {
        check_header_name(&name.value, name.span, is_token, diagnostics)
            .then(|| name.value.to_ascii_lowercase().into())
    };
    let remaining = names.remaining.get().and_then(&mut read);
    Some(RateLimitHeaders { remaining, reset: read(names.reset.get()?)? })
}

/// Servers are named as `host` or `host:port`: how they are reached is not a matter of trust.
fn allowed_hosts(
    client: &Client,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> List<Template> {
    let mut hosts = Vec::new();
    for host in client.allowed_hosts.get().into_iter().flatten() {
        let template = inputs.read(&host.value.0, host.span, diagnostics);
        let text = &*host.value.0;
        let name = text.split_once("://").map_or(text, |(_, name)| name);
        let name = name.split('/').next().unwrap_or_default();
        if name != text || name.is_empty() || name.contains(['*', '@', ' ']) {
            let message = format!("`{}` is not the name of a server", host.value.0);
            let diagnostic = Diagnostic::error(Code::InvalidUrl, host.span, message);
            diagnostics.push(if name.is_empty() || name.contains(['*', '@', ' ']) {
                diagnostic.help("a server is named as `files.example.com` or `localhost:8080`")
            } else {
                diagnostic.help(format!("write `{name}`"))
            });
        }
        hosts.push(template);
    }
    hosts.into()
}

fn headers(
    client: &Client,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> List<(Template, Template)> {
    let mut checked = Vec::new();
    for (name, value) in client.headers.get().into_iter().flat_map(|headers| &headers.entries) {
        if !check_header(name, value, diagnostics) {
            continue;
        }
        let template = inputs.read_value(&value.value.0, value.span, diagnostics);
        secret::check_header(&name.value, &template, value.span, diagnostics);
        checked.push((inputs.read(&name.value, name.span, diagnostics), template));
    }
    checked.into()
}

/// RFC 9110, section 5: a header's name is a token, its value has no control characters. What a
/// request could not be sent with is better known now.
pub(super) fn check_header(
    name: &Spanned<String>,
    value: &Spanned<LooseText>,
    diagnostics: &mut Diagnostics,
) -> bool {
    // A placeholder may stand in the name, and what it stands for is not known here.
    let may_be = |c: char| is_token(c) || "{}".contains(c);
    if !check_header_name(&name.value, name.span, may_be, diagnostics) {
        return false;
    }
    if value.value.0.chars().any(char::is_control) {
        let message = format!("the value of `{}` contains a control character", name.value);
        diagnostics.push(Diagnostic::error(Code::InvalidHeader, value.span, message));
        return false;
    }
    true
}

fn check_header_name(
    name: &str,
    span: Span,
    may_be: impl Fn(char) -> bool,
    diagnostics: &mut Diagnostics,
) -> bool {
    let is_name = !name.is_empty() && name.chars().all(may_be);
    if !is_name {
        let message = format!("`{name}` cannot be the name of a header");
        diagnostics.push(
            Diagnostic::error(Code::InvalidHeader, span, message)
                .help("a header's name has letters, digits and -, as in `X-Api-Version`"),
        );
    }
    is_name
}

/// RFC 9110, section 5.6.2.
fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

fn retry(retry: Option<&config::Retry>, diagnostics: &mut Diagnostics) -> Retry {
    let mut plan = Retry::DEFAULT;
    let Some(retry) = retry else { return plan };
    if let Some(statuses) = retry.statuses.get() {
        plan.statuses = statuses.iter().filter_map(|s| status(s, diagnostics)).collect();
    }
    if let Some(retries) = retry.max_retries.get() {
        match u32::try_from(retries.value) {
            Ok(max_retries) if max_retries <= 100 => plan.max_retries = max_retries,
            _ => {
                let message = "more than 100 retries would hide a failure for hours";
                diagnostics.push(Diagnostic::error(Code::InvalidNumber, retries.span, message));
            }
        }
    }
    if let Some(factor) = retry.backoff_factor.get() {
        if (1.0..=10.0).contains(&factor.value) {
            plan.backoff_factor = factor.value;
        } else {
            let message = "`backoff_factor` is a number from 1 to 10";
            diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, factor.span, message)
                    .help("with 2, the waits are 1, 2, 4, … seconds"),
            );
        }
    }
    plan.max_delay = duration(&retry.max_delay, plan.max_delay, diagnostics);
    plan.max_elapsed = duration(&retry.max_elapsed, plan.max_elapsed, diagnostics);
    plan
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

pub(super) fn duration(
    setting: &Setting<Spanned<f64>>,
    default: Duration,
    diagnostics: &mut Diagnostics,
) -> Duration {
    let Some(seconds) = setting.get() else { return default };
    if seconds.value > 0.0 && seconds.value <= DAY {
        return Duration::from_secs_f64(seconds.value);
    }
    let message = "this is a time in seconds, above 0 and at most a day (86400)";
    diagnostics.push(Diagnostic::error(Code::InvalidNumber, seconds.span, message));
    default
}
