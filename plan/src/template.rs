//! Text with gaps in it.

use crate::{Code, List, NamedFormat, Selector, Str, TimeFormat, code, code::plan, words};

/// Text that is put together when it is needed, of literal parts and of what fills the gaps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(pub List<Part>);

plan! {
    /// A part of a [`Template`].
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Part {
        /// Text that is used as it is.
        Text(Str),
        /// The secret of this name, `access_token`, which the source lists.
        Secret(Str),
        /// The setting of this name, `region`, which the source lists: `{config.region}`.
        Config(Str),
        /// The argument of this name, which the resource lists: `{customer_id}` of a path.
        Argument(Str),
        /// A field of the parent's record: `{resources.posts.id}`.
        Parent(Selector),
        /// A bound of the incremental range: `{incremental.start_value}`.
        Incremental(Bound),
        /// The same in a format of its own: `{incremental.start_value:%Y-%m-%d}`.
        Formatted(Formatted),
        /// A query parameter of the request: `{params.region}`. Only an added field has it.
        Param(Str),
        /// A field of the record: `{record.id}`. Only an added field has it.
        Record(Selector),
    }
}

plan! {
    /// A bound of the incremental range in a format of its own.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Formatted or DEFAULT {
        /// The bound.
        pub bound: Bound = Bound::StartValue,
        /// How it is written.
        pub format: TimeFormat = TimeFormat::Named(NamedFormat::Iso),
    }
}

plan! {
    /// JSON with gaps in it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum JsonTemplate {
        /// A value that is sent as it is, as JSON text: `true`, `1.50`.
        Literal(Str),
        /// Text. If it is one gap and nothing else, what fills the gap keeps its type.
        Text(Template),
        /// A list.
        List(List<JsonTemplate>),
        /// An object.
        Object(List<(Template, JsonTemplate)>),
    }
}

words! {
    /// What of an incremental range a template may name.
    pub enum Bound {
        /// Where the first run begins.
        "initial_value" => InitialValue,
        /// Where this run begins.
        "start_value" => StartValue,
        /// The last value seen, in this run too.
        "last_value" => LastValue,
        /// Where every run ends.
        "end_value" => EndValue,
        /// How far each run goes back behind the bound.
        "lag" => Lag,
    }
}

impl Code for Template {
    fn write_code(&self, code: &mut String) {
        code::call("Template", &self.0, code);
    }
}

impl Template {
    /// No text.
    pub const EMPTY: Template = Template(List::Borrowed(&[]));

    /// A template of literal text.
    pub fn text(text: impl Into<Str>) -> Template {
        Template(List::Owned(vec![Part::Text(text.into())]))
    }

    /// The text, if there are no gaps.
    pub fn as_text(&self) -> Option<&str> {
        match &*self.0 {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}

impl From<Str> for Template {
    fn from(text: Str) -> Template {
        Template::text(text)
    }
}

impl From<&'static str> for Template {
    fn from(text: &'static str) -> Template {
        Template::text(text)
    }
}

impl From<String> for Template {
    fn from(text: String) -> Template {
        Template::text(text)
    }
}
