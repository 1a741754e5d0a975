//! Rows of fields (RFC 4180).

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use super::{
    body_error::BodyError,
    field::{Kind, write_text},
    other,
    place::Place,
    source::{Header, Source},
};
use crate::plan::{Column, Csv, ResourcePlan, Syntax};

/// The list of the rows, each an object of its fields.
pub(super) fn to_json(
    csv: &Csv,
    plan: &ResourcePlan,
    source: &Source<'_>,
    mut json: Vec<u8>,
) -> Result<Vec<u8>, BodyError> {
    json.clear();
    json.push(b'[');
    let columns = plan.endpoint.records.sent_columns(&plan.columns);
    for place in source.parts() {
        if let Some(error) =
            other::mismatch(&Syntax::Csv(Csv::DEFAULT), &place, source.content_type)
        {
            return Err(error);
        }
        let mut rows = Rows::new(csv, place);
        let named = match &csv.columns {
            Some(names) => Some(Fields::new(names, &columns)),
            None => header(&mut rows, &columns, source.header)?,
        };
        let Some(fields) = named else {
            if plan.endpoint.data_selector_required {
                return Err(empty(&place));
            }
            continue;
        };
        let mut count = 0_u64;
        while rows.next()? {
            count += 1;
            fields.write(&rows, &mut json)?;
            source.bound(&json)?;
        }
        if csv.columns.is_none() {
            fields.check(&place, names_fields(plan, &columns), count, source.content_type)?;
        }
    }
    json.push(b']');
    Ok(json)
}

fn empty(place: &Place<'_>) -> BodyError {
    BodyError::new(format!("has no row with the names of the fields{}", place.in_file())).with_help(
        "if the API sends that where there are no records, say `data_selector_required: false`; if it \
         names no fields, list them, `response_format: {type: csv, columns: [id, name]}`",
    )
}

/// Goes over the rows of a text.
struct Rows<'a> {
    reader: Reader,
    place: Place<'a>,
    /// How much of the text has been read.
    at: usize,
    /// Where the last row begins.
    start: usize,
    /// The fields of the last row without quotes, one behind the other.
    row: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
}

