//! The client: address, headers, authentication, retry.

use std::time::Duration;

use rest_source_plan::{
    ClientSetting, List, RateLimit, RateLimitHeaders, Retry, SourcePlan, Str, Template,
};

use super::{
    auth,
    duration::time,
    header,
    input::Inputs,
    secret,
    setting::Filling,
    status,
    url::{self, Home},
};
use crate::{
    config::{self, Client},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{OrTemplate, Setting, TemplateText, find_placeholder},
    source::{Span, Spanned},
};

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
        plan.base_url = inputs.read_required(&base_url.value.0, base_url.span, diagnostics);
        url::check_base(&plan.base_url, base_url.span, diagnostics);
    }
    plan.headers = headers(client, inputs, diagnostics);
    plan.allowed_hosts = allowed_hosts(client, inputs, diagnostics);
    if let Some(auth) = client.auth.get() {
        let base_url = plan.base_url.as_text().unwrap_or_default();
        let home = Home { base_url, allowed: &plan.allowed_hosts };
        plan.auth = auth::check(auth, &home, inputs, diagnostics);
    }
    let mut numbers = Numbers { settings: Vec::new(), inputs, diagnostics };
    plan.retry = numbers.retry(client.retry.get());
    plan.timeout = numbers.duration(&client.timeout, SourcePlan::TIMEOUT, ClientSetting::Timeout);
    let concurrency = numbers.count(&client.concurrency, ClientSetting::Concurrency);
    plan.concurrency = concurrency.unwrap_or(SourcePlan::CONCURRENCY);
    plan.rate_limit = client.rate_limit.get().and_then(|limit| numbers.rate_limit(limit));
    let headers = client.rate_limit_headers.get();
    plan.rate_limit_headers = headers.and_then(|names| numbers.rate_limit_headers(names));
    plan.settings = numbers.settings.into();
    plan
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
        inputs.check_filling(&template, Filling::VALUE, host.span, diagnostics);
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
        if !header::check(name, value, diagnostics) {
            continue;
        }
        let template = inputs.read_value(&value.value.0, value.span, diagnostics);
        inputs.check_filling(&template, Filling::OMITTED, value.span, diagnostics);
        secret::check_header(&name.value, &template, value.span, diagnostics);
        checked.push((inputs.read_required(&name.value, name.span, diagnostics), template));
    }
    checked.into()
}

/// Reads numbers, and keeps the texts of those that settings give.
struct Numbers<'a> {
    settings: Vec<(ClientSetting, Template)>,
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
}

