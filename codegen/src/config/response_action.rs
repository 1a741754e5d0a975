//! `response_actions`: how to handle specific responses.

use crate::{
    parse::{LooseText, mapping, words},
    source::Spanned,
};

mapping! {
    /// How to handle a specific response: all conditions must hold.
    pub struct ResponseAction is "a response action" {
        /// The status: `404`, or the class `4xx`.
        optional status_code: Spanned<LooseText>,
        /// Text that the body contains.
        optional content: Spanned<String>,
        /// A JSONPath filter that must hold for the body: `@.code != 0`; `!@` for one without JSON.
        optional r#where: Spanned<String>,
        /// What to do.
        optional action: Spanned<Action>,
    }
}

words! {
    /// What to do with a response.
    pub enum Action is "a response action" {
        /// The page has no records and is the last one.
        "ignore" => Ignore,
        /// The request is sent again.
        "retry" => Retry,
        /// The fetch ends in an error, even if the status is a success.
        "raise" => Raise,
        /// The response is a page of records, whatever its status is.
        "accept" => Accept,
    }
}
