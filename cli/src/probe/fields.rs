//! The fields that records have, and what their values may be.

use std::fmt::Write as _;

use rest_source::{Date, DateTime, Extra, Timestamp};
use serde_json::{Value, value::RawValue};

/// The fields of records, in the order in which they were first seen.
pub(super) struct Fields {
    in_order: Vec<Field>,
    /// How many records are no objects.
    pub(super) others: usize,
    records: usize,
}

struct Field {
    name: String,
    /// How many records have a value in it.
    values: usize,
    kind: Kind,
}

/// What all values of a field so far can be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Unknown,
    Bool,
    Bigint,
    Wei,
    Double,
    Date,
    Timestamp,
    LocalTimestamp,
    Text,
    Json,
}

impl Fields {
    pub(super) fn of(records: &[Box<RawValue>]) -> Fields {
        let mut fields = Fields { in_order: Vec::new(), others: 0, records: records.len() };
        for record in records {
            if !record.get().starts_with('{') {
                fields.others += 1;
                continue;
            }
            for (name, value) in Extra::members_of(record.get()) {
                fields.see(&name, value);
            }
        }
        fields
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.in_order.iter().any(|field| field.name == name)
    }

    /// The columns that are wanted, as YAML below `columns:`.
    pub(super) fn columns(&self, wanted: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        for field in self.in_order.iter().filter(|field| wanted(&field.name)) {
            let name = yaml(&field.name);
            let comment = match (field.kind, self.records - self.others - field.values) {
                (Kind::Unknown, _) => " # only null was seen".to_owned(),
                (_, 0) => String::new(),
                (_, without) => format!(" # {without} without"),
            };
            let _ = writeln!(text, "    {name}: {{{}}}{comment}", field.kind.hints());
        }
        text
    }

    fn see(&mut self, name: &str, value: &str) {
        let index = self.in_order.iter().position(|field| field.name == name);
        let index = index.unwrap_or_else(|| {
            let (name, kind) = (name.to_owned(), Kind::Unknown);
            self.in_order.push(Field { name, values: 0, kind });
            self.in_order.len() - 1
        });
        let field = &mut self.in_order[index];
        field.values += usize::from(value != "null");
        field.kind = field.kind.or(Kind::of(value));
    }
}

impl Kind {
    /// Of a value as the server wrote it: a number has all its digits there.
    fn of(json: &str) -> Kind {
        match json.as_bytes().first() {
            Some(b't' | b'f') => Kind::Bool,
            Some(b'{' | b'[') => Kind::Json,
            Some(b'"') => Kind::of_text(&serde_json::from_str::<String>(json).unwrap_or_default()),
            Some(b'-' | b'0'..=b'9') => {
                let is_whole = json.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
                match (is_whole, json.parse::<i64>()) {
                    (true, Ok(_)) => Kind::Bigint,
                    (true, Err(_)) => Kind::Wei,
                    (false, _) => Kind::Double,
                }
            }
            _ => Kind::Unknown,
        }
    }

    fn of_text(text: &str) -> Kind {
        if is_date(text) {
            Kind::Date
        } else if text.parse::<Timestamp>().is_ok() {
            Kind::Timestamp
        } else if is_moment(text) {
            Kind::LocalTimestamp
        } else {
            Kind::Text
        }
    }

    /// What values of both kinds can be.
    fn or(self, other: Kind) -> Kind {
        use Kind::{Bigint, Date, Double, LocalTimestamp, Text, Timestamp, Unknown, Wei};
        match (self, other) {
            (one, other) if one == other => one,
            (Unknown, kind) | (kind, Unknown) => kind,
            (Bigint | Wei, Bigint | Wei) => Wei,
            (Bigint | Wei | Double, Bigint | Wei | Double) => Double,
            (
                Date | Timestamp | LocalTimestamp | Text,
                Date | Timestamp | LocalTimestamp | Text,
            ) => Text,
            _ => Kind::Json,
        }
    }

    fn hints(self) -> &'static str {
        match self {
            Kind::Unknown | Kind::Text => "data_type: text",
            Kind::Bool => "data_type: bool",
            Kind::Bigint => "data_type: bigint",
            Kind::Wei => "data_type: wei",
            Kind::Double => "data_type: double",
            Kind::Date => "data_type: date",
            Kind::Timestamp => "data_type: timestamp",
            Kind::LocalTimestamp => "data_type: timestamp, timezone: false",
            Kind::Json => "data_type: json",
        }
    }
}

/// `2024-01-31`
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// `2024-01-31T12:00:00`, without an offset.
fn is_moment(text: &str) -> bool {
    text.len() > 10 && text.parse::<DateTime>().is_ok()
}

/// A text as YAML.
pub(super) fn yaml(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    // What YAML 1.1 takes for truth values other readers of the file may still take for them.
    let is_word = matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_plain) && !is_word
    {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}
