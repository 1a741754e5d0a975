//! What the keys of envelopes mean, beside those for pages.

use serde_json::{Map, Value};

use crate::{
    decode::is_of_outcome,
    paginate::detect::fact::{number, word},
};

/// What stands in responses beside records and paging, with what reports of errors have.
const STATUS: &[&str] = &[
    "status",
    "message",
    "msg",
    "warning",
    "warnings",
    "took",
    "timedout",
    "maxscore",
    "time",
    "timestamp",
    "elapsed",
    "processingtimems",
    "qtime",
    "version",
    "apiversion",
    "jsonrpc",
    "resourceversion",
    "object",
    "kind",
    "type",
    "self",
    "selflink",
    "href",
    "url",
    "uri",
    "path",
    "requestid",
    "sort",
    "order",
    "query",
    "params",
    "facets",
    "range",
    "relation",
    "empty",
    "numfoundexact",
    "lastupdated",
    "beforecursor",
    "quotamax",
    "quotaremaining",
    "backoff",
];

/// Objects in which nothing is of records.
pub(super) const ASIDE: &[&str] = &[
    "extensions",
    "responseheader",
    "shards",
    "params",
    "jsonapi",
    "request",
    "facets",
    "aggregations",
    "sort",
    "status",
];

/// Objects of links.
pub(super) const LINKS: &[&str] = &["links", "link"];

/// Objects around records, or around what is said of pages.
pub(super) const AROUND: &[&str] = &[
    "data",
    "d",
    "result",
    "response",
    "queryresponse",
    "body",
    "payload",
    "embedded",
    "meta",
    "metadata",
    "responsemetadata",
    "info",
    "sys",
    "pageable",
    "cursors",
    "searchinformation",
    "totals",
];

/// Whether an object of this word is around what is said of pages.
pub(in crate::paginate::detect) fn is_around_pages(word: &str) -> bool {
    AROUND.contains(&word) || is_page_object(word)
}

/// Lists that have no such name in [`super::records`], where they are `null`.
pub(super) const LISTS: &[&str] =
    &["nodes", "edges", "entry", "member", "members", "children", "matches"];

/// What stands beside lists and nowhere else.
pub(super) const OF_LISTS: &[&str] =
    &["majordimension", "responseaggregationtype", "fieldmask", "nextsynctoken"];

/// Flags that have other words as well.
pub(super) const FLAGS: &[&str] = &["incompleteresults", "incompletesearch"];

/// Numbers of records that are none of all records, or not exact.
pub(super) const COUNTS: &[&str] = &["resultsizeestimate", "scannedcount", "odatacount"];

/// What of the words for pages may be a field of a record, unless there is a clearer one beside it.
pub(super) const DOUBTFUL: &[&str] = &[
    "number", "current", "index", "start", "from", "to", "first", "last", "end", "top", "num",
    "length", "rows", "take",
];

/// Whether an object calls itself a list so clearly that its `id` is that of the list.
pub(in crate::paginate::detect) fn names_list(members: &Map<String, Value>) -> bool {
    members.iter().any(|(key, value)| {
        let Some(kind) = value.as_str() else { return false };
        match key.as_str() {
            "kind" => kind.contains('#') && list(key, kind) == Some(true),
            "resourceType" => kind == "Bundle",
            "@type" => kind.ends_with("Collection"),
            _ => false,
        }
    })
}

/// Whether a text says that an object is a list; `Some(false)` if records may say the same.
pub(super) fn list(key: &str, kind: &str) -> Option<bool> {
    let is_list = |ends: &[&str]| ends.iter().any(|end| kind.ends_with(end));
    match key {
        // `drive#fileList`, `calendar#events`; of Kubernetes `PodList`.
        "kind" if is_list(&["List", "ListResponse"]) => Some(true),
        "kind" => kind.contains('#').then_some(false),
        "resourceType" => (kind == "Bundle").then_some(true),
        "object" | "_type" if matches!(word(kind).as_str(), "list" | "collection") => Some(true),
        "type" => matches!(kind, "list" | "collection" | "Array" | "searchset").then_some(false),
        "@type" | "__typename" => is_list(&["Collection", "Connection"]).then_some(true),
        // An entity or a single value says so at the end (OData 4, part 1, section 10).
        "@odata.context" | "odata.metadata" => {
            let set = kind.split_once('#')?.1;
            (!set.contains('/') && !set.is_empty()).then_some(false)
        }
        _ => None,
    }
}

/// Whether an object is called by what is said of pages: `page`, `pagination`, `pageInfo`.
pub(in crate::paginate::detect) fn is_page_object(word: &str) -> bool {
    word.starts_with("pag") || word.ends_with("pagination") || word.ends_with("paging")
}

/// A number, as such or as text, or nothing in its place.
pub(super) fn is_count(value: &Value) -> bool {
    value.is_null() || value.is_boolean() || number(value).is_some()
}

/// Whether a flag or a code says that all went well, which a record says of itself in other words.
pub(super) fn says_success(word: &str, value: &Value) -> bool {
    is_of_outcome(word) && (*value == true || matches!(number(value), Some(0 | 200)))
}

/// Whether a member is neither of records nor of pages.
pub(super) fn is_aside(word: &str, value: &Value) -> bool {
    let is_link = |text: &str| text.starts_with("http") || text.starts_with(['/', '?']);
    STATUS.contains(&word)
        || is_of_outcome(word)
        || word.starts_with("prev")
        || word.ends_with("etag")
        || word.starts_with("odata")
        // What gets here has an `id` only if that is the list's.
        || word == "id"
        || matches!(word, "first" | "last" | "context")
            && (value.is_null() || value.as_str().is_some_and(is_link))
}