impl<'a> Rows<'a> {
    fn new(plan: &Csv, place: Place<'a>) -> Rows<'a> {
        let byte = |text: &str| text.bytes().next();
        let quote = plan.quote.as_deref().and_then(byte);
        let reader = ReaderBuilder::new()
            .delimiter(byte(&plan.delimiter).unwrap_or(b','))
            .quote(quote.unwrap_or(b'"'))
            .quoting(quote.is_some())
            .terminator(Terminator::CRLF)
            .build();
        let mut at = 0;
        for _ in 0..plan.skip_lines {
            let rest = &place.text.as_bytes()[at..];
            at += memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        }
        Rows { reader, place, at, start: at, row: vec![0; 1024], ends: vec![0; 32], fields: 0 }
    }

    /// Reads the next row that is not blank; false if there are no more.
    fn next(&mut self) -> Result<bool, BodyError> {
        let text = self.place.text.as_bytes();
        let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
        self.at += text[self.at..].iter().take_while(|byte| is_break(byte)).count();
        self.start = self.at;
        let (mut written, mut ended) = (0, 0);
        // The break at the end of the last line may be left out.
        let mut is_ended = false;
        loop {
            let input = match &text[self.at..] {
                [] if self.start == self.at => return Ok(false),
                [] if is_ended => return Err(self.unclosed()),
                [] => {
                    is_ended = true;
                    b"\n"
                }
                rest => rest,
            };
            let (result, read, wrote, ends) =
                self.reader.read_record(input, &mut self.row[written..], &mut self.ends[ended..]);
            if !is_ended {
                self.at += read;
            }
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    is_ended &= read > 0;
                    self.row.resize(self.row.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    is_ended &= read > 0;
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::Record => {
                    self.fields = ended;
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// The fields of the last row.
    fn fields(&self) -> impl Iterator<Item = &str> {
        let ends = &self.ends[..self.fields];
        let starts = std::iter::once(0).chain(ends.iter().copied());
        // The text is UTF-8, and what is cut at is ASCII.
        starts
            .zip(ends)
            .map(|(start, end)| std::str::from_utf8(&self.row[start..*end]).unwrap_or_default())
    }

    /// Whether the last row is the last of the text, which ends without a line break.
    fn is_open(&self) -> bool {
        self.at == self.place.text.len() && !self.place.text.ends_with(['\n', '\r'])
    }

    fn unclosed(&self) -> BodyError {
        let line = self.place.line(self.start);
        BodyError::new(format!("has a quote that is never closed, in the row at {line}"))
            .with_found(self.place.line_at(self.start))
            .with_help("fields without quotes around them are read with `quote: null`")
            .cut()
    }
}

/// The fields of a text by their names in its first row; `None` if it has no row. `first` has the names of the
/// first text.
fn header(
    rows: &mut Rows<'_>,
    columns: &[Column],
    first: &Header,
) -> Result<Option<Fields>, BodyError> {
    if !rows.next()? {
        return Ok(None);
    }
    let names: Vec<String> = rows.fields().map(|name| name.trim().to_owned()).collect();
    let line = rows.place.line(rows.start);
    if let Some(first) = first.get()
        && !is_header_like(&names, first)
    {
        return Err(other_names(rows, first));
    }
    for (index, name) in names.iter().enumerate() {
        let what = if name.is_empty() {
            format!("has no name for field {} in {line}", index + 1)
        } else if names[..index].contains(name) {
            format!("has two fields of the name `{name}` in {line}")
        } else {
            continue;
        };
        return Err(BodyError::new(what).with_found(rows.place.line_at(rows.start)).with_help(
            "name the fields yourself, `response_format: {type: csv, skip_lines: 1, columns: [id, \
             name]}`; if rows come after some other lines, `skip_lines` says after how many",
        ));
    }
    let fields = Fields::new(&names, columns);
    let _ = first.set(names);
    Ok(Some(fields))
}

/// Whether the first row of a text has names as that of the first text has: a field may come or go.
fn is_header_like(names: &[String], first: &[String]) -> bool {
    let shared = names.iter().filter(|name| first.contains(name)).count();
    shared * 2 >= names.len().min(first.len())
}

/// What is wrong with a text whose first row has other names than that of the first text.
fn other_names(rows: &Rows<'_>, first: &[String]) -> BodyError {
    let place = &rows.place;
    let names: Vec<_> = first.iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    let what = format!("does not have the names {names} in its first row{}", place.in_file());
    BodyError::new(what).with_found(place.line_at(rows.start)).with_help(
        "if the first page alone has a row of names, list them, `response_format: {type: csv, columns: [id, \
         name]}`, and leave that row out, `processing_steps: [{filter: \"@.id != 'id'\"}]`; if it is another \
         table, `files` says which files of an archive have records",
    )
}

/// Whether the description names a field that comes from the file, and not from a parent or a list.
fn names_fields(plan: &ResourcePlan, sent: &[Column]) -> bool {
    sent.iter().any(|own| plan.included().all(|name| *name != own.name))
}

/// The fields of each row.
struct Fields {
    /// Each with its name and a colon, as JSON has it.
    names: Vec<(Vec<u8>, Kind)>,
    /// Whether a declared column is among them.
    is_known: bool,
}

impl Fields {
    fn new<S: AsRef<str>>(names: &[S], columns: &[Column]) -> Fields {
        let column = |name: &str| columns.iter().find(|column| column.name == name);
        let fields = names.iter().map(AsRef::as_ref).map(|name| {
            let mut json = Vec::new();
            write_text(name, &mut json);
            json.push(b':');
            (json, Kind::of(column(name)))
        });
        let is_known = names.iter().any(|name| column(name.as_ref()).is_some());
        Fields { names: fields.collect(), is_known }
    }

    /// Adds a row.
    fn write(&self, rows: &Rows<'_>, json: &mut Vec<u8>) -> Result<(), BodyError> {
        if rows.fields != self.names.len() {
            let line = rows.place.line(rows.start);
            let (has, names) = (rows.fields, self.names.len());
            let of_row = if has == 1 { "field" } else { "fields" };
            let error = BodyError::new(format!(
                "has a row of {has} {of_row} at {line}, where {names} are expected"
            ));
            let error = error.with_found(rows.place.line_at(rows.start)).with_help(
                "if fields are between other characters, say which, `response_format: {type: csv, \
                 delimiter: \";\"}`",
            );
            return Err(if rows.is_open() && has < names { error.cut() } else { error });
        }
        json.extend_from_slice(if json.len() > 1 { b",{" } else { b"{" });
        for (index, (field, (name, kind))) in rows.fields().zip(&self.names).enumerate() {
            if index > 0 {
                json.push(b',');
            }
            json.extend_from_slice(name);
            kind.write(field, json);
        }
        json.push(b'}');
        Ok(())
    }

    /// Tells a sentence about what has gone wrong from a table: it has no field that the file names, or is a
    /// single line.
    fn check(
        &self,
        place: &Place<'_>,
        names_fields: bool,
        rows: u64,
        content_type: Option<&str>,
    ) -> Result<(), BodyError> {
        let is_single = self.names.len() == 1;
        let is_text = match () {
            () if self.is_known => false,
            () if names_fields => true,
            () => is_single && (rows == 0 || other::is_of_html(content_type)),
        };
        if !is_text {
            return Ok(());
        }
        let what = if names_fields {
            "has none of the fields that the description names in its first row"
        } else {
            "is text and no table"
        };
        Err(BodyError::new(format!("{what}{}", place.in_file())).with_found(place.text.trim()).with_help(
            "if it passes, `response_actions` can have it requested again, `{content: \"…\", action: \
             retry}`; if rows come after some other lines, `skip_lines` says after how many",
        ))
    }
}
