//! Moments and how they are written, so that the checks and the engine read the same texts as
//! moments, and write others in the form of a sample or in a format that the description names.

mod calendar;
mod epoch_unit;
mod foreign;
mod form;
mod format;
mod meant;
mod pattern;
mod read;
mod strftime;
mod suggest;
#[cfg(test)]
mod tests;

pub use self::{
    epoch_unit::EpochUnit,
    form::{Moment, MomentForm},
    format::{FormatMistake, NamedFormat, Notation, TimeFormat},
};
