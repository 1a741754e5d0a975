//! Moments and how they are written, so that the checks and the engine read the same texts as
//! moments, and write others in the form of a sample.

mod calendar;
mod form;
mod read;
#[cfg(test)]
mod tests;

pub use self::form::{Moment, MomentForm};
