//! «Did you mean»: what was probably meant, and what is accepted.

/// What other tools call a thing that has another name here, folded; most of it is what people wrote
/// into real descriptions. A word can mean several things, of which one is among the candidates.
const OTHER_NAMES: [(&str, &[&str]); 33] = [
    // Data types.
    ("text", &["string", "str", "varchar", "uuid"]),
    ("bigint", &["int", "integer", "int64", "long"]),
    ("double", &["float", "float64", "number"]),
    ("bool", &["boolean"]),
    ("timestamp", &["datetime"]),
    ("decimal", &["numeric"]),
    ("json", &["object", "array", "list", "complex"]),
    ("binary", &["bytes", "blob"]),
    // Kinds of authentication.
    ("oauth2_client_credentials", &["oauth2", "oauth", "oauth2client", "clientcredentials"]),
    ("oauth2_refresh_token", &["oauth2", "oauth", "refreshtoken"]),
    ("http_basic", &["basic", "basicauth", "httpbasicauth", "password"]),
    ("bearer", &["token", "jwt", "bearertoken", "bearerauth", "accesstoken"]),
    // Paginators.
    ("page_number", &["page", "pages", "pagenumberpaginator"]),
    ("header_link", &["link", "linkheader", "headerlinkpaginator"]),
    ("json_link", &["nextlink", "nexturl", "jsonlinkpaginator"]),
    // Keys.
    ("data_type", &["type"]),
    ("description", &["doc", "docs", "comment", "title"]),
    ("base_url", &["url", "host", "server"]),
    ("data_selector", &["datapath", "recordpath", "recordspath", "records", "data"]),
    ("paginator", &["pagination", "paging"]),
    ("params", &["parameters", "query", "queries", "queryparams", "queryparameters"]),
    ("method", &["verb", "httpmethod"]),
    ("json", &["body", "payload", "requestbody"]),
    ("name", &["headername", "keyname", "paramname"]),
    ("location", &["in"]),
    ("access_token_url", &["tokenurl", "tokenendpoint"]),
    ("limit", &["pagesize", "defaultpagesize", "perpage", "size"]),
    ("limit_param", &["pagesizeparam", "perpageparam", "sizeparam"]),
    ("next_url_path", &["nexturl", "nextlink", "nextpath"]),
    ("status_code", &["status", "code", "statuscodes", "httpstatus"]),
    // Dispositions and contracts.
    ("freeze", &["frozen", "strict"]),
    ("merge", &["upsert"]),
    ("replace", &["overwrite", "truncate"]),
];

/// How many names are compared with a wrong one, so that thousands of both cost no minutes.
const MOST_CANDIDATES: usize = 1_000;

/// The candidate that comes closest to `word`, if one is close enough to have been meant.
pub fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let folded = fold(word);
    let synonyms = OTHER_NAMES.iter().filter(|(_, others)| others.contains(&folded.as_str()));
    for (name, _) in synonyms {
        if let Some(candidate) = candidates.clone().into_iter().find(|candidate| candidate == name)
        {
            return Some(candidate);
        }
    }
    let length = folded.chars().count();
    candidates
        .into_iter()
        .take(MOST_CANDIDATES)
        // As many letters as one word is longer than the other are in the way at least.
        .filter(|candidate| {
            candidate.chars().count().abs_diff(length) <= 2 * tolerated(word, candidate)
        })
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= tolerated(word, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many words are shown of a list: all that the language has anywhere, but not all columns or
/// resources of a large file.
pub(crate) const MOST_SHOWN: usize = 40;

/// The words as a choice: `a`, `b` or `c`.
pub fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    listed(words, "or")
}

/// The words together: `a`, `b` and `c`.
pub(crate) fn all_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    listed(words, "and")
}

fn listed<'a>(words: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    let mut words = words.into_iter();
    let shown = words.by_ref().take(MOST_SHOWN);
    let mut quoted: Vec<String> = shown.map(|word| format!("`{word}`")).collect();
    let others = words.count();
    if others > 0 {
        return format!("{} {conjunction} {others} more", quoted.join(", "));
    }
    match quoted.pop() {
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} {conjunction} {last}", quoted.join(", ")),
        None => String::new(),
    }
}

/// Folds `baseUrl`, `base-url` and `base_url` into one word.
fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// A third of the longer word, as rustc does it.
fn tolerated(word: &str, candidate: &str) -> usize {
    word.chars().count().max(candidate.chars().count()) / 3
}
