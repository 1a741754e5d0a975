//! A long range split into windows, which are fetched at the same time and finished one by one.

use jiff::Timestamp;
use serde_json::Value;

use super::{clock::Form, limit::Limit, reading::Reading};
use crate::plan::{Edge, Incremental, Moment, Unit, Window};

/// Beyond that many windows the file says what it cannot mean.
const MOST: usize = 100_000;

/// One window of a range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slice {
    pub(crate) start: Value,
    /// The last window of a range without an end has none either, so that nothing is lost that is
    /// dated behind the clock of this machine.
    pub(super) end: Option<Limit>,
    pub(super) range_start: Edge,
    pub(super) range_end: Edge,
}

/// The windows from `start` to the end of the range, or to `now`.
pub(super) fn slices(
    plan: &Incremental,
    window: Window,
    start: &Value,
    end: Option<&Limit>,
    now: Timestamp,
) -> Result<Vec<Slice>, String> {
    let reading = Reading::of(plan);
    let cannot = |value: &Value| {
        let help = match value {
            Value::Number(_) => {
                "; if it counts from 1970, write `cursor_format: epoch` or `epoch_ms`"
            }
            _ => "",
        };
        format!(
            "`window` cannot split a range that reaches from or to {value}, which is no time{help}"
        )
    };
    let (from, form) = Form::of(start, &reading).ok_or_else(|| cannot(start))?;
    if form.is_date() && matches!(window.unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return Err(format!("`window` cannot split days such as {start} into parts of a day"));
    }
    if !form.can_tell(window) {
        return Err(format!("`window` is shorter than what bounds such as {start} can tell apart"));
    }
    let until = match end {
        Some(end) => end.moment(&reading).ok_or_else(|| cannot(&end.value))?,
        None => Moment(now.as_nanosecond()),
    };
    let mut starts = vec![start.clone()];
    for number in 1.. {
        let at = form.later(from, window, number)?;
        if at >= until {
            break;
        }
        if starts.len() == MOST {
            return Err(format!("`window` would split this range into more than {MOST} windows"));
        }
        starts.push(form.write(at));
    }
    let ends = starts.iter().skip(1).cloned().map(|value| Some(Limit::from(value)));
    let ends = ends.chain([end.cloned()]).collect::<Vec<_>>();
    let last = starts.len() - 1;
    let slices = starts.into_iter().zip(ends).enumerate().map(|(index, (start, end))| Slice {
        start,
        end,
        range_start: if index == 0 { plan.range_start } else { Edge::Closed },
        range_end: if index == last { plan.range_end } else { Edge::Open },
    });
    Ok(slices.collect())
}
