//! The part of a range between two moments, for those who read a resource as a stream: a part that is fetched
//! a second time has the same range, whatever has come since.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    clock::Form,
    filled::{filled, known},
    limit::Planned,
    reading::Reading,
};
use crate::{
    error::Reason,
    http::inputs::Inputs,
    plan::{
        Configurable, DataType, Edge, Incremental, LastValue, Moment, NextRun, OnMissing, Str,
        Template,
    },
    record::calendar::SECOND,
};

/// A range whose bounds are moments.
pub(crate) struct Between {
    plan: Incremental,
    form: Form,
    /// Where it begins, if that is known.
    start: Option<Moment>,
    /// Behind which it has no records yet, where the description says so: `end_value: now - 1 day`.
    end: Option<Moment>,
}

impl Between {
    /// Fails if two runs of the range would have a record in common, or neither of them one that is there.
    pub(crate) fn of(
        plan: &Incremental,
        inputs: &Inputs,
        now: Timestamp,
    ) -> Result<Between, Reason> {
        check(plan)?;
        let of_record = |_: &Template| -> Result<Value, Reason> {
            Err("a bound of its range is taken from records of its parent, so that there is no first \
                 moment for all of them"
                .into())
        };
        let plan = filled(plan, inputs, &of_record)?.into_owned();
        let reading = Reading::of(&plan);
        let planned = |key: &str, json: &Option<_>| {
            known(json.as_ref()).map(|json: &Str| Planned::read(key, json, &reading)).transpose()
        };
        let initial = planned("initial_value", &plan.initial_value)?;
        let end = planned("end_value", &plan.end_value)?;
        if end.as_ref().is_some_and(|end| !end.is_relative()) {
            return Err(
                "its range has an end (`end_value`), behind which nothing comes: read it as a \
                        batch"
                    .into(),
            );
        }
        let form = form(initial.as_ref(), &reading)?;
        let moment = |planned: Planned| {
            let at = planned.at(now, &form)?.moment(&reading);
            at.ok_or_else(|| Reason::from("a bound of its range is no time"))
        };
        let start = initial.map(moment).transpose()?;
        let end = end.map(moment).transpose()?;
        Ok(Between { plan, form, start, end })
    }

    /// Where the range begins, if it has a first moment.
    pub(crate) fn start(&self) -> Option<Moment> {
        self.start
    }

    /// Whether its runs go back, so that parts of it would have records in common.
    pub(crate) fn has_lag(&self) -> bool {
        self.plan.lag.is_some()
    }

    /// The last moment up to this one at which a part may end, so that no value belongs to two parts.
    pub(crate) fn end(&self, at: Moment) -> Moment {
        let at = self.end.map_or(at, |end| at.min(end));
        // Many servers cut fractions of a second off.
        let at = Moment(at.0.div_euclid(SECOND) * SECOND);
        self.form.rounded_down(at)
    }

    /// The range of the records from one moment on to before another one.
    pub(crate) fn part(self, from: Option<Moment>, until: Moment) -> Incremental {
        let bound = |at: Moment| {
            let json: Str = self.form.write(at).to_string().into();
            Some(Configurable::Known(json))
        };
        Incremental {
            initial_value: from.map_or_else(|| self.plan.initial_value.clone(), bound),
            end_value: bound(until),
            range_start: Edge::Closed,
            range_end: Edge::Open,
            ..self.plan
        }
    }
}

/// Whether parts of the range have each record once, whatever its bounds are.
fn check(plan: &Incremental) -> Result<(), Reason> {
    let what = match plan {
        Incremental { next_run: NextRun::RunTime, .. } => {
            "the time of the run is its incremental cursor, and no field of its records tells in which \
             part of the range they are"
        }
        Incremental { next_run: next, .. } if *next != NextRun::Cursor => {
            "its next run begins with what the last page leaves, which is not known before that page"
        }
        Incremental { last_value: LastValue::Min, .. } => {
            "its runs go back in time (`last_value_func: min`)"
        }
        Incremental { on_missing: OnMissing::Include, .. } => {
            "records without a value of the incremental cursor are in every part of the range; write \
             `on_cursor_value_missing: exclude` or `raise`"
        }
        _ => return Ok(()),
    };
    Err(what.into())
}

/// How bounds are written: as requests of the description's own runs have them.
fn form(initial: Option<&Planned>, reading: &Reading) -> Result<Form, Reason> {
    let of_type = Form::of_type(reading);
    let is_of_times = reading.notation.is_some()
        || matches!(reading.data_type, Some(DataType::Timestamp | DataType::Date));
    let sample = initial.and_then(Planned::fixed).and_then(|value| Form::of(value, reading));
    match sample.map(|(_, form)| form) {
        // The first run may begin with a day, and the records of a day have times.
        Some(form) if form.is_date() && reading.data_type == Some(DataType::Timestamp) => {
            Ok(of_type)
        }
        Some(form) => Ok(form),
        None if is_of_times => Ok(of_type),
        None => {
            Err("its incremental cursor is not known to be a time, and where other values end is \
                     known to the server alone; if it is one, declare its column as `timestamp` or \
                     `date`, or say its `cursor_format`"
                .into())
        }
    }
}
