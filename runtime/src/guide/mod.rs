//! The manual: a page for each subject.
//!
//! | page | tells |
//! | --- | --- |
//! | [`pagination`] | how the next page is asked for, what ends the pages, where the records are |

#[doc = include_str!("pagination.md")]
pub mod pagination {}
