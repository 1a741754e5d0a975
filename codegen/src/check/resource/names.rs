//! The names of resources: none may be used twice.

use std::collections::HashMap;

use rest_source_plan::printable;

use super::super::name;
use crate::{
    config,
    diagnostic::{Code, Diagnostic, Diagnostics},
    model,
    source::{Span, Spanned},
};

/// Functions of every client, which the one of a resource must not hide.
const CLIENT_METHODS: [&str; 3] = ["builder", "clone", "from_env"];

/// How many more places of a name than two are shown.
const SHOWN_PLACES: usize = 3;

pub(super) fn function(name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    if name.value.chars().any(printable::is_control) {
        let message = format!("the name of a resource has a control character: {:?}", name.value);
        let help = "give it a name of visible characters on one line";
        diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message).help(help));
        return None;
    }
    let function = name::function(&name.value, &CLIENT_METHODS);
    if function.is_none() {
        let message = format!("no Rust name can be made of `{}`", name.value);
        diagnostics.push(
            Diagnostic::error(Code::InvalidName, name.span, message)
                .help("give it a name with letters, and the rest to `endpoint.path`"),
        );
    }
    function
}

/// The names given so far, and where.
#[derive(Default)]
pub(super) struct Names {
    /// In the file's order, each with all places where it stands.
    pub(super) resources: Vec<(String, Vec<Span>)>,
    /// Where a resource is in these.
    known: HashMap<String, usize>,
    functions: HashMap<String, (String, Span)>,
    types: HashMap<String, (String, Span)>,
}

impl Names {
    /// Whether the names of a resource are free.
    pub(super) fn admit(
        &mut self,
        checked: &model::Resource,
        name: &str,
        span: Span,
        resource: &config::Resource,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if let Some(known) = self.known.get(name) {
            self.resources[*known].1.push(span);
            return false;
        }
        self.known.insert(name.to_owned(), self.resources.len());
        self.resources.push((name.to_owned(), vec![span]));
        let type_span = resource.type_name.get().map_or(span, |chosen| chosen.span);
        let type_name = &checked.type_name;
        let paste = format!("give one of them another, `type_name: {type_name}Record`");
        let function = checked.function.clone();
        clash(&mut self.functions, function, "function", name, span, "rename one of them", diagnostics)
            // Resources whose functions clash are renamed, and their types with them.
            && clash(&mut self.types, type_name.clone(), "type", name, type_span, &paste, diagnostics)
    }
}

/// A name that is used several times is one mistake.
pub(super) fn duplicate(name: &str, places: &[Span]) -> Option<Diagnostic> {
    let [first, second, others @ ..] = places else { return None };
    let number = match places.len() {
        2 => "two".to_owned(),
        number => number.to_string(),
    };
    let message = format!("there are {number} resources `{name}`");
    let mut diagnostic = Diagnostic::error(Code::DuplicateResource, *second, message)
        .says("here again")
        .label(*first, "first here");
    let (shown, rest) = others.split_at(others.len().min(SHOWN_PLACES));
    for place in shown {
        diagnostic = diagnostic.label(*place, "and here");
    }
    if !rest.is_empty() {
        diagnostic = diagnostic.note(format!("and {} more times", rest.len()));
    }
    Some(diagnostic.help("one endpoint can serve several resources: name them apart"))
}

fn clash(
    given: &mut HashMap<String, (String, Span)>,
    rust_name: String,
    what: &str,
    name: &str,
    span: Span,
    help: &str,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some((first, first_span)) = given.get(&rust_name) else {
        given.insert(rust_name, (name.to_owned(), span));
        return true;
    };
    let message = format!("`{first}` and `{name}` would share the {what} `{rust_name}`");
    diagnostics.push(
        Diagnostic::error(Code::NameClash, span, message)
            .says("the second")
            .label(*first_span, "the first")
            .help(help),
    );
    false
}
