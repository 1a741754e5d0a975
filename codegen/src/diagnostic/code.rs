//! The kinds of mistakes, each with a stable name.

use std::fmt;

use super::Level;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal $(, lint $level:ident)?;)*) => {
        /// A kind of mistake. Its name is stable: it is part of messages and, for a lint, in the
        /// attribute.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Code {
            /// All kinds of mistakes.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name in messages.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What it is about, in a sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc,)+).trim_ascii_start(),)* }
            }

            /// What it means and why it is a mistake, with an example of it and one without it, in
            /// Markdown. The examples are blocks of YAML with `bad` or `good` behind the language.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("explain/", $name, ".md")),)*
                }
            }

            /// The kind of mistake of this name.
            pub fn from_name(name: &str) -> Option<Code> {
                match name { $($name => Some(Code::$variant),)* _ => None }
            }

            /// The default level of a lint, `None` for what is always an error.
            pub fn default_level(self) -> Option<Level> {
                match self { $(Code::$variant => codes!(@level $($level)?),)* }
            }
        }
    };
    (@level) => { None };
    (@level $level:ident) => { Some(Level::$level) };
}

codes! {
    /// The file cannot be read.
    UnreadableFile = "unreadable_file";
    /// The text is not YAML.
    InvalidYaml = "invalid_yaml";
    /// The file is nested deeper, or grows larger by its aliases, than any description needs.
    TooLarge = "too_large";
    /// The requested source is not in the file.
    UnknownSource = "unknown_source";
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate_key";
    /// A key that does not exist here.
    UnknownKey = "unknown_key";
    /// A required key is missing.
    MissingKey = "missing_key";
    /// A value of another type than the key takes.
    WrongType = "wrong_type";
    /// The key does not accept this word.
    UnknownWord = "unknown_word";
    /// A number that the key cannot take.
    InvalidNumber = "invalid_number";
    /// A URL that requests cannot be sent to.
    InvalidUrl = "invalid_url";
    /// A header that HTTP does not allow.
    InvalidHeader = "invalid_header";
    /// A selector that cannot be parsed.
    InvalidSelector = "invalid_selector";
    /// A placeholder that cannot be parsed.
    InvalidPlaceholder = "invalid_placeholder";
    /// A format of times that cannot be read, or whose values have no order.
    InvalidFormat = "invalid_format";
    /// A placeholder that has no value here.
    UnknownPlaceholder = "unknown_placeholder";
    /// A Python function cannot be part of a file.
    PythonFunction = "python_function";
    /// Reference to an undefined resource.
    UnknownResource = "unknown_resource";
    /// A resource takes values from another one and from its child.
    SeveralParents = "several_parents";
    /// Values that cannot share a request.
    InvalidBatch = "invalid_batch";
    /// A resource is among its own parents.
    ParentCycle = "parent_cycle";
    /// A parent's field is used without a parent.
    MissingParent = "missing_parent";
    /// Two keys say the same thing, and only one of them can count.
    Conflict = "conflict";
    /// A key or a bound that does not fit the type of its column.
    WrongColumnType = "wrong_column_type";
    /// An incremental range that is empty.
    EmptyRange = "empty_range";
    /// A name or a word is listed twice.
    DuplicateName = "duplicate_name";
    /// A response action that applies to every response.
    DropsAllPages = "drops_all_pages";
    /// Resources of one table that do not fit together.
    SharedTable = "shared_table";
    /// A value that is not used.
    Unused = "unused";
    /// A paginator that never terminates.
    NeverStops = "never_stops";
    /// A setting whose type or default does not fit what it is used for.
    SettingType = "setting_type";
    /// A setting whose default is made of itself.
    SettingCycle = "setting_cycle";
    /// Two resources have one name.
    DuplicateResource = "duplicate_resource";
    /// A name that cannot become a Rust identifier.
    InvalidName = "invalid_name";
    /// Two names become one, in Rust or in a database.
    NameClash = "name_clash";
    /// Records cannot be merged without a key that identifies them.
    MergeWithoutKey = "merge_without_key";
    /// A key names a column that is not declared.
    UnknownColumn = "unknown_column";
    /// A secret in the file would be compiled into the program.
    PlainSecret = "plain_secret", lint Deny;
    /// Credentials and records would travel unencrypted.
    InsecureHttp = "insecure_http", lint Deny;
    /// No paginator is configured: it is detected from the first response.
    AutoPaginator = "auto_paginator", lint Warn;
    /// A key that has no effect.
    IgnoredKey = "ignored_key", lint Warn;
    /// An `append` adds the records within its `lag` again in each run.
    AppendWithLag = "append_with_lag", lint Warn;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
