//! The API that the runs fetch from: records that change between the phases of a round, and a fault
//! that one run meets.

use std::{
    collections::HashMap,
    process::Command,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};

use crate::api::{Answer, Asked};

/// What goes wrong in a run, at a request that is counted from its beginning.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fault {
    /// Every request for this resource fails from this one of its own on.
    Status { resource: String, from: u64 },
    /// The body ends in its middle.
    Cut { at: u64 },
    /// The run is killed, so long after the request was answered, or before it is.
    Kill { at: u64, after: Option<Duration> },
    /// The run is told to end, by Ctrl-C.
    Interrupt { at: u64 },
}

/// The records, the fault of the run that is going on, and how far it is.
#[derive(Debug, Default)]
pub(super) struct World(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The records of each resource, by tenant, in the order of their keys.
    records: HashMap<String, Vec<Value>>,
    fault: Option<Fault>,
    process: Option<u32>,
    requests: u64,
    of_resource: HashMap<String, u64>,
}

impl World {
    /// Makes the records of a resource other ones.
    pub(super) fn change(&self, resource: &str, change: impl FnOnce(&mut Vec<Value>)) {
        change(self.state().records.entry(resource.to_owned()).or_default());
    }

    /// A run begins.
    pub(super) fn begin(&self, fault: Option<Fault>) {
        let mut state = self.state();
        state.fault = fault;
        (state.process, state.requests) = (None, 0);
        state.of_resource.clear();
    }

    /// The run is this process.
    pub(super) fn is_run_by(&self, process: u32) {
        self.state().process = Some(process);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn answer(&self, asked: &Asked) -> Answer {
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        let query: HashMap<&str, &str> =
            query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let path = path.trim_start_matches('/');
        let of_path = path.split_once('/').filter(|(first, _)| first.len() == 1);
        let path: Vec<&str> = of_path.map_or(path, |(_, path)| path).split('/').collect();
        let tenant = asked.headers.get("tenant").map(String::as_str).or(of_path.map(|(it, _)| it));
        let tenant = tenant.or(query.get("tenant").copied()).unwrap_or("a");
        let resource = path[path.len() - 1].to_owned();
        let parent = (path.len() == 3).then(|| path[1]);

        let mut state = self.state();
        state.requests += 1;
        let own = state.of_resource.entry(resource.clone()).or_default();
        *own += 1;
        let (own, request) = (*own, state.requests);
        let process = state.process;
        let fault = state.fault.clone();
        let all = state.records.get(&resource).cloned().unwrap_or_default();
        drop(state);

        match fault {
            Some(Fault::Status { resource: of, from }) if of == resource && own >= from => {
                return Answer::new(500, r#"{"error": "out of order"}"#);
            }
            Some(Fault::Kill { at, after }) if at == request => match (after, process) {
                (None, Some(process)) => signal("KILL", process),
                (Some(after), Some(process)) => {
                    std::thread::spawn(move || {
                        std::thread::sleep(after);
                        signal("KILL", process);
                    });
                }
                (_, None) => {}
            },
            Some(Fault::Interrupt { at }) if at == request => {
                if let Some(process) = process {
                    signal("INT", process);
                }
            }
            _ => {}
        }
        let is_wanted = |record: &&Value| {
            let since = query.get("since").and_then(|since| since.parse::<i64>().ok());
            let is_of = |parent: &str| record["parent"].as_u64() == parent.parse().ok();
            parent.is_none_or(|parents| parents.split(',').any(is_of))
                && since.is_none_or(|since| record["updated"].as_i64() >= Some(since))
        };
        let mut wanted: Vec<Value> = all.iter().filter(is_wanted).cloned().collect();
        for record in &mut wanted {
            record["tenant"] = tenant.into();
        }
        if query.get("sort") == Some(&"updated") {
            wanted.sort_by_key(|record| record["updated"].as_i64());
        }
        let body = page(&wanted, &resource, &asked.target, &query).to_string();
        let answer = Answer::new(200, body);
        match fault {
            Some(Fault::Cut { at }) if at == request => answer.cut(),
            _ => answer,
        }
    }
}

/// The requested page, by its number, offset or position.
fn page(wanted: &[Value], resource: &str, target: &str, query: &HashMap<&str, &str>) -> Value {
    let number = |name| query.get(name).and_then(|value| value.parse::<usize>().ok());
    let size = number("per").unwrap_or(2);
    let begin = number("page").map(|page| (page - 1) * size);
    let begin = begin.or(number("offset")).or(number("after")).unwrap_or(0);
    let end = (begin + size).min(wanted.len());
    let records = wanted.get(begin..end).unwrap_or_default();
    let next = (end < wanted.len()).then_some(end);
    let link = next.map(|next| {
        let path = target.split('?').next().unwrap_or_default();
        let others = query.iter().filter(|(name, _)| !["page", "offset", "after"].contains(name));
        let mut others: Vec<String> =
            others.map(|(name, value)| format!("&{name}={value}")).collect();
        others.sort();
        format!("{path}?after={next}{}", others.concat())
    });
    let mut page = json!({ "data": records });
    // Each way of paging is told by what belongs to it, so that none contradicts another.
    match resource.chars().next() {
        Some('c') => page["after"] = next.map(|next| next.to_string()).into(),
        Some('l') => page["next"] = link.into(),
        _ => page["total"] = wanted.len().into(),
    }
    page
}

fn signal(name: &str, process: u32) {
    // The process may have ended by itself.
    let _ = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).output();
}
