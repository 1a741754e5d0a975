//! Requests and what is sent them by: addresses and origins, authentication, retry, rate limits, redirects,
//! transport, bodies. Nothing here knows of pages or records.

pub(crate) mod address;
pub(crate) mod attempt_error;
pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod buffers;
pub(crate) mod connections;
pub(crate) mod cookies;
pub(crate) mod header;
pub(crate) mod inputs;
pub(crate) mod json_template;
pub(crate) mod origins;
pub(crate) mod path;
pub(crate) mod payload;
pub(crate) mod proxy;
pub(crate) mod query;
pub(crate) mod rate_limit;
pub(crate) mod request;
pub(crate) mod response_action;
pub(crate) mod retry;
pub(crate) mod send;
pub(crate) mod sent_request;
pub(crate) mod settings;
pub(crate) mod token_file;
pub(crate) mod token_store;
pub(crate) mod transfer;
pub(crate) mod transport;
pub(crate) mod tries;
