//! Texts that hold no moment, and those that were meant as one.

use super::{
    Moment,
    form::{MONTHS, Name, WEEKDAYS},
};

impl Moment {
    /// Whether a text holds no moment, in the way of databases and languages without a null:
    /// nothing, `0000-00-00 00:00:00`, `0001-01-01T00:00:00Z`.
    pub fn is_missing(text: &str) -> bool {
        let text = text.trim();
        let is_zero = ["0000-00-00", "0000/00/00"].iter().any(|zero| text.starts_with(zero));
        let is_first = ["0001-01-01", "0001/01/01"].iter().any(|first| {
            let rest = text.strip_prefix(first);
            rest.is_some_and(|time| !time.contains(|c: char| ('1'..='9').contains(&c)))
        });
        text.is_empty() || is_zero || is_first
    }

    /// Whether a text that is none of the known forms was meant as a moment all the same:
    /// `31/12/2024`, `Jan 2, 2024`. As text such values have another order than as moments.
    pub fn is_meant_by(text: &str) -> bool {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = |word: &str| word.len() == 4 && is_number(word);
        let is_short = |word: &str| word.len() <= 2 && is_number(word);
        let begins = |name: &&str, word: &str| {
            word.len() >= 3
                && word
                    .get(..3)
                    .is_some_and(|start| start.eq_ignore_ascii_case(Name::Short.of(name)))
        };
        let is_month = |word: &str| MONTHS.iter().any(|month| begins(month, word));
        let is_zone = |word: &str| word.len() <= 4 && !word.contains(|c: char| c.is_lowercase());
        let is_day = |word: &str| WEEKDAYS.iter().any(|day| begins(day, word));
        let by_name = words.len() >= 3
            && words.iter().any(|word| is_month(word))
            && words.iter().any(|word| is_year(word))
            && words.iter().all(|word| {
                let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
                starts_with_digit || is_month(word) || is_day(word) || is_zone(word)
            });
        let by_number = || {
            let length = text.find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c));
            let (date, rest) = text.split_at(length.unwrap_or(text.len()));
            let separator = date.chars().find(|c| !c.is_ascii_digit());
            let parts: Vec<&str> = separator.map(|c| date.split(c).collect()).unwrap_or_default();
            let is_date = match parts.as_slice() {
                [first, middle, last] => {
                    let either =
                        is_year(first) && is_short(last) || is_short(first) && is_year(last);
                    either && is_short(middle) && !first.is_empty() && !last.is_empty()
                }
                _ => false,
            };
            is_date && (rest.is_empty() || rest.starts_with([' ', 'T', 't', ',']))
        };
        by_name || by_number()
    }
}
