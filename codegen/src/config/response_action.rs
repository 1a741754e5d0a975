//! `response_actions`: how to handle specific responses.

use rest_source_plan::Action;

use crate::{
    parse::{LooseText, mapping, parse_words},
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

parse_words! {
    Action is "a response action";
}
