//! The links of `Link` headers (RFC 8288).

use reqwest::header::{HeaderMap, HeaderName, LINK};

use crate::{decode::normalized, plan::Str};

/// What a link must be to be followed.
pub(super) struct LinkFilter<'a> {
    /// The header that has it, if it is not `Link`.
    pub(super) header: Option<&'a HeaderName>,
    /// Its relation.
    pub(super) rel: &'a str,
    /// The parameters that it must have.
    pub(super) params: &'a [(Str, Str)],
}

/// What there is in a header.
pub(super) enum Look {
    /// The address of a link.
    Link(String),
    /// A link that says that nothing follows: `results="false"`, or a parameter with another value.
    End,
    /// No such link.
    Absent,
}

/// The address of the first link of this relation that leads to results.
pub(super) fn find(headers: &HeaderMap, rel: &str) -> Option<String> {
    match look(headers, &LinkFilter { header: None, rel, params: &[] }) {
        Look::Link(target) => Some(target),
        Look::End | Look::Absent => None,
    }
}

/// The first link that is wanted. Links whose context is another resource (`anchor`) say nothing about this
/// one. Where no link has the relation `next`, one of a name that can only mean that is taken: `next_page`,
/// `https://example.com/rels/next`.
pub(super) fn look(headers: &HeaderMap, wanted: &LinkFilter<'_>) -> Look {
    let find = |is: &dyn Fn(&LinkValue<'_>) -> bool| {
        let mut found = Look::Absent;
        for value in headers.get_all(wanted.header.unwrap_or(&LINK)) {
            let text = String::from_utf8_lossy(value.as_bytes());
            for link in Links(&text).filter(|link| is(link)) {
                match link.judge(wanted.params) {
                    look @ Look::Link(_) => return look,
                    Look::End => found = Look::End,
                    Look::Absent => {}
                }
                if wanted.params.is_empty() {
                    return found;
                }
            }
        }
        found
    };
    match find(&|link| link.has(wanted.rel)) {
        Look::Absent if wanted.rel == "next" => find(&|link| link.means_next()),
        look => look,
    }
}

/// The address that a header holds without the marks of a link.
pub(super) fn bare(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).trim().to_owned();
    (!value.starts_with('<')).then_some(value)
}

/// A link of a header.
struct LinkValue<'a> {
    target: &'a str,
    /// Its relations, with spaces between them.
    rels: Option<String>,
    has_anchor: bool,
    /// What else is said of it.
    params: Vec<(&'a str, String)>,
}

impl LinkValue<'_> {
    fn has(&self, rel: &str) -> bool {
        // `links_next_key` may name what is written as one: dlt compares the whole text.
        let rels = self.rels.as_deref().unwrap_or_default();
        let mut each = rels.split_ascii_whitespace();
        !self.has_anchor && (rels == rel || each.any(|each| each.eq_ignore_ascii_case(rel)))
    }

    /// Whether it leads to results, and has the parameters that it must have. Sentry's API says
    /// `results="false"` on its last page and behind it.
    fn judge(&self, wanted: &[(Str, Str)]) -> Look {
        let value = |name: &str| {
            let mut params = self.params.iter();
            params.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        };
        let is_said = wanted.iter().any(|(name, _)| name.eq_ignore_ascii_case("results"));
        if !is_said && value("results").is_some_and(|value| value.eq_ignore_ascii_case("false")) {
            return Look::End;
        }
        let mut has_all = true;
        for (name, wanted) in wanted {
            match value(name) {
                Some(value) if *value == **wanted => {}
                Some(_) => return Look::End,
                None => has_all = false,
            }
        }
        if has_all { Look::Link(self.target.to_owned()) } else { Look::Absent }
    }

    /// Whether one of its relations can only mean `next`.
    fn means_next(&self) -> bool {
        let rels = self.rels.as_deref().unwrap_or_default();
        !self.has_anchor
            && rels.split_ascii_whitespace().any(|rel| {
                let name = rel.rsplit(['/', ':', '#']).next().unwrap_or(rel);
                matches!(&*normalized(name), "next" | "nextpage" | "nextlink" | "nexturl")
            })
    }
}

/// The links of a header, by the algorithm of RFC 8288, appendix B.2: what is no link ends it.
struct Links<'a>(&'a str);

