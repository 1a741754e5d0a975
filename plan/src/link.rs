//! A part of a plan that several others share.

use std::{ops::Deref, sync::Arc};

/// A part of a plan that several others share: borrowed from the program, or counted.
#[derive(Debug)]
pub enum Link<T: 'static> {
    /// A constant of the program.
    Static(&'static T),
    /// A value that was made at run time.
    Shared(Arc<T>),
}

impl<T> Deref for Link<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Link::Static(of) => of,
            Link::Shared(of) => of,
        }
    }
}

impl<T> Clone for Link<T> {
    fn clone(&self) -> Self {
        match self {
            Link::Static(of) => Link::Static(of),
            Link::Shared(of) => Link::Shared(Arc::clone(of)),
        }
    }
}

impl<T: PartialEq> PartialEq for Link<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Link<T> {}

impl<T> From<T> for Link<T> {
    fn from(of: T) -> Self {
        Link::Shared(Arc::new(of))
    }
}

impl<T> From<&'static T> for Link<T> {
    fn from(of: &'static T) -> Self {
        Link::Static(of)
    }
}
