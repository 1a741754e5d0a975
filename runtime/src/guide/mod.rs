//! The manual: a page for each subject.
//!
//! | page | tells |
//! | --- | --- |
//! | [`pagination`] | how the next page is asked for, what ends the pages, where the records are |
//! | [`records`] | how records are filtered, changed and put together before they are typed |
//! | [`children`] | resources that are fetched for each record of another |
//! | [`formats`] | bodies of CSV, lines of JSON and XML; gzip and archives |
//! | [`lists`] | resources that are fetched for each value of a list |
//! | [`settings`] | what a program, a command or the environment gives a source |
//! | [`incremental`] | fetching only what is new since the last run |
//! | [`checkpoints`] | resuming a fetch where it has stopped |
//! | [`slices`] | cutting a fetch into parts for several processes, and one budget for all of them |
//! | [`auth`] | how requests are authenticated, and where credentials go |
//! | [`retry`] | which failures are retried, when, and for how long |
//! | [`rate_limits`] | how fast a client sends, and what it does when a server wants less |
//! | [`http_client`] | certificates, proxies and headers of the HTTP client |
//! | [`errors`] | what can go wrong, and how a program tells one thing from another |

#[doc = include_str!("auth.md")]
pub mod auth {}
#[doc = include_str!("checkpoints.md")]
pub mod checkpoints {}
#[doc = include_str!("children.md")]
pub mod children {}
#[doc = include_str!("errors.md")]
pub mod errors {}
#[doc = include_str!("formats.md")]
pub mod formats {}
#[doc = include_str!("http_client.md")]
pub mod http_client {}
#[doc = include_str!("incremental.md")]
pub mod incremental {}
#[doc = include_str!("lists.md")]
pub mod lists {}
#[doc = include_str!("pagination.md")]
pub mod pagination {}
#[doc = include_str!("rate_limits.md")]
pub mod rate_limits {}
#[doc = include_str!("records.md")]
pub mod records {}
#[doc = include_str!("retry.md")]
pub mod retry {}
#[doc = include_str!("settings.md")]
pub mod settings {}
#[doc = include_str!("slices.md")]
pub mod slices {}
