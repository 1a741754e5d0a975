//! Bodies of other formats than JSON.

use std::io::{Cursor, Write as _};

use flate2::{Compression, write::GzEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::super::{Case, server::Answer};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "csv",
        description: r#"
resources:
  - name: rows
    columns: {id: {data_type: bigint}, name: {data_type: text}}
    endpoint:
      response_format: {type: csv, delimiter: ";", quote: "'", encoding: windows-1252, skip_lines: 1}
      paginator: {type: page_number, base_page: 1, total_path: null, stop_after_short_page: true}
      params: {per_page: 2}
  - name: unnamed_rows
    columns: {id: {data_type: bigint}, name: {data_type: text}}
    endpoint:
      response_format: {type: csv, delimiter: ";", header: false, columns: [id, name], encoding: windows-1252}
      paginator: {type: cursor, cursor_path: "$[-1].id", cursor_param: after, stop_after_short_page: true}
      params: {per_page: 2}
"#,
        answer: |asked| {
            let is_named = asked.path == "rows";
            let from = asked.number("page").map_or(0, |page| (page - 1) * 2);
            let from = asked.number("after").unwrap_or(from);
            let mut body = if is_named { b"an export\nid;name\n".to_vec() } else { Vec::new() };
            for id in from + 1..=(from + 2).min(5) {
                body.extend(format!("{id};").bytes());
                body.extend(if is_named { &b"'caf\xe9; bar'\n"[..] } else { b"caf\xe9\n" });
            }
            Answer::body(body)
        },
        records: 10,
        ..Case::BASE
    },
    Case {
        name: "lines_in_gzip",
        description: r#"
resources:
  - name: lines
    endpoint:
      response_format: jsonl
      paginator: {type: cursor, cursor_path: "$[-1].id", cursor_param: after, stop_after_short_page: true}
      params: {per_page: 2}
"#,
        answer: |asked| {
            let from = asked.number("after").unwrap_or(0);
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            for id in from + 1..=(from + 2).min(5) {
                writeln!(gzip, r#"{{"id": {id}}}"#).unwrap();
            }
            Answer::body(gzip.finish().unwrap())
        },
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "files_in_zip",
        description: r#"
resources:
  - name: lines
    endpoint:
      response_format: {type: jsonl, files: "lines-*.jsonl"}
      paginator: {type: page_number, page_param: page, base_page: 1, limit: 2, limit_param: per_page, stop_after_short_page: true, total_path: null}
"#,
        answer: |asked| {
            let from = asked.number("page").map_or(0, |page| (page - 1) * 2);
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file("read.me", SimpleFileOptions::default()).unwrap();
            zip.write_all(b"not a line").unwrap();
            for id in from + 1..=(from + 2).min(5) {
                zip.start_file(format!("lines-{id}.jsonl"), SimpleFileOptions::default()).unwrap();
                writeln!(zip, r#"{{"id": {id}}}"#).unwrap();
            }
            Answer::body(zip.finish().unwrap().into_inner())
        },
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "xml",
        description: r#"
resources:
  - name: orders
    columns: {id: {data_type: bigint}}
    endpoint:
      response_format: xml
      data_selector: orders.order
      paginator: {type: cursor, cursor_path: orders.next, cursor_param: after}
"#,
        answer: |asked| {
            let from = asked.number("after").unwrap_or(0);
            let end = (from + 2).min(5);
            let orders: Vec<String> =
                (from + 1..=end).map(|id| format!("<order><id>{id}</id></order>")).collect();
            let orders = orders.concat();
            let next = if end < 5 { format!("<next>{end}</next>") } else { String::new() };
            Answer::body(format!("<orders>{orders}{next}</orders>"))
        },
        records: 5,
        ..Case::BASE
    },
];