impl Numbers<'_> {
    /// The number, if the file states it.
    fn known<T: Copy>(
        &mut self,
        number: &Spanned<OrTemplate<T>>,
        setting: ClientSetting,
    ) -> Option<Spanned<T>> {
        let span = number.span;
        match &number.value {
            OrTemplate::Known(value) => Some(Spanned { value: *value, span }),
            OrTemplate::Template(text) => {
                self.keep(text, span, setting);
                None
            }
        }
    }

    fn keep(&mut self, text: &str, span: Span, setting: ClientSetting) {
        let filling = filling(setting);
        let template = self.inputs.read_filled(text, filling, span, self.diagnostics);
        self.settings.push((setting, template));
    }

    /// How many requests there may be: at least one, or there would be none.
    fn count(
        &mut self,
        number: &Setting<Spanned<OrTemplate<u64>>>,
        setting: ClientSetting,
    ) -> Option<u32> {
        let Spanned { value, span } = self.known(number.get()?, setting)?;
        match u32::try_from(value) {
            Ok(count) if count > 0 => Some(count),
            _ => {
                let message = format!("{value} is no number of requests");
                self.diagnostics.push(
                    Diagnostic::error(Code::InvalidNumber, span, message).help("it is 1 or above"),
                );
                Some(1)
            }
        }
    }

    fn duration(
        &mut self,
        number: &Setting<Spanned<OrTemplate<f64>>>,
        default: Duration,
        setting: ClientSetting,
    ) -> Duration {
        let seconds = number.get().and_then(|number| self.known(number, setting));
        let seconds =
            seconds.and_then(|seconds| time(seconds.value, seconds.span, self.diagnostics));
        seconds.unwrap_or(default)
    }

    fn retry(&mut self, retry: Option<&config::Retry>) -> Retry {
        let mut plan = Retry::DEFAULT;
        let Some(retry) = retry else { return plan };
        if let Some(statuses) = retry.statuses.get() {
            let known = statuses.iter().filter_map(|status| {
                let known = self.known(status, ClientSetting::RetryStatus)?;
                status::check(&known, self.diagnostics)
            });
            plan.statuses = known.collect();
        }
        let retries = retry.max_retries.get();
        if let Some(retries) = retries.and_then(|n| self.known(n, ClientSetting::MaxRetries)) {
            match u32::try_from(retries.value) {
                Ok(max_retries) if max_retries <= ClientSetting::MOST_RETRIES => {
                    plan.max_retries = max_retries;
                }
                _ => {
                    let message = "more than 100 retries would hide a failure for hours";
                    self.diagnostics.push(Diagnostic::error(
                        Code::InvalidNumber,
                        retries.span,
                        message,
                    ));
                }
            }
        }
        let factor = retry.backoff_factor.get();
        if let Some(factor) = factor.and_then(|n| self.known(n, ClientSetting::BackoffFactor)) {
            if (1.0..=10.0).contains(&factor.value) {
                plan.backoff_factor = factor.value;
            } else {
                let message = "`backoff_factor` is a number from 1 to 10";
                self.diagnostics.push(
                    Diagnostic::error(Code::InvalidNumber, factor.span, message)
                        .help("with 2, the waits are 1, 2, 4, … seconds"),
                );
            }
        }
        plan.max_delay = self.duration(&retry.max_delay, plan.max_delay, ClientSetting::MaxDelay);
        plan.max_elapsed =
            self.duration(&retry.max_elapsed, plan.max_elapsed, ClientSetting::MaxElapsed);
        plan
    }

    /// What a setting is to give is 1 until then.
    fn rate_limit(&mut self, limit: &config::RateLimit) -> Option<RateLimit> {
        let given = limit.requests.get()?;
        let requests = self.count(&limit.requests, ClientSetting::Requests);
        let config::Per(per) = *limit.per.get()?;
        // By default all may be sent at once.
        if limit.burst.is_absent()
            && let OrTemplate::Template(text) = &given.value
        {
            self.keep(text, given.span, ClientSetting::Burst);
        }
        let burst = self.count(&limit.burst, ClientSetting::Burst);
        let requests = requests.unwrap_or(1);
        Some(RateLimit { requests, per, burst: burst.unwrap_or(requests), ..RateLimit::DEFAULT })
    }

    /// What a setting is to give is empty until then.
    fn rate_limit_headers(&mut self, names: &config::RateLimitHeaders) -> Option<RateLimitHeaders> {
        let mut read = |name: &Spanned<TemplateText>, setting| {
            let TemplateText(text) = &name.value;
            if find_placeholder(text).is_some() {
                self.keep(text, name.span, setting);
                return Some(Str::Borrowed(""));
            }
            header::check_name(text, name.span, header::is_token, self.diagnostics)
                .then(|| text.to_ascii_lowercase().into())
        };
        let remaining = names.remaining.get();
        let remaining = remaining.and_then(|name| read(name, ClientSetting::RemainingHeader));
        let reset = read(names.reset.get()?, ClientSetting::ResetHeader)?;
        Some(RateLimitHeaders { remaining, reset, ..RateLimitHeaders::DEFAULT })
    }
}

/// What may fill what a setting gives of the client.
fn filling(setting: ClientSetting) -> Filling {
    match setting {
        ClientSetting::Concurrency => Filling::count(1),
        ClientSetting::RetryStatus | ClientSetting::MaxRetries => Filling::count(0),
        // A limit without its number would be none.
        ClientSetting::Requests | ClientSetting::Burst => Filling::count(1).required(),
        ClientSetting::Timeout
        | ClientSetting::BackoffFactor
        | ClientSetting::MaxDelay
        | ClientSetting::MaxElapsed => Filling::NUMBER,
        ClientSetting::RemainingHeader | ClientSetting::ResetHeader => Filling::TEXT,
    }
}
