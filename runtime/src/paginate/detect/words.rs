//! What the keys of responses and requests mean, by their words: without case and punctuation.

use serde_json::{Map, Value};

use crate::{
    decode::{normalized as word, truth},
    plan::{Choice, Segment, Step},
};

const TOTAL_PAGES: &[&str] = &[
    "totalpages",
    "totalpage",
    "pagecount",
    "pagescount",
    "numpages",
    "nbpages",
    "npages",
    "numberofpages",
    "pagestotal",
    "pagetotal",
    "totalpagecount",
    "totalnumpages",
    "pages",
    "lastpage",
    "lastpagenumber",
    "maxpage",
    "maxpages",
    "chunks",
    "totalchunks",
    "chunkcount",
    "totalbatches",
    "batchcount",
];
/// Those of them that mean something else where no page number is beside them.
const DOUBTFUL_PAGES: &[&str] = &["pages", "lastpage", "maxpage", "maxpages", "chunks"];
const PAGE: &[&str] = &[
    "page",
    "currentpage",
    "curpage",
    "thispage",
    "pagenumber",
    "pageno",
    "pagenum",
    "pagenr",
    "pageindex",
    "currentpagenumber",
];
/// What may be called so, where it is beside a page size or a number of pages.
const DOUBTFUL_PAGE: &[&str] = &["number", "current", "index"];
const OFFSET: &[&str] = &["offset", "skip", "startat", "startindex", "pageoffset", "recordoffset"];
const DOUBTFUL_OFFSET: &[&str] = &["start", "from"];
const SIZE: &[&str] = &[
    "limit",
    "count",
    "size",
    "perpage",
    "pagesize",
    "pagelimit",
    "pagelen",
    "itemsperpage",
    "resultsperpage",
    "recordsperpage",
    "hitsperpage",
    "maxresults",
    "maxitems",
    "maxrecords",
    "rows",
    "top",
    "take",
    "first",
    "num",
];
/// Those of them that may be how many records came.
const DOUBTFUL_SIZE: &[&str] = &["count", "size", "rows", "first", "num"];
/// The ends of names of page sizes, which some APIs begin with a word of their own: `aplimit`.
const SIZE_ENDS: &[&str] = &[
    "limit", "perpage", "size", "length", "results", "records", "entries", "items", "keys", "hits",
];
/// Names of page sizes in requests, which mean something else in responses. Kaminari, a paginator of Ruby on
/// Rails, calls it `per`.
const ASKED_SIZE: &[&str] = &["per", "pp", "n", "max", "length", "quantity", "display"];
const HAS_MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "more",
    "moreitems",
    "hasmoreitems",
    "morerecords",
    "hasmorerecords",
    "moreresults",
    "hasmoreresults",
    "moredata",
    "hasmoredata",
    "morepages",
    "hasmorepages",
    "moreavailable",
    "hasadditional",
    "hasadditionalresults",
    "moreitemsincollection",
    "exceededtransferlimit",
    "istruncated",
    "truncated",
    "ispartial",
    "partial",
    "ismore",
    "incomplete",
    "isincomplete",
    "nextpageexists",
    "nextpageavailable",
    "isnextpageavailable",
    "next",
    "nextpage",
];
const IS_LAST: &[&str] = &[
    "last",
    "islast",
    "islastpage",
    "lastpage",
    "done",
    "isdone",
    "finished",
    "isfinished",
    "complete",
    "iscomplete",
    "exhausted",
    "end",
    "isend",
    "eof",
    "endofrecords",
    "endofresults",
    "endoflist",
    "endofstream",
    "isendofstream",
    "lastbatch",
    "islastbatch",
    "isfinal",
    "isfinalpage",
    "nomore",
];
/// What may follow `next` in a key that is about the next page.
const NEXT: &[&str] = &[
    "page", "token", "cursor", "link", "url", "uri", "href", "key", "id", "offset", "start",
    "marker", "skip", "bookmark", "record", "result", "batch", "position", "index", "set", "from",
    "continu", "item", "chunk", "after", "query", "path",
];
/// With these it is about something else: when to come again, and where changes are.
const NOT_NEXT: &[&str] = &[
    "sync", "delta", "poll", "update", "refresh", "reset", "run", "date", "time", "retry", "due",
    "payment", "invoice",
];
/// Words for page cursors that do not say `next`.
const CURSORS: &[&str] = &[
    "cursor",
    "pagecursor",
    "endcursor",
    "aftercursor",
    "cursorafter",
    "continuationtoken",
    "continuation",
    "continue",
    "querycontinue",
    "mscontinuation",
    "mscontinuationtoken",
    "pagetoken",
    "paginationtoken",
    "pagingtoken",
    "resumptiontoken",
    "marker",
    "bookmark",
    "scrollid",
    "searchafter",
    "startingafter",
    "lastevaluatedkey",
    "exclusivestartkey",
];
const TOTAL_NOUNS: &[&str] = &[
    "items",
    "item",
    "results",
    "result",
    "records",
    "record",
    "elements",
    "element",
    "hits",
    "hit",
    "entries",
    "entry",
    "rows",
    "row",
    "objects",
    "object",
    "matches",
    "match",
    "documents",
    "docs",
    "resources",
    "resource",
    "values",
    "data",
    "all",
    "available",
    "filtered",
    "found",
    "matched",
    "full",
    "list",
    "collection",
];
const TOTAL_COUNTS: &[&str] =
    &["count", "counts", "cnt", "number", "num", "nb", "of", "size", "odata", "hydra"];
