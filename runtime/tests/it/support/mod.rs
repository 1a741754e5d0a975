//! What the tests share: a server on the loopback interface, and records like generated ones.

mod every;
mod log;
mod order;
mod payment;
mod plans;
mod server;

use std::{borrow::Cow, time::Duration};

use rest_source::{
    Client, ClientBuilder,
    plan::{Auth, Bearer, Input, Part, Retry, SourcePlan, Template},
};

pub(crate) use self::{
    every::{Every, Needed},
    log::Log,
    order::{Contracted, Order, Status},
    payment::{Balance, Elsewhere, Payment, Payout, column, fields, nested_column, record},
    plans::{
        api_key, fetch, has, items, json_path, member, plan_of, secret, text, token_source, with,
    },
    server::{Seen, Server, pages_of, payments},
};

/// The secret that must never be seen anywhere.
pub(crate) const TOKEN: &str = "canary/+ 7f3a\"9";

pub(crate) static SOURCE: SourcePlan = SourcePlan {
    name: Cow::Borrowed("payments_api"),
    base_url: Template(Cow::Borrowed(&[Part::Text(Cow::Borrowed("https://api.example.com"))])),
    headers: Cow::Borrowed(&[]),
    auth: Auth::Bearer(Bearer {
        token: Template(Cow::Borrowed(&[Part::Secret(Cow::Borrowed("access_token"))])),
        ..Bearer::DEFAULT
    }),
    secrets: Cow::Borrowed(&[Input {
        name: Cow::Borrowed("access_token"),
        setter: Cow::Borrowed("access_token"),
        variables: Cow::Borrowed(&[
            Cow::Borrowed("PAYMENTS_API__ACCESS_TOKEN"),
            Cow::Borrowed("ACCESS_TOKEN"),
        ]),
        ..Input::DEFAULT
    }]),
    config: Cow::Borrowed(&[]),
    concurrency: 4,
    rate_limit: None,
    rate_limit_headers: None,
    allowed_hosts: Cow::Borrowed(&[]),
    settings: Cow::Borrowed(&[]),
    retry: Retry {
        statuses: Cow::Borrowed(&[429, 500, 502, 503, 504]),
        max_retries: 3,
        backoff_factor: 2.0,
        max_delay: Duration::from_secs(60),
        max_elapsed: Duration::from_secs(300),
        ..Retry::DEFAULT
    },
    timeout: Duration::from_secs(60),
    ..SourcePlan::DEFAULT
};

/// A client of a server. Its tries have no limit, so that on a paused clock the wait before a retry
/// is the only thing to wait for.
pub(crate) fn client(server: &Server) -> Client {
    builder(&SOURCE).base_url(server.url()).timeout(None).build().unwrap()
}

/// A builder that lacks nothing.
pub(crate) fn builder(plan: &SourcePlan) -> ClientBuilder {
    ClientBuilder::new(Cow::Owned(plan.clone())).secret("access_token", TOKEN)
}
