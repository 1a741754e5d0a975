//! What is about records but has none: the response of a server that leaves an empty list out.
//!
//! Words alone prove little, as records have totals and limits, too. An object counts as an empty page
//! only if nothing in it could be a record's; if something could, but other members are such as only
//! responses have is unknown.

mod words;

use serde_json::{Map, Value};

use self::words::{
    AROUND, ASIDE, COUNTS, DOUBTFUL, FLAGS, LINKS, LISTS, OF_LISTS, is_aside, is_count, list,
    says_success,
};
pub(super) use self::words::{is_around_pages, is_page_object, names_list};
use super::{
    fact::{number, word},
    list_words::{is_list_name, is_other},
    words as paging,
};
use crate::decode::is_success;

/// What an object without lists is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Envelope {
    /// No envelope: a single record.
    Not,
    /// One that says that there are no records.
    Empty,
    /// One whose records are not to be seen.
    Unclear,
}

/// What is known of the records' names.
pub(super) struct Names<'a> {
    /// Whether a word is a name of their list.
    pub(super) is_records: &'a dyn Fn(&str) -> bool,
    /// What they are called in names of totals.
    pub(super) nouns: &'a [String],
}

/// What was seen of an object and those in it.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign by itself, and any may be there")]
struct Seen {
    /// Members that may be a record's.
    others: usize,
    /// Those of them that are called as lists of records are: `{"data": "none"}`.
    misplaced: usize,
    /// Whether there is one among all members.
    is_misplaced: bool,
    /// Numbers that may be about pages beside clearer ones, or a record's.
    doubtful: usize,
    /// Members about pages.
    paging: usize,
    /// How clearly they are that: a page size counts 1, what no record has counts 2.
    clear: usize,
    /// Objects in it that are about pages alone, where those around them are not.
    objects: usize,
    /// Totals of 0.
    zeros: usize,
    /// Other counts of 0.
    weak_zeros: usize,
    /// Whether a total of 0 stands in it and not further inside.
    is_zero: bool,
    /// Texts that say how a request went or what it was for. A record may have them, too.
    texts: usize,
    has_offset: bool,
    has_links: bool,
    /// Whether it says that a request went well.
    is_success: bool,
    is_more: bool,
    is_end: bool,
    /// A name of records without any: `"data": null`.
    is_null: bool,
    /// Whether it names itself a list; clearly so if that is `Some(true)`.
    list: Option<bool>,
}

/// What an object is that has no list of records.
pub(super) fn of(members: &Map<String, Value>, names: &Names<'_>) -> Envelope {
    if members.is_empty() {
        return Envelope::Empty;
    }
    if paging::has_identity(members) && !names_list(members) {
        return Envelope::Not;
    }
    let seen = Seen::of(members, names);
    if seen.others > 0 && seen.others == seen.misplaced {
        return Envelope::Unclear;
    }
    if seen.others > 0 {
        return if seen.is_partly() { Envelope::Unclear } else { Envelope::Not };
    }
    match seen.is_empty() {
        _ if seen.is_more && (seen.paging > 1 || seen.clear > 0) => Envelope::Unclear,
        true => Envelope::Empty,
        false if seen.is_of_pages() || seen.is_misplaced => Envelope::Unclear,
        false => Envelope::Not,
    }
}

/// Whether what an object has beside one of its members, in which a list is, is about that list.
pub(super) fn surrounds(members: &Map<String, Value>, list: &str, names: &Names<'_>) -> bool {
    let beside = members.iter().filter(|(key, _)| *key != list);
    let beside: Map<_, _> = beside.map(|(key, value)| (key.clone(), value.clone())).collect();
    if paging::has_identity(&beside) && !names_list(&beside) {
        return false;
    }
    let seen = Seen::of(&beside, names);
    let is_list = |(key, value): (&String, &Value)| value.is_array() && !is_other(&word(key));
    seen.is_clear() || seen.others + seen.doubtful == 0 && !beside.iter().any(is_list)
}

/// Whether an object says of pages what no record says.
pub(super) fn is_clear(members: &Map<String, Value>, names: &Names<'_>) -> bool {
    Seen::of(members, names).is_clear()
}

