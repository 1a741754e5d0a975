//! Declared columns as text: in lines of their own, or within braces.

use std::fmt::Write as _;

use rest_source_plan::printable::scalar;

/// How long a line with words may get, without the name of their column.
const LONGEST_LINE: usize = 80;

/// What is declared of a column.
#[derive(Debug, Clone)]
pub(super) enum Declared {
    /// A type, and whether its moments are without an offset.
    Plain { data_type: &'static str, is_local: bool },
    /// Text that is one of these words.
    Words(Vec<String>),
    /// A nested record.
    Fields(Vec<(String, Declared)>),
    /// A list, and whether its elements may be null.
    Items { items: Box<Declared>, is_nullable: bool },
}

impl Declared {
    /// What comes behind a key and its colon, with a comment at the end of the first line. What is
    /// below begins with this many spaces.
    pub(super) fn block(&self, indent: usize, comment: &str) -> String {
        let spaces = " ".repeat(indent);
        match self {
            Declared::Plain { data_type, is_local } => {
                let local = if *is_local { ", timezone: false" } else { "" };
                format!(" {{data_type: {data_type}{local}}}{comment}\n")
            }
            Declared::Words(words) => {
                let words: Vec<_> = words.iter().map(|word| scalar(word)).collect();
                let line = format!(" {{enum: [{}]}}{comment}\n", words.join(", "));
                if indent + line.chars().count() <= LONGEST_LINE {
                    return line;
                }
                let words = words.iter().flat_map(|word| [spaces.as_str(), "- ", word, "\n"]);
                format!("{comment}\n{spaces}enum:\n{}", words.collect::<String>())
            }
            Declared::Fields(fields) => {
                let mut text = format!("{comment}\n{spaces}fields:\n");
                for (name, declared) in fields {
                    let below = declared.block(indent + 4, "");
                    let _ = write!(text, "{spaces}  {}:{below}", scalar(name));
                }
                text
            }
            Declared::Items { items, is_nullable } => {
                let mut below = items.block(indent + 2, "");
                if *is_nullable {
                    below = match below.strip_prefix(" {") {
                        Some(rest) => format!(" {{nullable: true, {rest}"),
                        None => format!("\n{spaces}  nullable: true{below}"),
                    };
                }
                format!("{comment}\n{spaces}items:{below}")
            }
        }
    }

    /// The same within braces, its fields in their order.
    pub(super) fn flow(&self) -> String {
        match self {
            Declared::Plain { data_type, is_local } => {
                let local = if *is_local { ", timezone: false" } else { "" };
                format!("{{data_type: {data_type}{local}}}")
            }
            Declared::Words(words) => {
                let words: Vec<_> = words.iter().map(|word| scalar(word)).collect();
                format!("{{enum: [{}]}}", words.join(", "))
            }
            Declared::Fields(fields) => {
                let field = |(name, field): &(String, Declared)| {
                    format!("{}: {}", scalar(name), field.flow())
                };
                let fields: Vec<_> = fields.iter().map(field).collect();
                format!("{{fields: {{{}}}}}", fields.join(", "))
            }
            Declared::Items { items, is_nullable } => {
                let items = items.flow();
                let nullable = if *is_nullable { "nullable: true, " } else { "" };
                format!("{{items: {{{nullable}{}}}", items.trim_start_matches('{'))
            }
        }
    }
}
