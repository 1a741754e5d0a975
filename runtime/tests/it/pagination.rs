//! Each paginator: what it sends, what ends it, and what is an error.

use rest_source::plan::{Endpoint, Paginator, Part, Place, Selector, Template};

/// A path of keys.
pub(crate) fn keys(path: &str) -> Selector {
    Selector::Keys(path.split('.').map(|key| key.to_owned().into()).collect())
}

/// A query parameter as the place of something.
pub(crate) fn param(name: &str) -> Place {
    Place::Param(name.to_owned().into())
}

pub(crate) fn template(text: &str) -> Template {
    Template(vec![Part::Text(text.to_owned().into())].into())
}

/// `GET /events`.
pub(crate) fn endpoint() -> Endpoint {
    Endpoint { path: template("/events"), ..Endpoint::new(&[], None, Paginator::Auto) }
}