/// Whether an empty page is more than a record of one number that is 0.
pub(super) fn is_of_list(members: &Map<String, Value>, names: &Names<'_>) -> bool {
    let seen = Seen::of(members, names);
    seen.is_clear() || seen.paging > usize::from(!seen.is_null)
}

/// Whether an object has nothing but counts, of which one is 0: no records, where it is known that there
/// would be a list.
pub(super) fn counts_none(members: &Map<String, Value>, names: &Names<'_>) -> bool {
    let seen = Seen::of(members, names);
    seen.others == 0 && !seen.is_more && seen.zeros + seen.weak_zeros > 0
}

impl Seen {
    fn of(members: &Map<String, Value>, names: &Names<'_>) -> Seen {
        let mut seen = Seen::default();
        for (key, value) in members {
            let word = word(key);
            match value {
                Value::Object(inner) => seen.add_object(&word, inner, names),
                Value::Array(_) => {}
                _ if DOUBTFUL.contains(&word.as_str()) && is_count(value) => {
                    seen.doubtful += 1;
                }
                _ => seen.add(key, &word, value, names),
            }
        }
        let of = if seen.paging > 0 { &mut seen.paging } else { &mut seen.others };
        *of += seen.doubtful;
        seen
    }

    fn add_object(&mut self, word: &str, members: &Map<String, Value>, names: &Names<'_>) {
        let is_page = is_page_object(word);
        let is_cursor = paging::is_cursor_word(word) || paging::is_next_word(word);
        let is_around = is_page || AROUND.contains(&word) || (names.is_records)(word);
        if LINKS.contains(&word) {
            self.add_links(members);
        } else if members.is_empty() {
            match (is_page || is_cursor, is_around) {
                (true, _) => {
                    (self.paging, self.clear) = (self.paging + 1, self.clear + 1);
                    self.is_end = true;
                }
                (_, true) => self.is_null = true,
                _ => self.others += usize::from(!ASIDE.contains(&word)),
            }
        } else if let ("total" | "hits", Some(total)) = (word, members.get("value")) {
            self.add_total(number(total), 2);
        } else if is_cursor {
            (self.paging, self.clear, self.is_more) = (self.paging + 1, self.clear + 2, true);
        } else if ASIDE.contains(&word) {
        } else if paging::has_identity(members) && !names_list(members) {
            self.others += 1;
        } else {
            let inner = Seen::of(members, names);
            let is_pure = inner.others == 0 && (is_around || inner.clear > 0);
            self.objects += inner.objects;
            if is_pure {
                let is_of_pages = is_page && inner.paging > 0;
                self.objects += usize::from(inner.clear > 1 || is_of_pages);
                self.clear += usize::from(is_of_pages);
                self.merge(&inner);
            } else {
                // What is in an object of another name counts as one.
                self.others += 1;
            }
            if is_around {
                self.clear += if is_pure { 0 } else { inner.clear };
                self.is_zero |= inner.is_zero;
            }
        }
    }

    /// Takes over what is in an object that has nothing else.
    fn merge(&mut self, inner: &Seen) {
        self.paging += inner.paging;
        self.clear += inner.clear;
        self.zeros += inner.zeros;
        self.weak_zeros += inner.weak_zeros;
        self.texts += inner.texts;
        self.is_success |= inner.is_success;
        self.has_offset |= inner.has_offset;
        self.has_links |= inner.has_links;
        self.is_more |= inner.is_more;
        self.is_end |= inner.is_end;
        self.is_null |= inner.is_null;
        self.list = self.list.max(inner.list);
    }

    fn add_links(&mut self, links: &Map<String, Value>) {
        self.has_links = true;
        for (key, link) in links {
            if paging::is_next_word(&word(key)) {
                let is_empty = link.is_null() || link == "";
                (self.paging, self.clear) = (self.paging + 1, self.clear + 1);
                self.says_more(!is_empty);
            }
        }
    }

