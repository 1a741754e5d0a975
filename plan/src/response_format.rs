//! What the body of a response is.

use crate::{List, Selector, Str, code::plan, words};

plan! {
    /// What the body of a response is, without the content codings, gzip and archives around it. By default JSON.
    #[derive(Clone, PartialEq, Eq)]
    pub struct ResponseFormat or DEFAULT {
        /// What its text is.
        pub syntax: Syntax = Syntax::Json,
        /// The files of a zip archive that have records, `*.csv`; all of them if `None`.
        pub files: Option<Str> = None,
        /// What its text is encoded in, whatever the response says.
        pub encoding: Option<Encoding> = None,
    }
}

plan! {
    /// What the text of a body is.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Syntax {
        /// One JSON document.
        Json,
        /// A JSON value on each line.
        Jsonl(Jsonl),
        /// Rows of fields.
        Csv(Csv),
        /// Elements; the data selector is the path to those that are records.
        Xml,
    }
}

impl Syntax {
    /// The word for it in a description.
    pub const fn name(&self) -> &'static str {
        match self {
            Syntax::Json => "json",
            Syntax::Jsonl(_) => "jsonl",
            Syntax::Csv(_) => "csv",
            Syntax::Xml => "xml",
        }
    }
}

plan! {
    /// A JSON value on each line.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Jsonl or DEFAULT {
        /// Where the records of each line are; `None` if it is one itself.
        pub data_selector: Option<Selector> = None,
    }
}

plan! {
    /// Rows of fields (RFC 4180).
    #[derive(Clone, PartialEq, Eq)]
    pub struct Csv or DEFAULT {
        /// What is between two fields, one ASCII character.
        pub delimiter: Str = Str::Borrowed(","),
        /// What is around fields that have a delimiter or a line break, one ASCII character; `None` if nothing is.
        pub quote: Option<Str> = Some(Str::Borrowed("\"")),
        /// The names of the fields. `None`: they are in the first row.
        pub columns: Option<List<Str>> = None,
        /// How many lines come before the first row.
        pub skip_lines: u64 = 0,
    }
}

words! {
    /// What text is encoded in, by the names of the WHATWG.
    pub enum Encoding {
        /// UTF-8, the usual one.
        "utf-8" => Utf8,
        /// UTF-16, the lower byte first.
        "utf-16le" => Utf16Le,
        /// UTF-16, the higher byte first.
        "utf-16be" => Utf16Be,
        /// Western European, of Windows.
        "windows-1252" => Windows1252,
        /// Western European, read as `windows-1252`, as browsers do.
        "iso-8859-1" => Iso8859_1,
        /// Central European.
        "iso-8859-2" => Iso8859_2,
        /// South European.
        "iso-8859-3" => Iso8859_3,
        /// North European.
        "iso-8859-4" => Iso8859_4,
        /// Cyrillic.
        "iso-8859-5" => Iso8859_5,
        /// Arabic.
        "iso-8859-6" => Iso8859_6,
        /// Greek.
        "iso-8859-7" => Iso8859_7,
        /// Hebrew.
        "iso-8859-8" => Iso8859_8,
        /// Turkish.
        "iso-8859-9" => Iso8859_9,
        /// Nordic.
        "iso-8859-10" => Iso8859_10,
        /// Baltic.
        "iso-8859-13" => Iso8859_13,
        /// Celtic.
        "iso-8859-14" => Iso8859_14,
        /// Western European, with the sign of the euro.
        "iso-8859-15" => Iso8859_15,
        /// South-eastern European.
        "iso-8859-16" => Iso8859_16,
        /// Central European, of Windows.
        "windows-1250" => Windows1250,
        /// Cyrillic, of Windows.
        "windows-1251" => Windows1251,
        /// Greek, of Windows.
        "windows-1253" => Windows1253,
        /// Turkish, of Windows.
        "windows-1254" => Windows1254,
        /// Hebrew, of Windows.
        "windows-1255" => Windows1255,
        /// Arabic, of Windows.
        "windows-1256" => Windows1256,
        /// Baltic, of Windows.
        "windows-1257" => Windows1257,
        /// Vietnamese, of Windows.
        "windows-1258" => Windows1258,
        /// Thai.
        "windows-874" => Windows874,
        /// Cyrillic, of DOS.
        "ibm866" => Ibm866,
        /// Russian.
        "koi8-r" => Koi8R,
        /// Ukrainian.
        "koi8-u" => Koi8U,
        /// Western European, of old Macs.
        "macintosh" => Macintosh,
        /// Chinese, simplified.
        "gbk" => Gbk,
        /// Chinese.
        "gb18030" => Gb18030,
        /// Chinese, traditional.
        "big5" => Big5,
        /// Japanese, of Unix.
        "euc-jp" => EucJp,
        /// Japanese, of mails.
        "iso-2022-jp" => Iso2022Jp,
        /// Japanese, of Windows.
        "shift_jis" => ShiftJis,
        /// Korean.
        "euc-kr" => EucKr,
    }
}
