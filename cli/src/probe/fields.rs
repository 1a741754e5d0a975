//! The fields that records have, and what their values may be.

use std::collections::HashSet;

use rest_source::{Date, DateTime, Extra, Timestamp, plan::TimeFormat};
use rest_source_import::KeyName;
use serde_json::value::RawValue;

use super::declared::Declared;

/// How many values show the format of times.
const SAMPLES: usize = 100;

/// How many words an `enum` has at most, and of how many characters each.
const MOST_WORDS: usize = 12;
const LONGEST_WORD: usize = 32;
/// How many values there are at least, and how many for each word, if these are all words that there are.
const LEAST_VALUES: usize = 12;
const VALUES_A_WORD: usize = 4;

/// How deep nested records and lists are declared.
const DEPTH: usize = 6;

/// The fields of records, in the order in which they were first seen.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) in_order: Vec<Field>,
    /// How many records are no objects.
    pub(super) others: usize,
    records: usize,
}

/// What was seen of one field.
pub(super) struct Field {
    pub(super) name: String,
    /// How many records have a value in it.
    values: usize,
    kind: Kind,
    /// The fields of its nested records.
    nested: Fields,
    /// What was seen of the elements of its lists.
    items: Option<Box<Field>>,
    /// Whether null was among its values.
    has_nulls: bool,
    /// Its values, as far as no two are equal.
    distinct: Option<HashSet<String>>,
    /// The first of those that may be times of some format.
    samples: Vec<String>,
    /// Its words, in the order in which they were first seen, while all of its values are a few words.
    words: Option<Vec<String>>,
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
    Record,
    List,
    /// Values of several kinds.
    Mixed,
}

impl Fields {
    pub(super) fn of<'a>(records: impl IntoIterator<Item = &'a Box<RawValue>>) -> Fields {
        let mut fields = Fields::default();
        for record in records {
            fields.see(record.get(), DEPTH);
        }
        fields
    }

    fn see(&mut self, record: &str, depth: usize) {
        self.records += 1;
        if !record.starts_with('{') {
            self.others += 1;
            return;
        }
        for (name, value) in Extra::members_of(record) {
            let index = self.in_order.iter().position(|field| field.name == name);
            let index = index.unwrap_or_else(|| {
                self.in_order.push(Field::new(name.to_string()));
                self.in_order.len() - 1
            });
            self.in_order[index].see(value, depth);
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.in_order.iter().any(|field| field.name == name)
    }

    /// How many of these records have no value in a field.
    pub(super) fn without(&self, field: &Field) -> usize {
        (self.records - self.others).saturating_sub(field.values)
    }

    /// The fields that may identify a record, with whether their names say so, the likeliest first.
    pub(super) fn keys(&self, resource: &str) -> Vec<(&str, bool)> {
        let mut keys: Vec<(KeyName, &str)> = self
            .in_order
            .iter()
            .filter(|field| self.without(field) == 0 && self.others == 0)
            .filter(|field| field.distinct.as_ref().is_some_and(|values| !values.is_empty()))
            .filter_map(|field| Some((KeyName::of(&field.name, resource)?, field.name.as_str())))
            .collect();
        keys.sort_by_key(|(name, _)| *name);
        keys.into_iter().map(|(name, field)| (field, name.is_sure())).collect()
    }
}

impl Field {
    fn new(name: String) -> Field {
        Field {
            name,
            values: 0,
            kind: Kind::Unknown,
            nested: Fields::default(),
            items: None,
            has_nulls: false,
            distinct: Some(HashSet::new()),
            samples: Vec::new(),
            words: Some(Vec::new()),
        }
    }

