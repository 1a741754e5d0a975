//! The manual: a page for each subject.
//!
//! | page | tells |
//! | --- | --- |
//! | [`auth`] | how requests are authenticated, and where credentials go |
//! | [`retry`] | which failures are tried again, when, and for how long |
//! | [`rate_limits`] | how fast a client sends, and what it does when a server wants less |
//! | [`errors`] | what can go wrong, and how a program tells one thing from another |

#[doc = include_str!("auth.md")]
pub mod auth {}
#[doc = include_str!("errors.md")]
pub mod errors {}
#[doc = include_str!("rate_limits.md")]
pub mod rate_limits {}
#[doc = include_str!("retry.md")]
pub mod retry {}
