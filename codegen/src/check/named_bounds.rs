//! How a request names the bounds of its range.

use rest_source_plan::{Bound, TimeFormat};

use crate::source::Spanned;

/// How the placeholders of a request name the bounds of the range.
#[derive(Default)]
pub(super) struct NamedBounds {
    /// The formats of those that have one of their own.
    pub(super) formats: Vec<Spanned<TimeFormat>>,
    /// Whether there are others.
    pub(super) has_plain: bool,
    /// Whether one of them is the end.
    pub(super) has_end: bool,
    /// Those in what cannot be left out, such as a path.
    pub(super) required: Vec<Spanned<Bound>>,
}
