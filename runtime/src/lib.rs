//! Typed REST sources from a YAML description: this crate fetches, the attribute of the same name
//! generates the types.
//!
//! A source description says how an API is reached, which resources it has and what their fields
//! are. Of each resource the attribute generates a struct and a function that gives a [`Fetch`]:
//!
//! | on a [`Fetch`] | gives |
//! | --- | --- |
//! | [`stream`](Fetch::stream) | the records, one by one, as a `Stream` |
//! | [`pages`](Fetch::pages) | the responses, each with a [`Checkpoint`] that continues after it |
//! | [`all`](Fetch::all), [`one`](Fetch::one) | a `Vec` of the records, the single record |
//!
//! ```no_run
//! use rest_source::rest_source;
//!
//! #[rest_source("payments.yaml")]
//! pub mod payments_api {}
//!
//! #[tokio::main]
//! async fn main() -> Result<(), rest_source::Error> {
//!     let client = payments_api::Client::from_env()?; // takes the token from ACCESS_TOKEN
//!
//!     let mut payments = client.payments().stream();
//!     while let Some(payment) = payments.try_next().await? {
//!         println!("{:?} {:?} {:?}", payment.id, payment.amount, payment.currency);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! The description `payments.yaml`, which stands beside `Cargo.toml`:
//!
//! ```yaml
//! client:
//!   base_url: https://api.example.com
//!   auth:
//!     type: bearer
//!     token: dlt.secrets["access_token"]      # also written "{secrets.access_token}"
//!   retry: {statuses: [429, 500, 502, 503, 504], max_retries: 3, backoff_factor: 2}
//!
//! resource_defaults:
//!   primary_key: id
//!   write_disposition: merge
//!   columns:
//!     id: {data_type: text, description: Unique identifier}
//!     created_at: {data_type: timestamp, description: When it was created}
//!     amount: {data_type: bigint, description: In the currency's smallest unit}
//!     currency: {data_type: text, description: Three letters of ISO 4217}
//!   endpoint:
//!     paginator: {type: cursor, limit: 500, cursor_param: after, cursor_path: meta.cursors.after}
//!
//! resources:
//!   - {name: payments, endpoint: {path: /v1/payments, data_selector: payments}}
//!   - {name: refunds,  endpoint: {path: /v1/refunds,  data_selector: refunds}}
//!   - {name: mandates, endpoint: {path: /v1/mandates, data_selector: mandates}}
//!   - {name: payouts,  endpoint: {path: /v1/payouts,  data_selector: payouts}}
//! ```
//!
//! # What it promises
//!
//! - **Work overlaps.** While a page is in use, the next one is fetched, and no more than that one:
//!   memory does not grow with the number of records. Dropping a stream cancels its request.
//! - **Failures that pass are retried**: statuses that the description names, connections that
//!   fail or break off, timeouts. `Retry-After` is obeyed; tries and time are both bounded.
//! - **Nothing is lost in silence.** A value that does not fit its column, a response without the
//!   records that it should have, or a server that leads round in circles is an [`Error`] which
//!   says where. Fields that the description does not declare are kept in [`Extra`].
//! - **Numbers keep their digits.** A value is read from the text that the server sent, never by
//!   way of a floating-point number that rounds it.
//! - **Credentials stay at home.** They are sent to the base URL's scheme, host and port and to the
//!   `allowed_hosts`, redirects and links elsewhere are refused, and secrets are masked in errors,
//!   `Debug` and logs.
//! - **Servers are not overrun.** Requests of a client share a rate limit, and wait when a server
//!   says that no more are left.
//! - **It tells what it does** by [`tracing`](https://docs.rs/tracing): a span for each fetch and
//!   request, an event for each retry.
//!
//! The [`guide`] has a page for each subject.
//!
//! # What the client does unless told otherwise
//!
//! Times are in seconds.
//!
//! | key of `client` | default | meaning |
//! | --- | --- | --- |
//! | `timeout` | `60` | the longest that one try may take, from connecting to the last byte; [`ClientBuilder::timeout`] goes over it |
//! | `retry.statuses` | `[429, 500, 502, 503, 504]` | after these a request is sent again, as it is when no connection comes about, when one breaks off, and after a timeout |
//! | `retry.max_retries` | `3` | how often it is sent again, beyond the first try |
//! | `retry.backoff_factor` | `2` | what each wait is multiplied by to give the next: 1, 2, 4; each is lengthened by up to a quarter at random |
//! | `retry.max_delay` | `60` | the longest single wait |
//! | `retry.max_elapsed` | `300` | the longest that all tries and waits of one request may take together |
//!
//! A `Retry-After`, in seconds or as a date, takes the place of the computed wait. If it asks for more
//! than `max_delay`, or would end after `max_elapsed`, the request fails at once and says so.
//!
//! At most 8 requests are under way at the same time (`concurrency`), as fast as the server answers
//! (`rate_limit`, see [`guide::rate_limits`]).
//!
//! Up to 10 redirects are followed, within the base URL's scheme, host and port and the
//! `allowed_hosts`. Responses may be compressed by gzip or deflate, with the features `brotli` and `zstd` of
//! this crate by those too, and have up to 256 MiB then ([`ClientBuilder::max_body_bytes`]). Bodies are JSON, or what
//! `response_format` says: lines of JSON, CSV or XML ([`guide::formats`]). Requests are
//! sent by HTTP/1.1, with the feature `http2` by HTTP/2 where the server offers it over TLS. Proxies are
//! those of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`; [`ClientBuilder::http`] sets others, and certificates
//! of one's own ([`guide::http_client`]).
//!
//! # What it does not do
//!
//! It does not run without tokio, keeps no responses, and writes to no database: that is
//! `rest_source_load`.
//!
//! # Values
//!
//! What JSON may hold for a column of each data type. Anything else is an error, and so is `null`
//! or a missing field where the column says `nullable: false`.
//!
//! | data type | Rust | JSON |
//! | --- | --- | --- |
//! | `text` | [`String`] | text; numbers, digit by digit as they were sent; `true`, `false` |
//! | `bigint` | [`i64`] | whole numbers, also `1000.0`, `1e3` and `"1000"` |
//! | `double` | [`f64`] | numbers, also as text |
//! | `bool` | [`bool`] | `true`, `false`, also as text; `1`, `0` |
//! | `timestamp` | [`Timestamp`] | ISO 8601 or RFC 2822 text (without an offset in UTC), seconds since 1970; `9999-12-31T23:59:59Z` too |
//! | `timestamp` with `timezone: false` | [`DateTime`] | the same; what has an offset, and seconds, in UTC |
//! | `date` | [`Date`] | ISO 8601 text without a time |
//! | `time` | [`Time`] | ISO 8601 text without an offset |
//! | `decimal` | [`Decimal`] | numbers, also as text, of at most 28 decimal places and 96 bits, and of no more digits than `precision` and `scale` say |
//! | `wei` | [`Wei`] | whole numbers of up to 10,000 digits, also as text |
//! | `json` | [`Json`] | anything |
//! | `binary` | [`Vec<u8>`] | base64 text, standard or URL-safe |
//! | `enum` | an enum of its own: a variant for each word, `Unknown(String)` for others | as for `text` |
//! | `fields` | a struct of its own | objects |
//! | `items` | [`Vec`] | lists; no `null` in them unless `items` says `nullable: true` |
//!
//! Errors name the whole path of what is within other values, `items[3].amount`. The
//! `schema_contract` of a resource says what happens to what does not fit, at any depth:
//!
//! | contract | of `columns`: a field that is not declared | of `data_type`: a value that is not of its column's type |
//! | --- | --- | --- |
//! | `evolve` | is kept in [`Extra`] | is an error |
//! | `freeze` | is an error | is an error |
//! | `discard_value` | is skipped without being read | becomes `None` where the column is nullable, else is an error |
//! | `discard_row` | leaves the record out | leaves the record out |
//!
//! How many records of a page were left out is told by an event of `tracing`. A record for which
//! there would be an error can be set aside instead, see [`Fetch::set_aside`].