/// How many of them there are: `resultsAvailable`, `recordsFiltered`.
const TOTAL_STATES: &[&str] = &["available", "found", "matched", "matching", "filtered"];
/// What may be the number of all records, if nothing says it more clearly.
const DOUBTFUL_TOTAL: &[&str] = &[
    "count",
    "cnt",
    "found",
    "matches",
    "hits",
    "records",
    "results",
    "items",
    "documents",
    "elements",
    "entries",
    "objects",
    "inlinecount",
    "odatacount",
    "of",
    "outof",
];
/// Parameters that send page cursors, where a request has them already.
const SENT_CURSORS: &[&str] = &[
    "cursor",
    "after",
    "pagetoken",
    "startingafter",
    "startcursor",
    "bookmark",
    "marker",
    "continuationtoken",
    "searchafter",
    "exclusivestartkey",
    "nexttoken",
    "paginationtoken",
    "pagecursor",
    "pageafter",
    "cursormark",
];
/// What tells a thing itself from a list of things.
const IDENTITIES: &[&str] = &["id", "uuid", "guid"];

/// What records of these names are called in names of totals: `payments`, `payment`.
pub(super) fn nouns<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut nouns: Vec<String> = names.into_iter().map(word).collect();
    let singular: Vec<String> =
        nouns.iter().filter_map(|noun| noun.strip_suffix('s').map(str::to_owned)).collect();
    nouns.extend(singular);
    nouns.retain(|noun| noun.len() > 2 && !matches!(noun.as_str(), "page" | "pages"));
    nouns
}

/// The keys that a path begins with, before it may lead to several places.
pub(super) fn leading_keys(segments: &[Segment]) -> Vec<&str> {
    let mut keys = Vec::new();
    for segment in segments {
        let Segment::Children(choices) = segment else { break };
        let [Choice::One(Step::Name(name))] = &**choices else { break };
        keys.push(&**name);
    }
    keys
}

/// What is at the end of a path of keys.
pub(super) fn at<'a>(body: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().try_fold(body, |value, key| value.get(key))
}

pub(super) fn has_identity(members: &Map<String, Value>) -> bool {
    // The `id` of JSON-RPC is that of the request.
    !members.contains_key("jsonrpc")
        && members.iter().any(|(key, value)| {
            IDENTITIES.contains(&word(key).as_str()) && (value.is_string() || value.is_number())
        })
}

/// Whether a number of this word is about pages, and as a field of a record is rare.
pub(super) fn is_clear_page(word: &str) -> bool {
    let is_of_page = word.contains("page") && (is_page(word) || is_size(word)) && word != "page";
    is_of_page
        || is_total_pages(word) && word.contains("total")
        || matches!(word, "nbpages" | "maxresults" | "startat" | "startindex")
}

