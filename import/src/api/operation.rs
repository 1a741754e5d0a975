//! Requests that an input describes or shows, from which resources are made.

use crate::{description::Mapping, document::Value};

/// A request that an input describes.
pub(crate) struct Operation<'a> {
    /// Its path, with the parameters in braces. What follows a `#` tells it from others of the same path.
    pub(crate) path: &'a str,
    /// Where it is in the input, for gaps.
    pub(crate) place: String,
    /// What describes it.
    pub(crate) value: &'a Value,
    /// Its parameters and those of its path.
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// The response of a request that succeeds.
    pub(crate) response: &'a Value,
    /// The schema of that response, if it is JSON.
    pub(crate) schema: Option<&'a Value>,
    /// Lists, for each combination of whose values it is requested.
    pub(crate) lists: Mapping,
    /// Other keys of its endpoint, such as its method and body.
    pub(crate) endpoint: Mapping,
    /// Whether it is a resource even if nothing is known of its response.
    pub(crate) is_resource: bool,
}

/// A parameter of a request.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Where it is sent: `query`, `path`, `header`, `cookie`, `body` or `formData`. In a body the name may be
    /// a path.
    pub(crate) place: &'a str,
    /// Whether it must be sent.
    pub(crate) is_required: bool,
    /// What describes it.
    pub(crate) value: &'a Value,
    /// The schema of its value.
    pub(crate) schema: &'a Value,
    /// The value that a request has been sent with.
    pub(crate) sent: Option<&'a str>,
}

impl<'a> Operation<'a> {
    /// The parameters by which pages may be requested: those of the query, and members of the body.
    pub(crate) fn paging(&self) -> impl Iterator<Item = Parameter<'a>> + Clone + '_ {
        let is_paging = |parameter: &Parameter<'a>| ["query", "body"].contains(&parameter.place);
        self.parameters.iter().copied().filter(is_paging)
    }
}
