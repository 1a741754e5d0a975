//! The cases, by the parts of the language that they are of.

mod authentication;
mod formats;
mod lists;
mod pages;
mod ranges;
mod records;
mod settings;

use super::Case;

pub(super) fn all() -> Vec<Case> {
    [
        settings::CASES,
        lists::CASES,
        ranges::CASES,
        pages::CASES,
        authentication::CASES,
        records::CASES,
        formats::CASES,
    ]
    .concat()
}
