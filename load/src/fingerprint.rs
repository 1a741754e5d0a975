//! What a load half-way relies on, as a short text that tells whether it is still the same.

use rest_source::{
    AnyResource,
    plan::{Column, DataType, Paginator, Segment, Selector, WriteDisposition},
};
use serde::Serialize;

use crate::{Error, ErrorKind};

/// Counts how the fingerprint is made. A later release that makes it in another way begins merges
/// and replaces which are half-way again and refuses appends, so there must be a reason.
const VERSION: u32 = 1;

/// Where the pages come from and, unless rows are merely added, how they are stored. A column that
/// is declared between two runs therefore does not keep an append from going on.
///
/// Every value has a name of its own here, so that a field which a plan gets in a later release
/// changes nothing.
#[derive(Serialize)]
struct Reliance<'a> {
    address: Option<&'a str>,
    path: &'a str,
    params: Vec<(&'a str, &'a str)>,
    data_selector: Option<Vec<&'a str>>,
    paginator: Pages<'a>,
    write_disposition: &'a str,
    rows: Option<Rows<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Pages<'a> {
    SinglePage,
    Cursor { cursor_path: Vec<&'a str>, cursor_param: &'a str, page_size: Option<(&'a str, u64)> },
}

#[derive(Serialize)]
struct Rows<'a> {
    columns: Vec<(&'a str, &'a str, bool)>,
    primary_key: Vec<&'a str>,
    merge_key: Vec<&'a str>,
}

/// The version, and FNV-1a over what a load of this resource relies on.
pub(crate) fn fingerprint(resource: &AnyResource) -> Result<String, Error> {
    let plan = resource.plan();
    let (endpoint, disposition) = (&plan.endpoint, plan.write_disposition);
    let reliance = Reliance {
        // A path is joined to it by one slash, whether it ends in one or not.
        address: resource.address().map(|address| address.trim_end_matches('/')),
        path: &endpoint.path,
        params: endpoint.params.iter().map(|(name, value)| (&**name, &**value)).collect(),
        data_selector: endpoint.data_selector.as_ref().map(keys),
        paginator: pages(&endpoint.paginator),
        write_disposition: match disposition {
            WriteDisposition::Append => "append",
            WriteDisposition::Replace => "replace",
            WriteDisposition::Merge => "merge",
        },
        rows: (disposition != WriteDisposition::Append).then(|| Rows {
            columns: plan.columns.iter().map(column).collect(),
            primary_key: plan.primary_key.iter().map(|name| &**name).collect(),
            merge_key: plan.merge_key.iter().map(|name| &**name).collect(),
        }),
    };
    let text = serde_json::to_string(&reliance).map_err(|error| {
        Error::caused_by(ErrorKind::Schema, "the description cannot be remembered", error)
    })?;
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(format!("{VERSION}-{hash:016x}"))
}

fn pages(paginator: &Paginator) -> Pages<'_> {
    match paginator {
        Paginator::SinglePage => Pages::SinglePage,
        Paginator::Cursor { cursor_path, cursor_param, page_size } => Pages::Cursor {
            cursor_path: keys(cursor_path),
            cursor_param,
            page_size: page_size.as_ref().map(|size| (&*size.param, size.records)),
        },
    }
}

fn keys(selector: &Selector) -> Vec<&str> {
    selector.0.iter().map(|Segment::Key(key)| &**key).collect()
}

fn column(column: &Column) -> (&str, &'static str, bool) {
    let data_type = match column.data_type {
        DataType::Text => "text",
        DataType::Bigint => "bigint",
        DataType::Double => "double",
        DataType::Bool => "bool",
        DataType::Timestamp => "timestamp",
        DataType::Date => "date",
        DataType::Time => "time",
        DataType::Decimal => "decimal",
        DataType::Wei => "wei",
        DataType::Json => "json",
        DataType::Binary => "binary",
    };
    (&column.name, data_type, column.nullable)
}