    /// The words that its values are, if these are so few that they repeat.
    fn repeated_words(&self) -> Option<&[String]> {
        let words = self.words.as_deref().filter(|words| words.len() > 1)?;
        let least = LEAST_VALUES.max(words.len() * VALUES_A_WORD);
        // Two that differ in case or signs would be one in Rust.
        let plain = |word: &String| -> String {
            word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let distinct: HashSet<String> = words.iter().map(plain).collect();
        (self.values >= least && distinct.len() == words.len()).then_some(words)
    }

    /// The formats of times that all values have which are no times otherwise. Numbers are some only if the
    /// name says so.
    pub(super) fn formats(&self) -> Vec<TimeFormat> {
        let name = self.name.to_ascii_lowercase();
        let may_be = match self.kind {
            Kind::Text => true,
            Kind::Bigint | Kind::Double => {
                let says = |word: &&str| name.contains(*word);
                let ends = ["_at", "_on", "_ts"].iter().any(|end| name.ends_with(end));
                ends || name == "ts"
                    || ["date", "time", "created", "updated", "modified"].iter().any(says)
            }
            _ => false,
        };
        if !may_be {
            return Vec::new();
        }
        let texts = self
            .samples
            .iter()
            .map(|json| serde_json::from_str::<String>(json).unwrap_or_else(|_| json.clone()));
        let texts: Vec<String> = texts.collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        TimeFormat::suggested(&texts)
    }

    fn see(&mut self, value: &str, depth: usize) {
        let kind = Kind::of(value);
        self.values += usize::from(kind != Kind::Unknown);
        self.has_nulls |= kind == Kind::Unknown;
        self.kind = self.kind.or(kind);
        if matches!(kind, Kind::Text | Kind::Bigint | Kind::Double) && self.samples.len() < SAMPLES
        {
            self.samples.push(value.to_owned());
        }
        self.see_word(kind, value);
        let is_key = matches!(kind, Kind::Bigint | Kind::Wei | Kind::Text);
        let is_new = self.distinct.as_mut().is_some_and(|values| values.insert(value.to_owned()));
        if !(is_key && is_new) {
            self.distinct = None;
        }
        match kind {
            Kind::Record if depth > 0 => self.nested.see(value, depth - 1),
            Kind::List if depth > 0 => {
                let elements: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
                let items = self.items.get_or_insert_with(|| Box::new(Field::new(String::new())));
                for element in elements {
                    items.see(element.get(), depth - 1);
                }
            }
            _ => {}
        }
    }

    fn see_word(&mut self, kind: Kind, value: &str) {
        let Some(words) = &mut self.words else { return };
        let word = match kind {
            Kind::Unknown => return,
            Kind::Text => serde_json::from_str::<String>(value).ok().filter(|word| is_word(word)),
            _ => None,
        };
        match word {
            Some(word) if words.contains(&word) => {}
            Some(word) if words.len() < MOST_WORDS => words.push(word),
            _ => self.words = None,
        }
    }

    /// As a column that leaves the tables as they are without it. The error says why it cannot be
    /// one.
    pub(super) fn declared(&self) -> Result<Declared, &'static str> {
        let plain = |data_type| Ok(Declared::Plain { data_type, is_local: false });
        match self.kind {
            Kind::Unknown => Err("only null was seen"),
            Kind::Bool => plain("bool"),
            Kind::Bigint => plain("bigint"),
            Kind::Wei => plain("wei"),
            Kind::Double => plain("double"),
            Kind::Date => plain("date"),
            Kind::Timestamp => plain("timestamp"),
            Kind::LocalTimestamp => Ok(Declared::Plain { data_type: "timestamp", is_local: true }),
            Kind::Text => match self.repeated_words() {
                Some(words) => Ok(Declared::Words(words.to_vec())),
                None => plain("text"),
            },
            Kind::Mixed => Err("its values are of several kinds"),
            Kind::Record => {
                let fields = self.nested.in_order.iter().filter_map(|field| {
                    let declared = field.declared().ok()?;
                    Some((field.name.clone(), declared))
                });
                let fields: Vec<(String, Declared)> = fields.collect();
                if fields.is_empty() {
                    Err("its fields have no values")
                } else {
                    Ok(Declared::Fields(fields))
                }
            }
            Kind::List => match &self.items {
                Some(items) if items.kind != Kind::Unknown => {
                    let (is_nullable, items) = (items.has_nulls, Box::new(items.declared()?));
                    Ok(Declared::Items { items, is_nullable })
                }
                _ => Err("only empty lists were seen"),
            },
        }
    }
}

impl Kind {
    /// Of a value as the server wrote it: a number has all its digits there.
    fn of(json: &str) -> Kind {
        match json.as_bytes().first() {
            Some(b't' | b'f') => Kind::Bool,
            Some(b'{') => Kind::Record,
            Some(b'[') => Kind::List,
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
            _ => Kind::Mixed,
        }
    }
}

/// Whether a text may be one of a few that a field has: `paid`, `in_progress`.
fn is_word(text: &str) -> bool {
    text.len() <= LONGEST_WORD
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// `2024-01-31`
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// `2024-01-31T12:00:00`, without an offset.
fn is_moment(text: &str) -> bool {
    text.len() > 10 && text.parse::<DateTime>().is_ok()
}
