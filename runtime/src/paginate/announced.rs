//! What responses say of how many records or pages there are, where the paginator counts neither: links
//! and page cursors end where nothing leads on, and a total shows whether all has come.

use memchr::memmem;

use super::{
    Halt,
    detect::{self, Announcement},
    fingerprint::{braces, braces_of_each},
    kind::Kind,
    observed::Observed,
    page::Page,
    place::find,
    total_at::{HeaderTotal, TotalAt, header_name, header_total},
};
use crate::{
    decode::{Json, count::read},
    error::Reason,
    http::inputs::Inputs,
    plan::{self, JsonPath, ResourcePlan, Segment, Selector},
};

/// What a first response has said of how many there are, and how many have come since.
#[derive(Clone)]
pub(super) struct Announced {
    total: Stated,
    known: Vec<Announcement>,
    /// By what pages are counted that are as long as the first one.
    like_first: Option<LikeFirst>,
    records: u64,
    pages: u64,
    /// How many records were still to come where an interrupted fetch is resumed.
    left: Option<u64>,
}

/// Where the file says that a total is.
#[derive(Clone)]
enum Stated {
    /// Nowhere: it may be detected.
    Detected,
    /// There is none.
    None,
    At(TotalAt),
}

/// By what a page is known to have as many records as the first one, so that it need not be read to be
/// counted, which would cost half as much as decoding it.
#[derive(Clone)]
struct LikeFirst {
    sign: Sign,
    /// How often the first page has it.
    count: usize,
    records: u64,
}

/// What each record of the first page has equally often.
#[derive(Clone)]
enum Sign {
    /// The braces of the objects that it is and that are in it.
    Braces,
    /// The text that it begins with, up to its first colon: once.
    Beginning(String),
}

impl Sign {
    fn count(&self, text: &str) -> usize {
        match self {
            Sign::Braces => braces(text),
            Sign::Beginning(beginning) => {
                memmem::find_iter(text.as_bytes(), beginning.as_bytes()).count()
            }
        }
    }
}

impl LikeFirst {
    /// `None` if something else on the page looks like a record.
    fn of(page: &Page<'_>) -> Result<Option<LikeFirst>, Halt> {
        let records = page.records()?;
        let Some(first) = records.first().map(|first| first.get()) else { return Ok(None) };
        let Some((beginning, _)) = first.split_once(':').filter(|_| first.starts_with('{')) else {
            return Ok(None);
        };
        let sign = match braces_of_each(records) {
            Some(_) => Sign::Braces,
            None => Sign::Beginning(beginning.to_owned()),
        };
        let like =
            LikeFirst { count: sign.count(page.body()), records: records.len() as u64, sign };
        let is_clear = matches!(like.sign, Sign::Braces) || like.count == records.len();
        Ok(is_clear.then_some(like))
    }

    fn is_like(&self, page: &Page<'_>) -> bool {
        self.sign.count(page.body()) == self.count
    }
}

impl Announced {
    /// The error says why the header of the total is none.
    pub(super) fn new(total: &plan::Total, inputs: &Inputs) -> Result<Announced, Reason> {
        let total = match total {
            plan::Total::Detected => Stated::Detected,
            plan::Total::None => Stated::None,
            plan::Total::At(path) => Stated::At(TotalAt::Body(path.clone())),
            plan::Total::Header(header) => {
                Stated::At(TotalAt::Header(header_name(&inputs.name(header)?)?))
            }
        };
        let (known, like_first) = (Vec::new(), None);
        Ok(Announced { total, known, like_first, records: 0, pages: 0, left: None })
    }

    /// Whether the file says that there is no total.
    fn is_none(&self) -> bool {
        matches!(self.total, Stated::None)
    }

    /// Looks at a page of such a paginator, or of one that counts and has no total, where the file ignores
    /// responses: one of them must not end the pages below a total that a header has said. Only where the
    /// first page has said how many there are, the records of others are counted.
    pub(super) fn look(
        &mut self,
        page: &Page<'_>,
        kind: &dyn Kind,
        plan: &ResourcePlan,
        observed: &Observed,
    ) -> Result<(), Halt> {
        if self.is_none() || page.is_resumed && self.left.is_none() {
            return Ok(());
        }
        self.pages += 1;
        if page.is_first() && kind.follows() {
            self.known = self.announced(page, plan, observed)?;
        } else if page.is_first() && may_be_ignored(kind, plan) && has_total(page) {
            self.known = detect::announced(page.shown(&plan.name)?);
            self.known.retain(Announcement::is_of_header);
        }
        if self.known.is_empty() && self.left.is_none() {
            return Ok(());
        }
        let count = match &self.like_first {
            Some(like) if like.is_like(page) => like.records,
            _ => page.count()?,
        };
        self.records = self.records.saturating_add(count);
        if self.pages == 1 && kind.follows() {
            self.like_first = LikeFirst::of(page)?;
        }
        Ok(())
    }