pub(super) fn is_total_pages(word: &str) -> bool {
    TOTAL_PAGES.contains(&word)
}

/// Whether it is the number of the last page, which is not always how many there are.
pub(super) fn is_last_page(word: &str) -> bool {
    matches!(word, "lastpage" | "lastpagenumber" | "maxpage")
}

pub(super) fn is_doubtful_pages(word: &str) -> bool {
    DOUBTFUL_PAGES.contains(&word)
}

pub(super) fn is_page(word: &str) -> bool {
    PAGE.contains(&word)
}

pub(super) fn may_be_page(word: &str) -> bool {
    is_page(word) || DOUBTFUL_PAGE.contains(&word)
}

pub(super) fn is_offset(word: &str) -> bool {
    OFFSET.contains(&word)
}

pub(super) fn may_be_offset(word: &str) -> bool {
    is_offset(word) || DOUBTFUL_OFFSET.contains(&word)
}

/// Whether a number is the place of a record, and not a moment in seconds.
pub(super) fn is_place(number: Option<u64>) -> bool {
    number.is_none_or(|number| number < 100_000_000)
}

pub(super) fn is_size(word: &str) -> bool {
    SIZE.contains(&word)
}

/// Whether it is how many records a page may have, and not how many came.
pub(super) fn is_clear_size(word: &str) -> bool {
    is_size(word) && !DOUBTFUL_SIZE.contains(&word)
}

/// Whether a text of this word says which records came: `0-4/12`.
pub(super) fn is_range(word: &str) -> bool {
    matches!(word, "contentrange" | "range" | "itemrange" | "itemsrange" | "resultrange")
}

