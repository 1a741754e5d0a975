//! The fingerprints that earlier releases have made, so that the states they have left are understood:
//! FNV-1a over `Debug` text. They are compared with and never stored.

use std::{
    fmt::{Debug, Formatter, Result},
    iter::successors,
};

use rest_source::{
    AnyResource,
    plan::{Column, DataType, DedupSort, Endpoint, RecordForm, ResponseFormat, WriteDisposition},
};

const VERSION: u32 = 2;

const RANGE_VERSION: u32 = 1;

/// What a load of this resource relied on.
pub(super) fn fingerprint(resource: &AnyResource) -> String {
    let plan = resource.plan();
    // A path is joined to it by one slash, whether it ends in one or not.
    let address = resource.address().map(|address| address.trim_end_matches('/'));
    let rows = (plan.write_disposition != WriteDisposition::Append).then(|| {
        let columns: Vec<_> = plan.columns.iter().map(Rows::of).collect();
        let keys = (&plan.primary_key, &plan.merge_key, &plan.merge_strategy);
        (columns, keys, plan.schema_contract, plan.max_table_nesting)
    });
    let table = &plan.table_name;
    let parent = plan.parent.as_ref().map(|parent| Then(&parent.plan.endpoint));
    let of = (address, table, Then(&plan.endpoint), parent, plan.write_disposition, rows);
    refined(VERSION, resource, hash(VERSION, &of))
}

/// What an incremental range belonged to, also those of the parents.
pub(super) fn range_fingerprint(resource: &AnyResource) -> String {
    let address = resource.address().map(|address| address.trim_end_matches('/'));
    let plans = successors(Some(resource.plan()), |plan| Some(&*plan.parent.as_ref()?.plan));
    let ranges = plans.map(|plan| {
        let Endpoint { path, incremental, .. } = &plan.endpoint;
        (path, incremental.as_ref().map(|incremental| &incremental.cursor_path))
    });
    let of = (address, ranges.collect::<Vec<_>>());
    refined(RANGE_VERSION, resource, hash(RANGE_VERSION, &of))
}

/// The fingerprint of a fetch that is refined by parameters or arguments, if this one is.
fn refined(version: u32, resource: &AnyResource, fingerprint: String) -> String {
    let by = resource.refined_by();
    if by.is_empty() { fingerprint } else { hash(version, &(fingerprint, by)) }
}

fn hash(version: u32, of: &impl Debug) -> String {
    let hash =
        flattened(&format!("{of:?}")).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{version}-{hash:016x}")
}

/// Variants that had fields then, and have a struct with their name now.
const STRUCTS: [&str; 12] = [
    "ApiKey",
    "Bearer",
    "Compare",
    "Cursor",
    "HeaderCursor",
    "HeaderLink",
    "HttpBasic",
    "JsonLink",
    "JsonPath",
    "Offset",
    "PageNumber",
    "Slice",
];

/// `Cursor(Cursor { … })` as it was then: `Cursor { … }`.
fn flattened(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    // Whether each open parenthesis is kept.
    let mut kept = Vec::new();
    let mut is_quoted = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' => {
                flat.push(c);
                flat.extend(rest.chars().next());
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            '(' if !is_quoted => {
                let name = STRUCTS.iter().find(|name| {
                    let within = rest.strip_prefix(**name).unwrap_or_default();
                    flat.ends_with(**name) && within.starts_with(" {")
                });
                kept.push(name.is_none());
                if let Some(name) = name {
                    rest = &rest[name.len()..];
                    continue;
                }
            }
            ')' if !is_quoted && kept.pop() == Some(false) => continue,
            _ => {}
        }
        flat.push(c);
    }
    flat
}

/// What plans have gained since, where a description does not say it.
const GAINED: [&str; 12] = [
    ", next_run: Cursor",
    ", cursor_format: None, param_format: None",
    ", total: Detected",
    ", place: None, initial_cursor: None, page_size: None, first_page_params: None",
    ", header: None, link_params: []",
    ", base_path: None",
    ", cursor_paths: []",
    ", sends_members: false",
    ", sends_members: true",
    ", first_page_params: None",
    ", page_size: None, total_header: None",
    ", offset_step: None, total_header: None",
];

/// An endpoint as its text was then: without what endpoints have gained since.
struct Then<'a>(&'a Endpoint);

impl Debug for Then<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let Endpoint { inferred, .. } = self.0;
        let gained = [
            format!(", inferred: {inferred:?}"),
            format!(", response_format: {:?}", ResponseFormat::DEFAULT),
            format!(", records: {:?}", RecordForm::DEFAULT),
        ];
        let text = format!("{:?}", self.0);
        let text = gained.iter().fold(text, |text, gained| text.replacen(gained, "", 1));
        let text = GAINED.iter().fold(text, |text, gained| text.replace(gained, ""));
        formatter.write_str(&text)
    }
}

/// What of a column tells what is in rows, which rows count, and which tables they are in.
#[derive(Debug)]
#[expect(dead_code, reason = "read by `Debug`")]
struct Rows<'a> {
    name: &'a str,
    data_type: DataType,
    nullable: bool,
    precision: Option<u32>,
    scale: Option<u32>,
    timezone: bool,
    hard_delete: bool,
    dedup_sort: Option<DedupSort>,
    fields: Vec<Rows<'a>>,
    items: Option<Box<Rows<'a>>>,
}

impl Rows<'_> {
    fn of(column: &Column) -> Rows<'_> {
        Rows {
            name: &column.name,
            data_type: column.data_type,
            nullable: column.nullable,
            precision: column.precision,
            scale: column.scale,
            timezone: column.timezone,
            hard_delete: column.hard_delete,
            dedup_sort: column.dedup_sort,
            fields: column.fields.iter().map(Rows::of).collect(),
            items: column.items.as_ref().map(|items| Box::new(Rows::of(items))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::flattened;

    #[test]
    fn variants_with_structs_are_written_as_variants_with_fields() {
        for (now, then) in [
            ("Cursor(Cursor { path: Keys([]) }), x", "Cursor { path: Keys([]) }, x"),
            (
                "HeaderCursor(HeaderCursor { header: Template([Text(\"a)(\\\"\")]) })",
                "HeaderCursor { header: Template([Text(\"a)(\\\"\")]) }",
            ),
            ("Some(JsonPath(JsonPath { end: None }))", "Some(JsonPath { end: None })"),
            ("OAuth2(OAuth2 { end: (1, 2) })", "OAuth2(OAuth2 { end: (1, 2) })"),
        ] {
            assert_eq!(flattened(now), then);
        }
    }
}
