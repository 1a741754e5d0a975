//! What is looked at of a first page: what its response says, and what its request has asked for.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    asked::Asked,
    fact::{self, Fact},
    words,
};
use crate::{
    paginate::{Response, detected::FoundEnd},
    plan::{JsonPath, Segment, Selector},
};

/// A first page.
pub(in crate::paginate) struct FirstPage<'a> {
    pub(super) body: Cow<'a, Value>,
    pub(super) response: &'a Response<'a>,
    /// What the body says, outer objects first, and then the headers.
    pub(super) facts: Vec<Fact>,
    pub(super) asked: Asked,
    /// How many records came.
    pub(super) count: u64,
    /// Whether they are a single record, which is in no list.
    pub(super) is_single: bool,
    /// What its records are called.
    pub(super) nouns: Vec<String>,
    /// The keys that lead to them.
    pub(super) keys: Vec<String>,
}

impl<'a> FirstPage<'a> {
    pub(in crate::paginate) fn new(
        body: Cow<'a, Value>,
        records: &Selector,
        count: usize,
        response: &'a Response<'a>,
        resource: &str,
    ) -> FirstPage<'a> {
        let keys: Vec<&str> = match records {
            Selector::Keys(keys) => keys.iter().map(|key| &**key).collect(),
            Selector::JsonPath(JsonPath { segments, .. }) => words::leading_keys(segments),
        };
        let is_anywhere = matches!(
            records,
            Selector::JsonPath(JsonPath { segments, .. })
                if matches!(segments.first(), Some(Segment::Descendants(_)))
        );
        // What is in a single entity is about it, and not about pages.
        let is_all = keys.is_empty() && !is_anywhere;
        let mut facts = if is_all { Vec::new() } else { fact::of_body(&body, &keys) };
        facts.extend(fact::of_headers(response.headers));
        let nouns = words::nouns([resource].into_iter().chain(keys.last().copied()));
        FirstPage {
            response,
            facts,
            asked: Asked::of(response.request),
            count: u64::try_from(count).unwrap_or(u64::MAX),
            is_single: !is_anywhere
                && count == 1
                && words::at(&body, &keys).is_some_and(Value::is_object),
            body,
            nouns,
            keys: keys.into_iter().map(str::to_owned).collect(),
        }
    }

    /// What the body says beside the records. What is in a single entity is about it, and not about pages,
    /// and there is nothing beside a list that is all of the body.
    pub(super) fn beside_records(&self) -> impl Iterator<Item = &Fact> {
        let is_beside = !self.keys.is_empty() && !self.response.has_no_content();
        self.facts.iter().filter(move |fact| is_beside && !fact.is_header)
    }

    pub(super) fn numbers(&self, is: impl Fn(&str) -> bool) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| is(&fact.word) && fact.number().is_some())
    }

    /// A number of such a word beside a fact.
    pub(super) fn beside(&self, fact: &Fact, is: impl Fn(&str) -> bool) -> Option<&Fact> {
        self.numbers(is).find(|other| other.is_beside(fact))
    }

    /// The flag that says whether there are more, and what it says.
    pub(super) fn flag(&self) -> Option<(&Fact, bool)> {
        self.facts.iter().find_map(|fact| Some((fact, fact.says_more()?)))
    }

    /// The same if its word says nothing else than that.
    pub(super) fn clear_flag(&self) -> Option<(&Fact, bool)> {
        let mut clear = self.facts.iter().filter(|fact| words::is_clear_flag(&fact.word));
        clear.find_map(|fact| Some((fact, fact.says_more()?)))
    }

    /// Where a flag is that says whether there are more: one that is true while there are, or else a
    /// clear one that is true on the last page.
    pub(super) fn end(&self) -> FoundEnd {
        let flags = || self.facts.iter().filter(|fact| fact.says_more().is_some());
        let mut of_more = flags().filter(|fact| words::is_has_more(&fact.word));
        let mut of_end = flags()
            .filter(|fact| !words::is_has_more(&fact.word) && words::is_clear_flag(&fact.word));
        match of_more.find_map(Fact::body_path) {
            None => FoundEnd { has_more_path: None, end_path: of_end.find_map(Fact::body_path) },
            has_more_path => FoundEnd { has_more_path, end_path: None },
        }
    }

    /// The same beside a link, which leads on itself: only a clear flag goes over it.
    pub(super) fn end_beside_link(&self) -> FoundEnd {
        if self.clear_flag().is_some() { self.end() } else { FoundEnd::default() }
    }

    /// Where the total of the records is that were counted beside a fact.
    pub(super) fn total_path(&self, fact: &Fact) -> Option<Vec<String>> {
        let total = self.total_near(fact).filter(|total| total.number() >= Some(self.count));
        total.and_then(Fact::body_path)
    }

    /// The numbers of all records, the clearest first: of what is just called `count`, only what
    /// cannot be the number of those that came.
    pub(super) fn totals(&self) -> Vec<&Fact> {
        let is_number = |fact: &&Fact| fact.number().is_some();
        let facts = || self.facts.iter().filter(is_number);
        let clear: Vec<&Fact> = facts().filter(|fact| fact.is_total(&self.nouns)).collect();
        let reached = self.reached();
        if clear.iter().any(|total| total.number() >= Some(reached)) {
            return clear;
        }
        let may_be = facts().filter(|fact| words::may_be_total(&fact.word));
        let is_echo = |fact: &Fact| {
            self.asked
                .find(|sent| sent.word == fact.word && sent.number() == fact.number())
                .is_some()
        };
        may_be.filter(|fact| !is_echo(fact) && fact.number() > Some(reached)).collect()
    }

    /// The total beside a fact, or else the clearest.
    pub(super) fn total_near(&self, fact: &Fact) -> Option<&Fact> {
        let totals = self.totals();
        totals.iter().find(|total| total.is_beside(fact)).or(totals.first()).copied()
    }

    /// How many records there were up to the end of this page.
    pub(super) fn reached(&self) -> u64 {
        let stated = || {
            let offset =
                self.numbers(words::may_be_offset).find(|fact| words::is_place(fact.number()))?;
            let offset = offset.number()?;
            let is_next = self.asked.offset().is_none() && self.count > 1 && offset == self.count;
            Some(if offset == 1 || is_next { 0 } else { offset })
        };
        let asked = || Some(self.asked.offset()?.1);
        let counted = || {
            let page = self.numbers(words::is_page).next().and_then(Fact::number);
            let page = page.or_else(|| Some(self.asked.page()?.1))?;
            let size = self.size().unwrap_or(self.count);
            Some(page.saturating_sub(1).saturating_mul(size))
        };
        let before = stated().or_else(asked).or_else(counted).unwrap_or_default();
        before.saturating_add(self.count)
    }

    /// The page size that the response names, or else the request.
    pub(super) fn size(&self) -> Option<u64> {
        let stated = self.numbers(|word| words::is_size(word) && word != "count").next();
        let size = stated.and_then(Fact::number).or_else(|| Some(self.asked.size()?.1));
        size.filter(|size| *size > 0)
    }

    /// What says that there are more records than have come: a flag, a total, the status.
    pub(super) fn says_more(&self) -> Option<String> {
        let mut flags = self.facts.iter().filter(|fact| fact.says_more() == Some(true));
        if let Some(flag) = flags.next() {
            return Some(flag.shown());
        }
        if let Some(total) = self.total_beyond() {
            return Some(total);
        }
        let mut remaining = self.facts.iter().filter(|fact| fact.is_remaining());
        if let Some(fact) = remaining.find(|fact| fact.number() > Some(0)) {
            return Some(fact.shown());
        }
        (self.response.status == 206).then(|| "the status is 206, partial content".to_owned())
    }

    /// A total that says that there are more records than have come.
    pub(in crate::paginate) fn total_beyond(&self) -> Option<String> {
        let reached = self.reached();
        let totals = self.totals();
        let total = totals.iter().find(|total| total.number() > Some(reached))?;
        let number = total.number().unwrap_or_default();
        Some(format!("{} is {number} and {} came", total.place(), self.count))
    }

    /// Whether the response says that this page is the last one, however it is paged.
    pub(super) fn says_end(&self) -> bool {
        let reached = self.reached();
        self.facts.iter().any(|fact| {
            fact.says_more() == Some(false)
                || fact.is_empty() && (words::is_next_word(&fact.word) || fact.is_cursor())
        }) || self.totals().iter().any(|total| total.number() == Some(reached))
    }

    /// That as many records came as were asked for, or as the response says that a page has.
    pub(super) fn is_full(&self) -> Option<String> {
        if self.is_single || self.count == 0 || self.says_end() {
            return None;
        }
        let by = |place: &str, how: &str| {
            let count = self.count;
            format!("as many came as {place} {how}, {count}, and nothing says that these are all")
        };
        match self.asked.size() {
            Some((size, wanted)) => {
                (wanted == self.count).then(|| by(&format!("`{}`", size.name), "asks for"))
            }
            None => {
                let mut sizes = self.numbers(words::is_clear_size);
                let size = sizes.find(|size| size.number() == Some(self.count))?;
                Some(by(&size.place(), "says that a page has"))
            }
        }
    }
}
