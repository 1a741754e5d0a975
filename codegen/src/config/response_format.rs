//! `response_format`: what the body of a response is.

use rest_source_plan::Encoding;

use crate::{
    parse::{mapping, parse_words, union},
    source::Spanned,
};

union! {
    /// What the body of a response is.
    pub enum ResponseFormat is "a response format" {
        /// One JSON document.
        "json" => Json(JsonFormat),
        /// A JSON value on each line (NDJSON).
        "jsonl" => Jsonl(JsonlFormat),
        /// Rows of fields (RFC 4180).
        "csv" => Csv(CsvFormat),
        /// Elements; `data_selector` is the path of those that are records, from the root element on.
        "xml" => Xml(XmlFormat),
    }
}

mapping! {
    /// The keys of every response format.
    pub struct TextFormat is "a response format" {
        /// The files of a zip archive that have records, `*.csv`; by default all.
        optional files: Spanned<String>,
        /// What the text is encoded in, whatever the response says; by default what that says, or UTF-8.
        optional encoding: Spanned<Encoding>,
    }
}

mapping! {
    /// One JSON document.
    pub struct JsonFormat is "the format `json`" {
    } with {
        text: TextFormat,
    }
}

mapping! {
    /// A JSON value on each line.
    pub struct JsonlFormat is "the format `jsonl`" {
    } with {
        text: TextFormat,
    }
}

mapping! {
    /// Rows of fields.
    pub struct CsvFormat is "the format `csv`" {
        /// The character between two fields; by default a comma.
        optional delimiter: Spanned<String>,
        /// The character around fields that contain a delimiter or a line break; by default `"`, none if `null`.
        nullable quote: Option<Spanned<String>>,
        /// Whether the first row has the names of the fields; by default true, unless `columns` has them.
        optional header: Spanned<bool>,
        /// The names of the fields, in the order of each row; by default, without a header, those of the
        /// resource's `columns`.
        optional columns: Spanned<Vec<Spanned<String>>>,
        /// The number of lines before the first row; by default 0.
        optional skip_lines: Spanned<u64>,
    } with {
        text: TextFormat,
    }
}

mapping! {
    /// Elements.
    pub struct XmlFormat is "the format `xml`" {
    } with {
        text: TextFormat,
    }
}

impl ResponseFormat {
    /// Whether a body becomes a list of records, which nothing is around.
    pub fn is_list(&self) -> bool {
        matches!(self, ResponseFormat::Jsonl(_) | ResponseFormat::Csv(_))
    }

    /// The keys that every format has.
    pub fn text(&self) -> &TextFormat {
        match self {
            ResponseFormat::Json(JsonFormat { text })
            | ResponseFormat::Jsonl(JsonlFormat { text })
            | ResponseFormat::Csv(CsvFormat { text, .. })
            | ResponseFormat::Xml(XmlFormat { text }) => text,
        }
    }
}

parse_words! {
    Encoding is "an encoding";
}
