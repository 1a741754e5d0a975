//! Reading the keys of a mapping, and what to say of those that are unknown.

use super::{Parse, Setting, misplaced::Blocks, missing_key};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, MOST_SHOWN, all_of, closest, either},
    source::Span,
    yaml::{Entry, Mapping, Node, Value},
};

/// Reads the keys of a mapping; a key that is not read is unknown.
pub(crate) struct Reader<'a> {
    /// What the mapping is called in messages.
    pub(crate) what: &'static str,
    /// Its name among the shapes.
    name: &'static str,
    span: Span,
    pub(super) mapping: &'a Mapping,
    /// The entries whose keys are unknown, and the key that each is probably meant as.
    misspelt: Vec<(&'a Entry, &'static str)>,
    /// What to write instead of keys that this mapping is often believed to have.
    instead: &'static [(&'static str, &'static str)],
    /// What the next key is about.
    doc: &'static str,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// Keys of which one has to be there, and whether one is.
    either: (Vec<&'static str>, bool),
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    /// Begins to read a mapping, called `what` in messages («a resource») and `name` in the shapes.
    pub(crate) fn begin(
        node: &'a Node,
        what: &'static str,
        name: &'static str,
        diagnostics: &'a mut Diagnostics,
    ) -> Option<Self> {
        match &node.value {
            Value::Mapping(mapping) => Some(Reader {
                what,
                name,
                span: node.span,
                mapping,
                misspelt: Vec::new(),
                instead: &[],
                doc: "",
                known: Vec::new(),
                missing: Vec::new(),
                either: (Vec::new(), false),
                diagnostics,
            }),
            _ => {
                let message = format!("{what} is a mapping, found {}", node.describe());
                diagnostics.push(Diagnostic::error(Code::WrongType, node.span, message));
                None
            }
        }
    }

    /// The value of a key that may be missing.
    pub(crate) fn optional<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        self.known.push(key);
        match self.entry(key) {
            Some(entry) if !entry.value.is_null() => {
                T::parse(&entry.value, self.diagnostics).into()
            }
            _ => Setting::Absent,
        }
    }

    /// The value of a key for which `null` has a meaning.
    pub(crate) fn nullable<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        self.known.push(key);
        match self.entry(key) {
            Some(entry) => T::parse(&entry.value, self.diagnostics).into(),
            None => Setting::Absent,
        }
    }

    /// Says which keys are going to be read, so that a misspelt one can be read as the one that was
    /// meant, and what to write instead of some that are not.
    pub(crate) fn takes(
        &mut self,
        keys: &[&'static str],
        instead: &'static [(&'static str, &'static str)],
    ) {
        self.instead = instead;
        let takes = || keys.iter().copied();
        let unknown =
            self.mapping.entries.iter().filter(|entry| {
                !keys.contains(&entry.key.as_str()) && !entry.key.starts_with("x-")
            });
        let misspelt = unknown.filter_map(|entry| match self.instead_of(&entry.key, takes()) {
            Instead::Key(meant) => Some((entry, meant)),
            Instead::Help(_) => None,
        });
        self.misspelt = misspelt.collect();
    }

    /// What an unknown key is probably meant as.
    fn instead_of(
        &self,
        key: &str,
        accepted: impl Iterator<Item = &'static str> + Clone,
    ) -> Instead {
        let instead = |meant| self.instead.iter().find(|(word, _)| *word == meant);
        let words = accepted.clone().chain(self.instead.iter().map(|(word, _)| *word));
        if let Some((_, help)) = closest(key, words).and_then(instead) {
            return Instead::Help((*help).to_owned());
        }
        let blocks = Blocks::around(self.name, self.diagnostics.language());
        if let Some(place) = blocks.next_to(key) {
            return Instead::Help(format!("this belongs in {place}"));
        }
        if let Some(meant) = closest(key, accepted.clone()) {
            return Instead::Key(meant);
        }
        if let Some(place) = blocks.anywhere(key) {
            return Instead::Help(format!("this belongs in {place}"));
        }
        match blocks.alike(key) {
            Some((meant, place)) => Instead::Help(format!("`{meant}` belongs in {place}")),
            None => Instead::Help(format!("it takes {}", either(accepted))),
        }
    }

    /// The entry of a key, or the one that is probably meant as it: `finish` reports that it is
    /// misspelt, and its value is read here.
    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.mapping.get(key).or_else(|| {
            let mut misspelt = self.misspelt.iter();
            misspelt.find(|(_, meant)| *meant == key).map(|(entry, _)| *entry)
        })
    }

    /// What the next key is about.
    pub(crate) fn describe(&mut self, doc: &'static str) -> &mut Self {
        self.doc = doc;
        self
    }

    /// A key that has no effect, which is reported if it is given.
    pub(crate) fn ignored<T: Parse>(&mut self, key: &'static str) {
        if let Setting::Given(_) = self.optional::<T>(key)
            && let Some(entry) = self.mapping.get(key)
        {
            let message = format!("`{key}` has no effect");
            let why = self.doc.trim_end_matches('.');
            let why = why.chars().take(1).flat_map(char::to_lowercase).chain(why.chars().skip(1));
            self.diagnostics.push(
                Diagnostic::error(Code::IgnoredKey, entry.key_span, message)
                    .help("leave it out, or allow the lint if the file is for dlt too")
                    .note(why.collect::<String>()),
            );
        }
    }

    /// A key that is read elsewhere.
    pub(crate) fn ignore(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// The value of a key that has to be there.
    pub(crate) fn required<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        let setting = self.optional(key);
        if setting.is_absent() {
            self.missing.push(key);
        }
        setting
    }

    /// The value of a key that has to be there unless another one that is read so is.
    pub(crate) fn either<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        let setting = self.optional(key);
        let (keys, is_given) = &mut self.either;
        keys.push(key);
        *is_given |= !setting.is_absent();
        setting
    }

    /// Reports the keys that are missing and those that are unknown. A key that is spelt wrong
    /// is both, and one mistake.
    pub(crate) fn finish(self) {
        self.report(false);
    }

    /// The same where `what` is a guess, which other keys may well be missing for.
    pub(crate) fn finish_guess(self) {
        self.report(true);
    }

    fn report(mut self, is_guess: bool) {
        if let ([first, ..], false) = (&*self.either.0, self.either.1) {
            self.missing.push(first);
        }
        // Keys with the same help are one mistake.
        let mut unknown: Vec<(String, Vec<&Entry>)> = Vec::new();
        for entry in &self.mapping.entries {
            // As in OpenAPI, keys that begin with `x-` are extensions.
            if self.known.contains(&entry.key.as_str()) || entry.key.starts_with("x-") {
                continue;
            }
            match self.instead_of(&entry.key, self.known.iter().copied()) {
                Instead::Key(meant) => {
                    self.missing.retain(|missing| *missing != meant);
                    let message = format!("{} has no key `{}`", self.what, entry.key);
                    self.diagnostics.push(
                        Diagnostic::error(Code::UnknownKey, entry.key_span, message)
                            .meant(&entry.key, meant),
                    );
                }
                Instead::Help(help) => match unknown.iter_mut().find(|(known, _)| *known == help) {
                    Some((_, entries)) => entries.push(entry),
                    None => unknown.push((help, vec![entry])),
                },
            }
        }
        let Reader { what, span, mapping, missing, diagnostics, .. } = self;
        for (help, entries) in unknown {
            let keys = if entries.len() == 1 { "key" } else { "keys" };
            let names = all_of(entries.iter().map(|entry| &*entry.key));
            let message = format!("{what} has no {keys} {names}");
            let mut places = entries.iter().take(MOST_SHOWN).map(|entry| entry.key_span);
            let Some(first) = places.next() else { continue };
            let diagnostic = Diagnostic::error(Code::UnknownKey, first, message);
            let diagnostic =
                places.fold(diagnostic, |diagnostic, place| diagnostic.label(place, ""));
            diagnostics.push(diagnostic.help(help));
        }
        for key in missing.into_iter().filter(|_| !is_guess) {
            // `base_url:` without a value is a place to point at, else there is only the mapping.
            let span = mapping.get(key).map_or(span, |entry| entry.key_span);
            missing_key(key, what, span, diagnostics);
        }
    }
}

/// What to do about an unknown key.
enum Instead {
    /// Another key of the same mapping was probably meant.
    Key(&'static str),
    /// What the help says.
    Help(String),
}
