//! `response_actions`: what becomes of certain responses.

use crate::{
    parse::{LooseText, mapping, words},
    source::Spanned,
};

mapping! {
    /// What becomes of certain responses.
    pub struct ResponseAction is "a response action" {
        /// The status: `404`, or the class `4xx`.
        optional status_code: Spanned<LooseText>,
        /// Text that the body contains.
        optional content: Spanned<String>,
        /// What holds for the body, as a JSONPath filter: `@.code != 0`.
        optional r#where: Spanned<String>,
        /// What to do.
        optional action: Spanned<Action>,
    }
}

words! {
    /// What to do with a response.
    pub enum Action is "a response action" {
        /// The page counts as empty, and the last one.
        "ignore" => Ignore,
        /// The request is sent again.
        "retry" => Retry,
        /// The fetch ends in an error, even if the status is a success.
        "raise" => Raise,
        /// The response is a page of records, whatever its status is.
        "accept" => Accept,
    }
}