    /// How many records are still to come by the smallest number that the first page has said of them, for
    /// a fetch that is resumed behind this page.
    pub(super) fn left(&self) -> Option<u64> {
        let known = self.known.iter().filter(|known| known.is_clear && !known.is_of_pages);
        let number = known.map(|known| known.number).min().or(self.left)?;
        Some(number.saturating_sub(self.records))
    }

    /// Resumes where so many records were still to come.
    pub(super) fn resume(&mut self, left: u64) {
        self.left = Some(left);
    }

    /// What a first page says. A number that is not larger than that of its own records may be theirs.
    fn announced(
        &mut self,
        page: &Page<'_>,
        plan: &ResourcePlan,
        observed: &Observed,
    ) -> Result<Vec<Announcement>, Halt> {
        if page.response.has_no_content() || page.response.is_left_out || !is_list(page.selector) {
            return Ok(Vec::new());
        }
        let Stated::At(at) = &mut self.total else {
            if plan.parent.is_some() && page.is_quiet(&plan.name, observed)? {
                return Ok(Vec::new());
            }
            return Ok(detect::announced(page.shown(&plan.name)?));
        };
        let (number, found) = match at {
            TotalAt::Body(path) => {
                let found = find(path, page, "total_path")?;
                let number = found.and_then(|found| match Json::read(found)? {
                    Json::Number(number) => read(number),
                    Json::Text(text) => read(text.trim()),
                    _ => None,
                });
                (number, found.map(str::to_owned))
            }
            TotalAt::Header(name) => match header_total(page.response.headers, name) {
                Some(HeaderTotal::Other(value)) => (None, Some(value)),
                Some(HeaderTotal::Unknown) => return Ok(Vec::new()),
                Some(HeaderTotal::Known(number)) => (Some(number), None),
                None => (None, None),
            },
        };
        let Some(number) = number else {
            if page.is_empty()? {
                return Ok(Vec::new());
            }
            return Err(Halt::misread(
                format!(
                    "there is no whole number at `{at}`, where the total is; if the API sends none, \
                     leave `{}` out",
                    if matches!(at, TotalAt::Body(_)) { "total_path" } else { "total_header" }
                ),
                found,
            ));
        };
        Ok(vec![Announcement::of_records(at.clone(), number)])
    }

    /// What is missing where the pages end: the smallest number that the first page and the last one, if
    /// that has come, have said is larger than what has come.
    pub(super) fn missing(&self, last: Option<&Page<'_>>) -> Result<Option<String>, Halt> {
        if let Some(left) = self.left.filter(|left| *left > self.records) {
            let came = self.records;
            return Ok(Some(format!(
                "the first page says that {left} more records were to come when the fetch was interrupted, \
                 but {came} had come"
            )));
        }
        for announcement in self.known.iter().filter(|known| known.is_clear || self.pages > 1) {
            let (came, what) = if announcement.is_of_pages {
                (self.pages, "pages")
            } else {
                (self.records, "records")
            };
            // Records that are gone meanwhile, or that have come, are none that are missing.
            let last = last.map(|last| announcement.again(last.response)).transpose()?.flatten();
            let number = last.map_or(announcement.number, |last| last.min(announcement.number));
            if number > came {
                let place = announcement.place();
                return Ok(Some(format!(
                    "{place} says that there are {number} {what}, but {came} had come"
                )));
            }
        }
        Ok(None)
    }
}

/// Whether an ignored response may be the only thing that ends pages which are counted.
fn may_be_ignored(kind: &dyn Kind, plan: &ResourcePlan) -> bool {
    let ignores = |rule: &plan::ResponseAction| rule.action == plan::Action::Ignore;
    kind.counts().is_some()
        && kind.total().is_none()
        && plan.endpoint.response_actions.iter().any(ignores)
}

/// Whether a header may say how many there are.
fn has_total(page: &Page<'_>) -> bool {
    let mut names = page.response.headers.keys();
    names.any(|name| ["total", "count", "pages"].iter().any(|word| name.as_str().contains(word)))
}

/// Whether a selector leads to one list, so that its elements are what a total counts.
fn is_list(selector: &Selector) -> bool {
    match selector {
        Selector::Keys(_) => true,
        Selector::JsonPath(JsonPath { segments, .. }) => {
            segments.len() <= detect::leading(segments).len() + 1
                && !matches!(segments.last(), Some(Segment::Descendants(_)))
        }
    }
}