    fn add(&mut self, key: &str, word: &str, value: &Value, names: &Names<'_>) {
        let is_null = value.is_null();
        self.is_misplaced |= !is_null && is_list_name(word);
        if is_list_name(word) && (value.is_boolean() || value.is_string()) {
            (self.others, self.misplaced) = (self.others + 1, self.misplaced + 1);
        } else if is_null && ((names.is_records)(word) || LISTS.contains(&word)) {
            self.is_null = true;
        } else if let Some(list) = value.as_str().and_then(|kind| list(key, kind)) {
            self.list = self.list.max(Some(list));
        } else if OF_LISTS.contains(&word) {
            (self.list, self.clear) = (self.list.max(Some(false)), self.clear + 2);
        } else if FLAGS.contains(&word) && value.is_boolean() {
            self.paging += 1;
            self.is_end |= *value == false;
        } else if let Some(more) = paging::says_more(word, value) {
            self.paging += 1;
            self.clear += if paging::is_clear_flag(word) { 2 } else { 0 };
            self.says_more(more);
        } else if COUNTS.contains(&word) || paging::is_total_word(word, names.nouns) {
            match number(value) {
                Some(count) => {
                    let is_clear = COUNTS.contains(&word) || paging::is_clear_total(word);
                    self.add_total(Some(count), if is_clear { 2 } else { 0 });
                    self.is_zero |= count == 0;
                }
                // No list has half a record.
                None if value.is_number() => self.others += 1,
                None => self.paging += 1,
            }
        } else if paging::is_next_word(word) || paging::is_cursor_word(word) {
            self.paging += 1;
            self.clear += if paging::is_clear_next(word) { 2 } else { 0 };
            let is_next = paging::is_next_word(word);
            let has_content =
                value.is_number() || value.as_str().is_some_and(|next| !next.is_empty());
            if is_next {
                self.says_more(has_content);
            }
        } else if (paging::is_paging(word) || paging::may_be_total(word)) && is_count(value) {
            self.paging += 1;
            self.clear += usize::from(paging::is_clear_page(word));
            self.has_offset |= paging::is_offset(word) || paging::is_page(word);
            let count = number(value);
            if paging::is_total_pages(word) {
                self.zeros += usize::from(count == Some(0));
            } else if paging::is_size(word) || paging::may_be_total(word) {
                self.weak_zeros += usize::from(count == Some(0));
                self.is_more |= paging::may_be_total(word) && count > Some(0);
            }
        } else if is_aside(word, value) {
            self.is_success |= says_success(word, value);
            self.texts += usize::from(value.as_str().is_some_and(|text| !is_success(text)));
        } else {
            self.others += 1;
            self.misplaced += usize::from(is_list_name(word));
        }
    }

    fn says_more(&mut self, more: bool) {
        self.is_more |= more;
        self.is_end |= !more;
    }

    fn add_total(&mut self, count: Option<u64>, clear: usize) {
        self.paging += 1;
        self.zeros += usize::from(count == Some(0));
        self.is_more |= count > Some(0);
        // A record may have a number of its own.
        self.clear += if count == Some(0) { clear } else { clear / 2 };
    }

    /// Whether it has what no record has.
    fn is_clear(&self) -> bool {
        self.clear > 1 || self.objects > 0 || self.list == Some(true)
    }

    /// Whether it is partly that of an envelope.
    fn is_partly(&self) -> bool {
        self.is_clear() || self.is_zero || self.is_null && (self.paging > 0 || self.is_success)
    }

    /// Whether an object that has nothing else says that there are no records.
    fn is_empty(&self) -> bool {
        let zeros = self.zeros + self.weak_zeros;
        // What has one number and a text counts something else: `{"url": "/a", "total_hits": 0}`.
        let is_clear = self.clear > 0 && (self.texts == 0 || self.paging > 1);
        self.is_null
            || self.list.is_some()
            || is_clear && (zeros > 0 || self.is_end)
            || zeros > 1
            || zeros > 0 && self.paging > 2
            || self.zeros > 0 && self.has_offset
            || self.paging > 1 && self.is_end
    }

    /// Whether an object that has nothing else is about pages, or about the request.
    fn is_of_pages(&self) -> bool {
        let is_counted = self.zeros + self.weak_zeros > 0;
        self.paging > 1 || self.clear > 0 || is_counted || self.has_links || self.is_success
    }
}
