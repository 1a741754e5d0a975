//! What a run leaves for the next one that is no field of its records: a token of the server, where the
//! pages have ended, or when the run began.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::{
    clock::{Form, go_back},
    filled::known,
    limit::{Limit, Planned},
    reading::Reading,
    sent::Sent,
    state::RangeState,
};
use crate::{
    decode::exact,
    error::Reason,
    paginate::{look_for, position::Position},
    plan::{
        Bound, Cursor, Incremental, LastValue, Moment, NextRun, Paginator, Place, Selector, Str,
    },
};

/// What a run leaves for the next one that is no field of its records.
pub(crate) struct Token {
    plan: Incremental,
    state: RangeState,
    /// What requests may name.
    sent: Vec<Sent>,
    /// Where a response has it, if one does.
    path: Option<Selector>,
    /// Whether the last response, or any with a path, has had it.
    is_found: bool,
    /// Whether it is the address of a page.
    are_links: bool,
    /// Whether requests name it in a text, which takes no list and no object.
    is_in_text: bool,
}

impl Token {
    /// The token of a run that begins at this time with this state, or at the beginning. `None` if the
    /// range is one of a field of the records. `is_in_text`: whether a text of a request names a bound.
    pub(crate) fn new(
        plan: &Incremental,
        paginator: &Paginator,
        is_in_text: bool,
        state: Option<RangeState>,
        now: Timestamp,
    ) -> Result<Option<Token>, Reason> {
        let reading = Reading::default();
        let bound = |key: &str, json: &Option<_>| {
            let json: Option<&Str> = known(json.as_ref());
            let planned = json.map(|json| Planned::read(key, json, &reading)).transpose()?;
            let form = Form::of_type(&reading);
            planned.map(|planned| planned.at(now, &form)).transpose()
        };
        let mut initial = bound("initial_value", &plan.initial_value)?;
        if let (Some(limit), NextRun::RunTime) = (&initial, &plan.next_run) {
            // As all later ones are written, for which a lag is of seconds.
            let at = limit.moment(&reading);
            let at =
                at.ok_or_else(|| format!("`initial_value` is {}, which is no time", limit.value))?;
            initial = Some(Form::of_type(&reading).write(at).into());
        }
        let end = bound("end_value", &plan.end_value)?;
        let initial_value = initial.as_ref().map(|initial| initial.value.clone());
        let mut state = state.unwrap_or_else(|| {
            let start = initial_value.clone().unwrap_or_default();
            RangeState { initial: start.clone(), start, ..RangeState::default() }
        });
        let start = Some(state.start.clone()).filter(|start| !start.is_null());
        let path = match &plan.next_run {
            NextRun::Cursor => return Ok(None),
            NextRun::Response(path) | NextRun::PageAt(path) => Some(path.clone()),
            NextRun::Page | NextRun::RunTime => None,
        };
        let mut sent = Vec::new();
        if plan.next_run == NextRun::RunTime {
            state.last_value = Form::of_type(&reading).write(Moment(now.as_nanosecond()));
            let mut from = start.map(Limit::from);
            let is_first = state.start == state.initial;
            if let (Some(lag), Some(limit), false) = (known(plan.lag.as_ref()), &from, is_first) {
                let earlier = go_back(&limit.value, *lag, &reading, LastValue::Max);
                from = Some(earlier.ok_or("`lag` cannot go back from the last run")?.into());
            }
            let bounds = [
                (Bound::InitialValue, initial),
                (Bound::StartValue, from.clone()),
                (Bound::LastValue, from),
                (Bound::EndValue, end),
            ];
            for (bound, limit) in bounds {
                let Some(limit) = limit else { continue };
                sent.push(Sent::of(plan, &reading, bound, &limit)?);
            }
        } else if let (Some(start), NextRun::Response(_)) = (start, &plan.next_run) {
            let bounds = [Bound::StartValue, Bound::LastValue];
            sent.extend(bounds.map(|bound| Sent::plain(bound, start.clone())));
            sent.extend(initial_value.map(|value| Sent::plain(Bound::InitialValue, value)));
        }
        // Until a response has another one, the next run begins where this one has.
        if state.last_value.is_null() {
            state.last_value = state.start.clone();
        }
        let are_links = matches!(paginator, Paginator::JsonLink(_) | Paginator::HeaderLink(_))
            && plan.next_run != NextRun::RunTime
            && !matches!(plan.next_run, NextRun::Response(_));
        let is_in_text = match (&plan.next_run, paginator) {
            (NextRun::Response(_), _) => is_in_text || plan.start_param.is_some(),
            (_, Paginator::Cursor(Cursor { place, .. })) => {
                matches!(place, Place::Param(_) | Place::Text)
            }
            _ => true,
        };
        // An interrupted run may have found it before.
        let is_found = path.is_some() && state.last_value != state.start;
        Ok(Some(Token { plan: plan.clone(), state, sent, path, is_found, are_links, is_in_text }))
    }

