//! Counts in a response: of records or pages.

use super::Halt;
use crate::{
    decode::{Json, Select as _},
    plan::Selector,
};

/// The largest whole number below which every whole number is one of `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The total that a response holds. One that is missing is an error: a page without it could be
/// anything, and taking it for the last one would lose the others.
pub(super) fn total(path: &Selector, body: &str) -> Result<u64, Halt> {
    let found = path.find(body).map_err(Halt::Fault)?;
    let count = match found.map(Json::read) {
        None | Some(Some(Json::Null)) => {
            return Err(Halt::Misread {
                what: format!(
                    "the total at `{path}` is missing; if the API sends none, say `total_path: null`"
                ),
                found: found.map(str::to_owned),
            });
        }
        Some(Some(Json::Number(number))) => read(number),
        Some(Some(Json::Text(text))) => read(text.trim()),
        Some(_) => None,
    };
    count.ok_or_else(|| Halt::Misread {
        what: format!("the total at `{path}` must be a whole number"),
        found: found.map(str::to_owned),
    })
}

/// A whole number, also one that is written `3.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what would be changed by the conversion is not converted"
)]
pub(super) fn read(number: &str) -> Option<u64> {
    number.parse().ok().or_else(|| {
        let float: f64 = number.parse().ok()?;
        (float.fract() == 0.0 && (0.0..EXACT).contains(&float)).then_some(float as u64)
    })
}
