//! What the state of a resource was made of, as short texts that tell whether it is still the same, and
//! if not, what has changed.
//!
//! A fingerprint is its version and, by name, a digest of each part of the description: SHA-256, cut to
//! 128 bits, over canonical JSON (see [`form`]). Settings and arguments are in it with their values,
//! secrets by their names: a secret that is rotated changes nothing. Neither do concurrency, retries and
//! timeouts, which are not in it.

mod body;
mod earlier;
mod form;
mod paginator;
mod response;
mod shape;

use std::{collections::BTreeMap, fmt::Write as _};

use rest_source::{AnyResource, plan::WriteDisposition};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use self::form::Form;

/// The version of the form. A release that makes another form of the same description counts it up and
/// makes the old one as well, as `earlier` does, or every state of the old version counts as that of
/// another description.
const VERSION: &str = "3";

const SERVER: &str = "server";
const PATH: &str = "path";
const CURSOR: &str = "cursor";
/// By which the records at the place are known: without it they would come again.
const KEY: &str = "key";
const REQUEST: &str = "request";
/// The names of the lists that it is fetched for: each combination of their values has a place of its own.
const FOR_EACH: &str = "for_each";
/// The fields of its parent that its requests name: each parent's record has a place of its own.
const PARENT_FIELDS: &str = "parent_fields";
/// The bounds of the ranges, and how they are gone through.
pub(crate) const RANGE: &str = "range";
/// Which part of a response is the records.
pub(crate) const RECORDS: &str = "records";
const TABLE: &str = "table";

/// Of which settings and arguments, and of what description the state of a resource is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    /// The settings and arguments that its requests are made of: `repo=a`.
    pub(crate) variant: String,
    /// Of all that a load relies on.
    pub(crate) load: String,
    /// Of what the place where the next run begins relies on, and of what else selects its records.
    pub(crate) range: String,
    /// The same two as earlier releases have made them.
    pub(crate) earlier: [String; 2],
}

/// Of a resource.
pub(crate) fn fingerprints(resource: &AnyResource) -> Fingerprints {
    let mut form = Form::of(resource);
    let parts = forms(&mut form);
    let is_of_range =
        |name: &str| [SERVER, PATH, CURSOR, KEY, REQUEST, FOR_EACH, PARENT_FIELDS].contains(&name);
    Fingerprints {
        load: text(parts.iter().filter(|(name, _)| ![CURSOR, KEY].contains(name))),
        range: text(parts.iter().filter(|(name, _)| is_of_range(name))),
        variant: variant(resource),
        earlier: [earlier::fingerprint(resource), earlier::range_fingerprint(resource)],
    }
}

/// The parts of a description. What a load relies on is where its pages come from and, unless rows are
/// merely added, what rows are made of the records and how they are stored. A column that is declared
/// between two runs therefore does not keep an append from being resumed; nor does anything that makes no
/// other rows, such as a description or an index, keep any load.
fn forms(form: &mut Form<'_>) -> Vec<(&'static str, Value)> {
    let plan = form.plan();
    let mut parts = vec![
        (SERVER, form.server()),
        (PATH, form.path()),
        (REQUEST, form.request()),
        ("paginator", form.paginators()),
        (RECORDS, form.records()),
        (RANGE, form.ranges()),
        (TABLE, of_table(&plan.table_name, plan.write_disposition)),
    ];
    parts.extend(form.cursors().map(|cursors| (CURSOR, cursors)));
    parts.extend(form.keys().map(|keys| (KEY, keys)));
    parts.extend(form.list_names().map(|names| (FOR_EACH, names)));
    parts.extend(form.parent_fields().map(|fields| (PARENT_FIELDS, fields)));
    if plan.write_disposition != WriteDisposition::Append {
        // An append that is resumed knows which values it is done with.
        parts.extend(form.lists().map(|lists| ("lists", lists)));
        parts.push(("rows", form::rows(plan)));
    }
    parts
}

/// The settings and arguments that the requests of a resource are made of, and ranges that end, `repo=a`,
/// in the order of their names. A pipeline keeps a state for each.
pub fn variant(resource: &AnyResource) -> String {
    let mut form = Form::of(resource);
    let _ = (form.server(), form.path(), form.request(), form.ranges_that_end());
    in_order(form.inputs())
}