    /// What templates may name of it.
    pub(crate) fn bounds(&self) -> Vec<Sent> {
        self.sent.clone()
    }

    /// Where the pages of the run begin, if they do not begin with the first one that the server has.
    pub(crate) fn position(&self) -> Option<Position> {
        if !matches!(self.plan.next_run, NextRun::Page | NextRun::PageAt(_)) {
            return None;
        }
        match &self.state.start {
            Value::Null => None,
            Value::String(link) if self.are_links => Some(Position::NextUrl(link.clone())),
            start => Some(Position::PageCursor(start.clone())),
        }
    }

    /// Whether the run begins with what the server has given, which it may not know any more.
    pub(crate) fn is_of_server(&self) -> bool {
        !self.state.start.is_null() && self.plan.next_run != NextRun::RunTime
    }

    /// Looks at a response of an address, behind which the pages are at this position.
    ///
    /// # Errors
    ///
    /// If it has what the next run could not send.
    pub(crate) fn look(
        &mut self,
        body: &str,
        url: &Url,
        position: Option<Position>,
    ) -> Result<(), Reason> {
        let are_links = self.are_links;
        let whole = |value: Value| match value {
            Value::String(link) if are_links && !link.is_empty() => {
                url.join(link.trim()).map_or(link, String::from).into()
            }
            value => value,
        };
        let found = match (&mut self.path, position) {
            (Some(path), _) => look_for(path, body).and_then(|raw| exact(raw).ok()).map(whole),
            (None, Some(Position::PageCursor(value))) => Some(value),
            (None, Some(Position::NextUrl(link))) => Some(Value::String(link)),
            (None, _) => None,
        };
        let is_one = |value: &Value| match value {
            Value::Null | Value::Bool(_) => false,
            Value::String(text) => !text.is_empty(),
            Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
        };
        let found = found.filter(is_one);
        if let (Some(path), Some(value @ (Value::Array(_) | Value::Object(_)))) =
            (&self.path, &found)
            && self.is_in_text
        {
            let kind = if value.is_array() { "a list" } else { "an object" };
            return Err(format!(
                "has {kind} at `{path}`, which the next run cannot send in a text or a parameter: keep a \
                 text or a number of it, or send it as a whole value of a JSON body"
            ).into());
        }
        self.is_found = found.is_some() || self.is_found && self.path.is_some();
        if let Some(value) = found
            && self.plan.next_run != NextRun::RunTime
        {
            self.state.last_value = value;
        }
        Ok(())
    }

    /// Why the next run does not begin where this one ends, of which the last page had to say something.
    pub(crate) fn missing(&self) -> Option<String> {
        if self.is_found || self.plan.next_run == NextRun::RunTime {
            return None;
        }
        let from = match (&self.path, &self.state.last_value) {
            (_, Value::Null) => "from scratch",
            (Some(_), _) => "where this one has begun",
            (None, _) => "with the last page again",
        };
        Some(match &self.path {
            Some(path) => {
                format!("no page has had anything at `{path}`, so that the next run begins {from}")
            }
            None => format!(
                "the last page has no cursor or link to keep, so that the next run begins {from}"
            ),
        })
    }

    /// What a checkpoint keeps of it.
    pub(crate) fn state(&self) -> RangeState {
        self.state.clone()
    }
}
