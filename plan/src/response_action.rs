//! How to handle specific responses.

use crate::{Filter, Str, code::plan, words};

plan! {
    /// How to handle the responses that meet all of these conditions.
    #[derive(Clone, PartialEq, Eq)]
    pub struct ResponseAction or DEFAULT {
        /// The lowest and the highest status that it means; any if `None`.
        pub statuses: Option<(u16, u16)> = None,
        /// Text that the body contains; any if `None`.
        pub content: Option<Str> = None,
        /// What the body says; anything if `None`.
        pub filter: Option<BodyFilter> = None,
        /// What to do.
        pub action: Action = Action::Raise,
    }
}

plan! {
    /// What the body of a response says.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum BodyFilter {
        /// `@.code != 0`: it is JSON, and this holds for it.
        Holds(Filter),
        /// `!@`: it is empty or no JSON.
        NotJson,
    }
}

words! {
    /// What to do with a response.
    pub enum Action {
        /// The page counts as empty, and the last one.
        "ignore" => Ignore,
        /// The request is sent again.
        "retry" => Retry,
        /// The token that the last run has left is dropped, and the fetch restarts from scratch.
        "restart" => Restart,
        /// The fetch ends in an error, even if the status is a success.
        "raise" => Raise,
        /// The response is a page, whatever its status is, and its body is what is looked for.
        "accept" => Accept,
    }
}