/// Whether a parameter of this word sends the page size.
pub(super) fn asks_size(word: &str) -> bool {
    is_size(word) || ASKED_SIZE.contains(&word) || SIZE_ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether a word is that of the number of all records.
pub(super) fn is_total_word(word: &str, nouns: &[String]) -> bool {
    match word.split_once("total") {
        Some((before, after)) => consists(&format!("{before}{after}"), nouns),
        None => {
            let counts = TOTAL_COUNTS.iter().any(|count| word.contains(count));
            let is_alone = matches!(word, "count" | "cnt");
            let of_state = TOTAL_STATES.iter().filter_map(|state| word.strip_suffix(state));
            counts && !is_alone && has_noun(word, nouns) && consists(word, nouns)
                || of_state.into_iter().any(|noun| has_noun(noun, nouns) && consists(noun, nouns))
        }
    }
}

/// Whether a total is called as those of records are not, and as a field of a record hardly is.
pub(super) fn is_clear_total(word: &str) -> bool {
    word.contains("total") && word != "total"
        || ["result", "hit", "match", "found"].iter().any(|noun| word.contains(noun))
}

/// Whether a word is about pages, and not about records.
pub(super) fn is_paging(word: &str) -> bool {
    is_page(word)
        || may_be_offset(word)
        || is_size(word)
        || is_total_pages(word)
        || is_next_word(word)
        || is_has_more(word)
        || is_last(word)
        || CURSORS.contains(&word)
        || matches!(word, "before" | "after" | "prev" | "previous" | "to")
}

pub(super) fn may_be_total(word: &str) -> bool {
    DOUBTFUL_TOTAL.contains(&word)
}

fn has_noun(word: &str, nouns: &[String]) -> bool {
    TOTAL_NOUNS.iter().any(|noun| word.contains(noun))
        || nouns.iter().any(|noun| word.contains(noun))
}

/// Whether a word has no other parts than those of counts and of what is counted.
fn consists(word: &str, nouns: &[String]) -> bool {
    let nouns = nouns.iter().map(String::as_str);
    word.is_empty()
        || TOTAL_NOUNS
            .iter()
            .chain(TOTAL_COUNTS)
            .copied()
            .chain(nouns.clone())
            .filter_map(|part| word.strip_prefix(part))
            .any(|rest| consists(rest, &nouns.clone().map(str::to_owned).collect::<Vec<_>>()))
}

/// Whether a number of this word is that of the records that are still to come.
pub(super) fn is_remaining_word(word: &str) -> bool {
    let rest = word.strip_prefix("remaining").or(word.strip_suffix("remaining"));
    // What is just called `left` is a place.
    let left = word.strip_suffix("left").filter(|rest| !rest.is_empty());
    let is_of_pages = |rest: &str| matches!(rest, "page" | "pages");
    let mut rests = rest.into_iter().chain(left);
    rests.any(|rest| is_of_pages(rest) || consists(rest, &[]))
}

/// Whether a key asks a question: `has_more`, `is_last`, `more`, `truncated`, `done`.
fn is_question(word: &str) -> bool {
    ["has", "is", "more"].iter().any(|begin| word.starts_with(begin))
        || matches!(word, "truncated" | "done" | "finished" | "exhausted" | "nomore")
}

/// What a value of this word says, if it says whether there are more.
pub(super) fn says_more(word: &str, value: &Value) -> Option<bool> {
    let value = match value {
        Value::Bool(value) => *value,
        // Of what is just called `next` or `last`, a number or a letter is that of a page.
        Value::String(text) => truth(text).filter(|_| is_question(word) || text.len() > 3)?,
        Value::Number(number) if is_question(word) => truth(&number.to_string())?,
        _ => return None,
    };
    if is_has_more(word) {
        Some(value)
    } else if is_last(word) {
        Some(!value)
    } else {
        None
    }
}

/// Whether a flag is about pages, and not about what a record is: `done`, `truncated`.
pub(super) fn is_clear_flag(word: &str) -> bool {
    let is_of_more = word.starts_with("has") || word.starts_with("more") && word != "more";
    is_of_more
        || matches!(
            word,
            "exceededtransferlimit"
                | "istruncated"
                | "islast"
                | "islastpage"
                | "endofrecords"
                | "endofresults"
                | "endoflist"
                | "endofstream"
        )
}

/// Whether a flag is true where there are more, and not where the last page is.
pub(super) fn is_has_more(word: &str) -> bool {
    HAS_MORE.contains(&word)
        || ["hasmore", "hasadditional", "hasnext"].iter().any(|begin| word.starts_with(begin))
        || word.starts_with("more") && word.ends_with("available")
        || word.ends_with("truncated")
}

/// Whether a flag is true where the last page is: also `endOfData`, `allLoaded`.
fn is_last(word: &str) -> bool {
    IS_LAST.contains(&word)
        || word.starts_with("endof")
        || matches!(word, "allloaded" | "allfetched" | "allreturned" | "allrecordsreturned")
}

/// Whether a word is about the next page.
pub(super) fn is_next_word(word: &str) -> bool {
    let is_about = |rest: &str| {
        rest.is_empty()
            || NEXT.iter().any(|part| rest.contains(part))
                && !NOT_NEXT.iter().any(|part| rest.contains(part))
    };
    word.strip_prefix("next").is_some_and(is_about)
        || ["nextlink", "nexturl", "nextpage", "nextpageurl", "nexttoken", "nextcursor"]
            .iter()
            .any(|end| word.ends_with(end))
        // Beside `before_url`.
        || matches!(word, "afterurl" | "afterlink" | "afteruri")
}

/// Whether a word is that of a page cursor although it does not say `next`, and is not among those that records
/// have as well.
pub(super) fn is_cursor_word(word: &str) -> bool {
    CURSORS.contains(&word)
}

/// Whether what leads to the next page is called as no field of a record is.
pub(super) fn is_clear_next(word: &str) -> bool {
    let ends = ["token", "cursor", "page", "link", "url", "uri", "href", "offset", "scrollid"];
    word == "lastevaluatedkey"
        || ends.iter().any(|end| word.ends_with(end)) && !matches!(word, "cursor" | "pagecursor")
}

/// Whether a parameter of this word sends a page cursor.
pub(super) fn sends_cursor(word: &str) -> bool {
    SENT_CURSORS.contains(&word)
}