impl<'a> Iterator for Links<'a> {
    type Item = LinkValue<'a>;

    fn next(&mut self) -> Option<LinkValue<'a>> {
        let is_between = |c: char| c == ',' || c.is_ascii_whitespace();
        let rest = self.0.trim_start_matches(is_between).strip_prefix('<')?;
        let (target, rest) = rest.split_once('>')?;
        self.0 = rest;
        let mut link =
            LinkValue { target: target.trim(), rels: None, has_anchor: false, params: Vec::new() };
        while let Some((name, value)) = self.param() {
            // The first `rel` counts (RFC 8288, section 3.3).
            if name.eq_ignore_ascii_case("rel") {
                link.rels.get_or_insert(value);
            } else if name.eq_ignore_ascii_case("anchor") {
                link.has_anchor = true;
            } else {
                link.params.push((name, value));
            }
        }
        Some(link)
    }
}

impl<'a> Links<'a> {
    /// The next parameter of a link: `; rel="next"`.
    fn param(&mut self) -> Option<(&'a str, String)> {
        let rest = self.0.trim_ascii_start().strip_prefix(';')?.trim_ascii_start();
        let end = rest.find(['=', ';', ',']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        self.0 = rest;
        let Some(value) = rest.strip_prefix('=') else { return Some((name.trim(), String::new())) };
        let value = value.trim_ascii_start();
        let Some(quoted) = value.strip_prefix('"') else {
            let (value, rest) = value.split_at(value.find([';', ',']).unwrap_or(value.len()));
            self.0 = rest;
            return Some((name.trim(), value.trim().to_owned()));
        };
        let (mut text, mut is_escaped, mut end) = (String::new(), false, quoted.len());
        for (at, c) in quoted.char_indices() {
            match c {
                '"' if !is_escaped => {
                    end = at + 1;
                    break;
                }
                '\\' if !is_escaped => is_escaped = true,
                c => {
                    is_escaped = false;
                    text.push(c);
                }
            }
        }
        self.0 = &quoted[end..];
        // What stands between the quotes and the next mark belongs to nothing.
        let garbage = self.0.find([';', ',']).unwrap_or(self.0.len());
        self.0 = &self.0[garbage..];
        Some((name.trim(), text))
    }
}

#[cfg(test)]
mod tests {
    use super::Links;

    /// Whatever a header holds, it is read to an end, and its targets are parts of it.
    #[test]
    fn any_header_is_read() {
        let mut random = fastrand::Rng::with_seed(8288);
        let parts = ["<", ">", ";", ",", "\"", "\\", "=", "rel", "next", " ", "/a?b=1", "é", "*"];
        for _ in 0..20_000 {
            let length = random.usize(0..14);
            let header: String = (0..length).map(|_| parts[random.usize(..parts.len())]).collect();
            for link in Links(&header) {
                assert!(header.contains(link.target), "{header}");
            }
        }
    }

    /// What is written by the rules is read as it was meant.
    #[test]
    fn what_is_written_is_read() {
        let mut random = fastrand::Rng::with_seed(5988);
        let targets = ["/a?b=1,2;c", "", "https://x.example/?q=\"a\"", "?page=2"];
        let rels = ["next", "prev", "next last", "a;b,c", "\"<>\\", "é"];
        for _ in 0..2_000 {
            let (mut header, mut written) = (String::new(), Vec::new());
            for _ in 0..random.usize(1..5) {
                let target = targets[random.usize(..targets.len())];
                let rel = rels[random.usize(..rels.len())];
                let escaped = rel.replace('\\', "\\\\").replace('"', "\\\"");
                let space = [" ", "", "\t"][random.usize(..3)];
                let title = ["", "; title=\"a, <b>; rel=no\"", ";flag"][random.usize(..3)];
                header.extend([space, "<", target, ">", space, title, ";", space]);
                header.extend(["rel=\"", &escaped, "\"", space, ","]);
                written.push((target.to_owned(), rel.to_owned()));
            }
            let read: Vec<(String, String)> = Links(&header)
                .map(|link| (link.target.to_owned(), link.rels.unwrap_or_default()))
                .collect();
            assert_eq!(read, written, "{header}");
        }
    }
}
