//! What a scenario shall come to, and what is said where it does not.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Map, Value, json};

use super::{FOLDER, read, request::decoded, stage::Run};

/// What a scenario shall come to.
pub(crate) struct Expectation {
    name: String,
    dlt: Value,
    ours: Option<Value>,
    /// Whether one resource alone is fetched, whose records have an order.
    is_alone: bool,
}

/// What of a run is compared.
const KEYS: [&str; 4] = ["records", "requests", "error", "waits_s"];

impl Expectation {
    pub(crate) fn of(name: &str) -> Expectation {
        let dlt: Value = serde_json::from_str(&read(&format!("dlt/{name}.json")).unwrap()).unwrap();
        let ours = read(&format!("ours/{name}.json"));
        let ours = ours.map(|ours| serde_json::from_str(&ours).unwrap());
        let is_alone = dlt["resources"].as_array().is_some_and(|resources| resources.len() == 1);
        Expectation { name: name.to_owned(), dlt, ours, is_alone }
    }

    /// Everything that is not as expected.
    pub(crate) fn wrong(&self, runs: &[Run]) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut differs = false;
        for (index, run) in runs.iter().enumerate() {
            let dlt = run_of(&self.dlt, index).unwrap();
            let ours = self.ours.as_ref().and_then(|ours| run_of(ours, index));
            let label = |key: &str| format!("{}: {key} of run {}", self.name, index + 1);
            let got = self.got(run);
            for key in KEYS {
                let theirs = self.canonical(key, dlt);
                let got = &got[key];
                let own = ours.and_then(|ours| ours.get(key));
                let is_theirs = is_as(key, &theirs, got);
                differs |= !is_theirs;
                match own {
                    Some(_) if is_theirs && key != "error" => {
                        wrong.push(format!("{}: it is dlt's, ours is not needed", label(key)));
                    }
                    Some(own) => {
                        let own = self.canonical(key, &json!({ key: own }));
                        let is_own = match (own.as_str(), got.as_str()) {
                            (Some(own), Some(got)) => got.contains(own),
                            _ => is_as(key, &own, got),
                        };
                        if !is_own || key == "error" && own.is_null() != got.is_null() {
                            wrong.push(difference(&label(key), &own, got));
                        }
                    }
                    // What an error says is ours to say.
                    None if key == "error" && !got.is_null() => {
                        wrong.push(format!("{}: {got} is not in ours/", label(key)));
                    }
                    None if !is_theirs => wrong.push(difference(&label(key), &theirs, got)),
                    None => {}
                }
            }
        }
        wrong.extend(self.unreasoned(differs));
        wrong
    }

    /// Writes down what is not dlt's.
    pub(crate) fn update(&self, runs: &[Run]) {
        let mut ours = Map::new();
        let mut differs = false;
        for (index, run) in runs.iter().enumerate() {
            let dlt = run_of(&self.dlt, index).unwrap();
            let got = self.got(run);
            let mut new = Map::new();
            for key in KEYS {
                let theirs = self.canonical(key, dlt);
                let is_theirs = is_as(key, &theirs, &got[key]);
                differs |= !is_theirs;
                if !is_theirs || key == "error" && !got[key].is_null() {
                    let kept = self.ours.as_ref().and_then(|ours| run_of(ours, index)?.get(key));
                    let kept = kept.filter(|kept| key == "waits_s" && is_as(key, kept, &got[key]));
                    new.insert(key.to_owned(), kept.unwrap_or(&got[key]).clone());
                }
            }
            if index == 0 {
                ours.extend(new);
            } else if !new.is_empty() {
                ours.insert(format!("run{}", index + 1), new.into());
            }
        }
        let path = Path::new(FOLDER).join(format!("ours/{}.json", self.name));
        if ours.is_empty() {
            let _ = fs::remove_file(path);
            return;
        }
        if differs {
            let why = self.ours.as_ref().and_then(|ours| ours.get("why")).cloned();
            ours.insert("why".to_owned(), why.unwrap_or_else(|| "".into()));
        }
        fs::write(path, layout(&ours)).unwrap();
    }

    fn got(&self, run: &Run) -> Value {
        let got = json!({
            "records": run.records,
            "requests": run.requests,
            "error": run.error,
            "waits_s": run.waits,
        });
        KEYS.iter().map(|key| ((*key).to_owned(), self.canonical(key, &got))).collect()
    }

    /// A part of a run without what does not bind.
    fn canonical(&self, key: &str, run: &Value) -> Value {
        let Some(value) = run.get(key) else { return empty(key) };
        match (key, value) {
            ("records", Value::Object(resources)) => {
                let resources = resources.iter().filter(|(_, records)| **records != json!([]));
                let ordered = |records: &Value| -> Value {
                    self.in_order(records.as_array().unwrap().clone()).into()
                };
                resources.map(|(name, records)| (name.clone(), ordered(records))).collect()
            }
            // Pages whose addresses are known beforehand are requested at the same time.
            ("requests", Value::Array(requests)) => {
                sorted(requests.iter().map(request).collect()).into()
            }
            // dlt's has a class, a message and a moment.
            ("error", Value::Object(error)) => error["message"].clone(),
            _ => value.clone(),
        }
    }

    /// The order of several resources, and of the children of several records, does not bind.
    fn in_order(&self, records: Vec<Value>) -> Vec<Value> {
        if self.is_alone { records } else { sorted(records) }
    }

    /// A difference has a reason, and only a difference has one.
    fn unreasoned(&self, differs: bool) -> Option<String> {
        let ours = self.ours.as_ref()?;
        let name = &self.name;
        match (ours.get("why"), differs) {
            (None, false) => None,
            (None, true) => Some(format!("{name}: ours/ does not say why")),
            (Some(_), false) => Some(format!("{name}: ours/ says why, and it is as with dlt")),
            (Some(why), true) => {
                let rows = rows();
                let whys = why.as_array().cloned().unwrap_or_else(|| vec![why.clone()]);
                let unknown = whys.iter().find(|why| !rows.contains(why.as_str().unwrap()));
                unknown.map(|why| format!("{name}: the table of differences has no row {why}"))
            }
        }
    }
}

