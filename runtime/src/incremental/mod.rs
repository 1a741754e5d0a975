//! Fetching only what is new: the range of a run, which records are in it, and what the next run
//! has to know.

mod compare;
mod range;
mod state;
mod window;

pub(crate) use self::{
    range::{Range, are_of_one_run},
    state::{ParentStates, RangeState},
    window::{Slice, slices},
};