/// What has changed between two fingerprints: the names of the parts. Nothing if the first is the
/// `earlier` form of the second.
pub(crate) fn changed(old: &str, new: &str, earlier: &[String; 2]) -> Vec<String> {
    if old == new || earlier.iter().any(|earlier| earlier == old) {
        return Vec::new();
    }
    let (old, new) = (parts(old), parts(new));
    let mut names: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    // Earlier releases have not said which fields of the parent there were.
    let is_unknown = |name: &&str| *name == PARENT_FIELDS && !old.contains_key(name);
    let differs = |name: &&str| old.get(name) != new.get(name) && !is_unknown(name);
    names.into_iter().filter(differs).map(str::to_owned).collect()
}

/// Whether with these changes a place in the old range means nothing: unless only the rest of the request
/// differs.
pub(crate) fn is_elsewhere(changed: &[String]) -> bool {
    // Of another version, no part is the same.
    changed.iter().any(|part| part != REQUEST)
}

/// Whether a fingerprint is that of a resource which is fetched incrementally.
pub(crate) fn is_incremental(range: &str) -> bool {
    parts(range).contains_key(CURSOR)
}

/// What a load with this fingerprint did to the rows of a table of this name. `None` if it loaded into
/// another one.
///
/// Of the fingerprint of an earlier release, which does not tell, it is what it is `now`.
pub(crate) fn disposition_of(
    fingerprint: &str,
    table: &str,
    now: WriteDisposition,
) -> Option<WriteDisposition> {
    let parts = parts(fingerprint);
    let Some(part) = parts.get(TABLE) else { return Some(now) };
    let all = [
        WriteDisposition::Append,
        WriteDisposition::Replace,
        WriteDisposition::Merge,
        WriteDisposition::Skip,
    ];
    all.into_iter().find(|one| digest(&canonical(&of_table(table, *one))) == **part)
}

/// Whether the load with this fingerprint was into the table of this name, as far as it tells.
pub(crate) fn is_into(fingerprint: &str, table: &str) -> bool {
    let now = WriteDisposition::Append;
    parts(fingerprint).contains_key(TABLE) && disposition_of(fingerprint, table, now).is_some()
}

fn of_table(name: &str, disposition: WriteDisposition) -> Value {
    json!([name, disposition.name()])
}

/// The parts of a description in words: `its base URL and its path`.
pub(crate) fn in_words(changed: &[String]) -> String {
    let words = changed.iter().map(|part| match part.as_str() {
        SERVER => "its base URL",
        PATH => "its path or method",
        REQUEST => "its parameters, headers or body",
        CURSOR => "its incremental cursor",
        KEY => "its primary key",
        "paginator" => "its paginator",
        RECORDS => "how its records are found",
        RANGE => "its incremental range",
        TABLE => "its table or write disposition",
        FOR_EACH => "the lists of its `for_each`",
        "lists" => "the values of its `for_each`",
        PARENT_FIELDS => "the fields of its parent that its requests name, or their order",
        "rows" => "its columns, keys or schema contract",
        _ => "its description",
    });
    let mut words: Vec<_> = words.collect();
    words.dedup();
    words.join(", ")
}

fn text<'p>(parts: impl Iterator<Item = &'p (&'static str, Value)>) -> String {
    let mut text = VERSION.to_owned();
    for (name, form) in parts {
        let _ = write!(text, " {name}={}", digest(&canonical(form)));
    }
    text
}

fn parts(fingerprint: &str) -> BTreeMap<&str, &str> {
    let mut words = fingerprint.split(' ');
    match words.next() {
        Some(VERSION) => words.filter_map(|word| word.split_once('=')).collect(),
        // Nothing can be said of what is in it.
        other => [("version", other.unwrap_or_default())].into(),
    }
}

/// The first 128 bits of SHA-256, in hexadecimal digits.
fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// JSON without spaces, the members of objects in the order of their names: whatever features
/// `serde_json` is built with.
fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> = members.iter().collect();
            let members = sorted.into_iter().map(|(name, value)| {
                format!("{}:{}", Value::from(name.as_str()), canonical(value))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        value => value.to_string(),
    }
}