fn run_of(expected: &Value, index: usize) -> Option<&Value> {
    if index == 0 { Some(expected) } else { expected.get(format!("run{}", index + 1)) }
}

/// Whether it is what dlt comes to.
fn is_as(key: &str, expected: &Value, got: &Value) -> bool {
    match (key, expected, got) {
        // What an error says is for each to say.
        ("error", ..) => expected.is_null() == got.is_null(),
        // A busy machine makes each a little longer.
        ("waits_s", Value::Array(expected), Value::Array(got)) => {
            let pairs = expected.iter().map(Value::as_u64).zip(got.iter().map(Value::as_u64));
            let is_late = |(expected, got): (Option<u64>, Option<u64>)| {
                expected.zip(got).is_some_and(|(least, got)| (least..=least + 3).contains(&got))
            };
            expected.len() == got.len() && { pairs }.all(is_late)
        }
        _ => expected == got,
    }
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

fn empty(key: &str) -> Value {
    match key {
        "records" => json!({}),
        "requests" => json!([]),
        _ => Value::Null,
    }
}

/// A request without what means the same.
fn request(request: &Value) -> Value {
    let mut request = request.clone();
    let members = request.as_object_mut().unwrap();
    members.remove("note");
    members["path"] = decoded(members["path"].as_str().unwrap()).into();
    let headers = members["headers"].as_object_mut().unwrap();
    if let Some(content_type) = headers.get_mut("content-type") {
        let kind = content_type.as_str().unwrap().split(';').next().unwrap_or_default();
        *content_type = kind.trim().to_lowercase().into();
    }
    // What else is read besides depends on the features that a build has.
    if let Some(encodings) = headers.get_mut("accept-encoding")
        && encodings.as_str().is_some_and(|encodings| encodings.contains("gzip"))
    {
        *encodings = "gzip".into();
    }
    request
}

/// The first cells of the table of differences.
fn rows() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/differences-from-dlt.md");
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    rows.map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
}

fn difference(label: &str, expected: &Value, got: &Value) -> String {
    let lines = |value: &Value| match value {
        Value::Array(items) => items.iter().map(Value::to_string).collect(),
        Value::Object(members) => {
            let lines = members.iter().flat_map(|(name, items)| {
                let items = items.as_array().cloned().unwrap_or_default();
                items.into_iter().map(move |item| format!("{name}: {item}"))
            });
            lines.collect::<Vec<String>>()
        }
        other => vec![other.to_string()],
    };
    let (expected, got) = (lines(expected), lines(got));
    let only = |sign: &str, these: &[String], those: &[String]| {
        let mut those = those.to_vec();
        let mut only = String::new();
        for line in these {
            match those.iter().position(|that| that == line) {
                Some(index) => drop(those.swap_remove(index)),
                None => only.extend(["\n  ", sign, " ", line]),
            }
        }
        only
    };
    let differences = only("-", &expected, &got) + &only("+", &got, &expected);
    let differences =
        if differences.is_empty() { "\n  another order".to_owned() } else { differences };
    format!("{label}{differences}")
}

/// JSON with a line for each record and request.
fn layout(ours: &Map<String, Value>) -> String {
    let rows = |rows: &Value, indent: &str| {
        let rows = rows.as_array().unwrap();
        let lines: Vec<String> = rows.iter().map(|row| format!("{indent}  {row}")).collect();
        if rows.is_empty() {
            "[]".to_owned()
        } else {
            format!("[\n{}\n{indent}]", lines.join(",\n"))
        }
    };
    let mut keys: Vec<&String> = ours.keys().collect();
    keys.sort_by_key(|key| (*key != "why", key.starts_with("run"), (*key).clone()));
    let lines = keys.into_iter().map(|key| {
        let value = match (key.as_str(), &ours[key]) {
            ("requests", requests) => rows(requests, "  "),
            ("records", Value::Object(resources)) if !resources.is_empty() => {
                let resources = resources.iter().map(|(name, records)| {
                    format!("    {}: {}", json!(name), rows(records, "    "))
                });
                format!("{{\n{}\n  }}", resources.collect::<Vec<_>>().join(",\n"))
            }
            (_, value) => value.to_string(),
        };
        format!("  {}: {value}", json!(key))
    });
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}
