//! Text with gaps in it.

use crate::{
    AuthValue, Code, List, NamedFormat, Selector, Str, TimeFormat, code, code::plan, words,
};

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
        /// The page cursor, or what is at this path in it: `{paginator.cursor}`, `{paginator.cursor.id}`.
        PageCursor(Selector),
        /// Another value of the paginator: `{paginator.offset}`.
        Paginator(PageValue),
        /// What an authentication names, of its token or of the request that it signs: `{token}`.
        Auth(AuthValue),
        /// A query parameter of the request: `{params.region}`. Only an added field has it.
        Param(Str),
        /// A field of the record: `{record.id}`. Only an added field has it.
        Record(Selector),
        /// The value of a list that the resource is fetched for: `{each.repo}`.
        Each(Str),
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

words! {
    /// What a template may name of a paginator beside its page cursor.
    pub enum PageValue {
        /// How many records the request skips.
        "offset" => Offset,
        /// The number of the requested page.
        "page" => Page,
        /// The page size.
        "limit" => Limit,
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

    /// `{token}`.
    pub const TOKEN: Template = Template(List::Borrowed(&[Part::Auth(AuthValue::Token)]));

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

    /// The text whose gaps settings fill, which `setting` gives by their names. `None` if one has no value, or
    /// something else is a gap.
    pub fn filled(&self, setting: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let part = |part: &Part| match part {
            Part::Text(text) => Some(text.to_string()),
            Part::Config(name) => setting(name),
            _ => None,
        };
        self.0.iter().map(part).collect()
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