/// Settings and arguments as a text that a person can read, of bounded length.
fn in_order(inputs: &BTreeMap<String, String>) -> String {
    const MAX: usize = 64;
    let inputs = inputs.iter().map(|(name, value)| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
        if value.len() > MAX {
            format!("{name}=sha256:{}", digest(value))
        } else if value.chars().all(is_plain) {
            format!("{name}={value}")
        } else {
            format!("{name}={}", Value::from(value.escape_debug().to_string()))
        }
    });
    inputs.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use expect_test::expect;
    use rest_source::{
        AnyResource,
        plan::{
            Body, Column, Configurable, Cursor, DataType, Endpoint, JsonTemplate, PageSize,
            Paginator, Param, Part, Place, ResourcePlan, Selector, Template, WriteDisposition,
        },
    };
    use serde_json::{Value, json};

    use super::{Form, canonical, changed, digest, forms, in_words, is_elsewhere};

    /// What is digested must stay as it is, or the version be another.
    #[test]
    fn the_form_of_a_description_stays() {
        let place = |name: &'static str| Place::Param(name.into());
        let (name, value) =
            (Template::text("status"), Template(vec![Part::Secret("s".into())].into()));
        let paginator = Paginator::Cursor(Cursor {
            cursor_path: Selector::Keys(vec!["meta".into(), "next".into()].into()),
            place: place("after"),
            initial_cursor: None,
            page_size: Some(PageSize {
                place: place("limit"),
                records: Configurable::Known(50),
                ..PageSize::DEFAULT
            }),
            ..Cursor::DEFAULT
        });
        let endpoint = Endpoint {
            params: vec![Param { name, value, ..Param::DEFAULT }].into(),
            body: Some(Body::Json(JsonTemplate::Literal("1".into()))),
            ..Endpoint::new(&[], Some(Selector::ROOT), paginator)
        };
        let mut plan = ResourcePlan::new("payments", endpoint, &[]);
        plan.endpoint.path = Template::text("payments");
        plan.columns = vec![Column::new("id", DataType::Text)].into();
        plan.write_disposition = WriteDisposition::Replace;
        let resource = AnyResource::new(Cow::Owned(plan), |_| unreachable!());
        let resource = resource.at("https://example.com/v1/");
        let forms: Value = forms(&mut Form::of(&resource))
            .into_iter()
            .map(|(name, form)| Value::from(format!("{name} {}", canonical(&form))))
            .collect();
        let golden = json!([
            r#"server "https://example.com/v1""#,
            r#"path [["GET","payments"]]"#,
            r#"request [{"body":{"json":{"literal":"1"}},"headers":[],"params":[["status",[{"secret":"s"}]]]},[]]"#,
            r#"paginator [{"end_path":null,"form":{"cursor_path":{"keys":["meta","next"]},"initial_cursor":null,"page_size":[{"param":"limit"},50],"place":{"param":"after"}},"has_more_path":null,"kind":"cursor","maximum_empty_pages":null,"stop_after_empty_page":null,"stop_after_short_page":null}]"#,
            r#"records [[{"data_selector":{"keys":[]},"required":true,"response_actions":[],"without_auth":false}],null]"#,
            "range [null]",
            r#"table ["payments","replace"]"#,
            r#"rows {"columns":[{"data_type":"text","dedup_sort":null,"fields":[],"hard_delete":false,"items":null,"name":"id","nullable":true,"precision":null,"scale":null,"timezone":true}],"contract":["evolve","evolve","evolve"],"max_table_nesting":null,"merge_key":[],"primary_key":[],"strategy":null}"#,
        ]);
        assert_eq!(forms, golden);
    }

    #[test]
    fn what_has_changed_is_named() {
        let none = [String::new(), String::new()];
        let earlier = ["2-aa".to_owned(), "1-bb".to_owned()];
        let new = "3 server=a path=b request=c cursor=d";
        assert!(changed(new, new, &none).is_empty());
        assert!(changed("2-aa", new, &earlier).is_empty());
        assert!(is_elsewhere(&changed("2-ab", new, &earlier)));
        let request = changed("3 server=a path=b request=x cursor=d", new, &none);
        assert_eq!(
            (request.as_slice(), is_elsewhere(&request)),
            (&["request".to_owned()][..], false)
        );
        let both = changed("3 server=x path=b request=c", new, &none);
        expect!["its incremental cursor, its base URL"].assert_eq(&in_words(&both));
        assert!(is_elsewhere(&both));
    }

    #[test]
    fn the_canonical_form_is_sorted_and_its_digest_is_sha_256() {
        assert_eq!(canonical(&json!({"b": [1, "a"], "a": null})), r#"{"a":null,"b":[1,"a"]}"#);
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223");
    }
}