mod client;
mod decode;
mod error;
mod fetch;
pub mod guide;
mod http;
mod incremental;
mod paginate;
mod record;
mod run;

pub use jiff::civil::{Date, DateTime, Time};
/// A whole number of any size: the type of `wei` columns.
pub use num_bigint::BigInt as Wei;
// The packages whose types are in signatures.
pub use rest_source_macros::rest_source;
#[doc(inline)]
pub use rest_source_plan as plan;
pub use rust_decimal::Decimal;
pub use secrecy::{ExposeSecret, SecretString};
pub use {jiff, num_bigint, reqwest, rust_decimal, secrecy, serde_json};

pub use crate::{
    client::{Client, builder::ClientBuilder},
    decode::rejected::Rejected,
    error::{Error, ErrorKind},
    fetch::{checkpoint::Checkpoint, from_record::FromRecord, slice::Slice},
    http::{
        auth::{Authenticate, Outgoing},
        rate_limit::budget::{Budget, BudgetFuture},
        sent_request::SentRequest,
        token_file::TokenFile,
        token_store::{TokenLock, TokenStore},
        transfer::Transfer,
    },
    paginate::{NextRequest, PageResponse, Paginate, detected::Detected},
    record::{
        FieldMut, FieldRef, List, ListPlace, Place, Record, RecordPlace, WordPlace,
        any_record::AnyRecord,
        extra::Extra,
        field::{Field, FieldValue},
        json::Json,
        nested::Word,
        resource::Resource,
        timestamp::Timestamp,
    },
    run::{
        fetch::Fetch,
        pages::{Page, Pages},
        record_stream::RecordStream,
        source::{AnyPage, AnyPages, AnyResource, Records, Source, Start},
    },
};

/// What the packages of this workspace, benchmarks and generated documentation use. It may change with every
/// release.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        client::example::StandIn,
        fetch::decode_alone::decode,
        record::is_deleted,
        run::{
            source_pages::{ResourcePage, SourcePages},
            together::Tree,
        },
    };

    /// What generated code names, beside the public types. Nothing in it changes its meaning: what has to
    /// change comes as `v2`, so that code that was expanded by one release compiles against later ones.
    pub mod v1 {
        pub use serde;

        pub use crate::{
            decode::deserialize::{deserialize, deserialize_nested, deserialize_word},
            record::{
                FieldMut, FieldRef,
                field::{Field, FieldValue},
                nested::Word,
                serialize::serialize,
            },
        };
    }
}
