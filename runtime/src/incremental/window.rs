//! A long range split into windows, which are fetched at the same time and finished one by one.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    clock::{Form, moved},
    limit::Limit,
    reading::Reading,
};
use crate::{
    error::Reason,
    plan::{Distance, Edge, Incremental, Moment, MomentForm, Unit, Window},
};

/// Beyond that many windows the file says what it cannot mean.
const MOST: usize = 100_000;

/// One window of a range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WindowRange {
    pub(crate) start: Value,
    /// The last window of a range without an end has none either, so that nothing is lost that is
    /// dated behind the clock of this machine.
    pub(super) end: Option<Limit>,
    pub(super) range_start: Edge,
    pub(super) range_end: Edge,
}

/// What requests tell of where a window begins, if they do not send it as records have it.
pub(crate) struct SentStart {
    /// The finest form in which they write it.
    pub(crate) form: MomentForm,
    /// Whether they tell nothing of where it ends, so that the server gives what the form names.
    pub(crate) is_alone: bool,
}

/// The windows from `start` to the end of the range, or to `now`.
pub(super) fn slices(
    plan: &Incremental,
    window: Distance,
    start: &Value,
    end: Option<&Limit>,
    now: Timestamp,
    sent: Option<&SentStart>,
) -> Result<Vec<WindowRange>, Reason> {
    let starts = match window {
        Distance::Time(window) => of_times(plan, window, start, end, now, sent)?,
        Distance::Number(window) => of_numbers(window, start, end)?,
    };
    let ends = starts.iter().skip(1).cloned().map(|value| Some(Limit::from(value)));
    let ends = ends.chain([end.cloned()]).collect::<Vec<_>>();
    let last = starts.len() - 1;
    // The server decides like the range about a record at a bound. One that names days, and no end, has each day.
    let names_days = sent.is_some_and(|sent| sent.is_alone);
    let (inner_start, inner_end) = match plan.range_start {
        Edge::Open if !names_days => (Edge::Open, Edge::Closed),
        Edge::Open | Edge::Closed => (Edge::Closed, Edge::Open),
    };
    let slices =
        starts.into_iter().zip(ends).enumerate().map(|(index, (start, end))| WindowRange {
            start,
            end,
            range_start: if index == 0 { plan.range_start } else { inner_start },
            range_end: if index == last { plan.range_end } else { inner_end },
        });
    Ok(slices.collect())
}

/// Where windows of a length of time begin.
fn of_times(
    plan: &Incremental,
    window: Window,
    start: &Value,
    end: Option<&Limit>,
    now: Timestamp,
    sent: Option<&SentStart>,
) -> Result<Vec<Value>, Reason> {
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
        return Err(
            format!("`window` cannot split days such as {start} into parts of a day").into()
        );
    }
    if !form.can_tell(window) {
        return Err(
            format!("`window` is shorter than what bounds such as {start} can tell apart").into()
        );
    }
    let until = match end {
        Some(end) => end.moment(&reading).ok_or_else(|| cannot(&end.value))?,
        None => Moment(now.as_nanosecond()),
    };
    // A request for a day has all of it, so that windows begin with days.
    let (grid, begin) = match sent {
        None => (form.clone(), from),
        Some(SentStart { form: sent, is_alone }) if *is_alone && !window.is_whole_in(sent) => {
            return Err(format!(
                "requests send where a window begins as `{}`, and not where it ends, so that `window` has to be \
                 a whole number of the smallest unit in that",
                sent.write(from),
            ).into());
        }
        Some(SentStart { form: sent, .. }) => (Form::from(sent.clone()), sent.rounded_down(from)),
    };
    let mut starts = vec![start.clone()];
    for number in 1.. {
        let at = grid.later(begin, window, number)?;
        if at >= until {
            break;
        }
        if at > from {
            push(&mut starts, form.write(at))?;
        }
    }
    Ok(starts)
}

/// Where windows of so many numbers begin, up to the end of the range.
fn of_numbers(window: f64, start: &Value, end: Option<&Limit>) -> Result<Vec<Value>, Reason> {
    let cannot = |value: &Value| {
        format!(
            "a `window` without a unit of time cannot split a range that reaches from or to {value}, which is no \
             number"
        )
    };
    let Some(end) = end else {
        return Err("a `window` of numbers requires an `end_value`".into());
    };
    let number = |value: &Value| value.to_string().trim_matches('"').parse::<f64>().ok();
    let until = number(&end.value).ok_or_else(|| cannot(&end.value))?;
    let mut starts = vec![start.clone()];
    for index in 1_u32.. {
        let at = moved(start, f64::from(index) * window).ok_or_else(|| cannot(start))?;
        if number(&at).is_none_or(|at| at >= until) {
            break;
        }
        push(&mut starts, at)?;
    }
    Ok(starts)
}

/// One more window, if there are not too many.
fn push(starts: &mut Vec<Value>, start: Value) -> Result<(), Reason> {
    if starts.len() == MOST {
        return Err(format!("`window` would split this range into more than {MOST} windows").into());
    }
    starts.push(start);
    Ok(())
}
