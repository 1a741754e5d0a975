//! Fetching only what is new: the range of a run, which records are in it, and what the next run
//! has to know.

mod between;
mod bounds;
mod clock;
mod compare;
mod filled;
pub(crate) mod journal;
mod limit;
mod page_record;
mod range;
mod reading;
mod runs;
mod seen;
mod sent;
pub(crate) mod state;
mod token;
mod window;

pub(crate) use self::{
    between::Between,
    filled::filled,
    range::Range,
    runs::{are_of_one_run, is_of_now},
    sent::Sent,
    token::Token,
    window::{SentStart, WindowRange},
};
