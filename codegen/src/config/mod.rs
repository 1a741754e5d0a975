//! The language: what a source description may say, key by key, as the file says it.
//!
//! What the keys mean together is the business of [`check`](crate::check).

mod auth;
mod client;
mod column;
mod defaults;
mod endpoint;
mod incremental;
mod loading;
mod node;
mod paginator;
mod project;
mod record;
mod resource;
mod response_action;
mod response_format;
mod time_format;

use self::loading::{FileFormat, NestedHints, Reference, SchemaContract, TableFormat};
pub use self::{
    auth::{Auth, TokenRequest},
    client::{Client, Per, RateLimit, RateLimitHeaders, Retry},
    column::{Column, Columns},
    endpoint::{Endpoint, Param},
    incremental::Incremental,
    loading::{Disposition, DispositionOptions, MergeStrategy},
    node::{ConstantNode, ObjectNode, RawNode, ScalarNode},
    paginator::{CursorPaginator, Ends, OffsetPaginator, PageNumberPaginator, Paginator},
    project::{REST_TYPES, description, descriptions},
    record::{ProcessingStep, RecordColumnsPath},
    resource::{Included, Resource},
    response_action::ResponseAction,
    response_format::{CsvFormat, ResponseFormat},
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{Key, MappingShape, Parse, Prose, Reader, Setting, Shape},
    source::{Span, Spanned},
    yaml::{Mapping, Node, Value},
};

/// How many values `resource_defaults` may add to all resources together, so that a file of a few
/// megabytes does not fill the memory.
const MAX_DEFAULT_NODES: usize = 500_000;

/// What a whole file is called in messages.
const WHAT: &str = "a source description";

/// A whole file.
#[derive(Debug, Clone)]
pub struct Config {
    /// What the source is.
    pub description: Setting<Prose>,
    /// How the API is reached.
    pub client: Setting<Client>,
    /// The resources, with their defaults filled in.
    pub resources: Vec<Spanned<Resource>>,
}

impl Config {
    /// Reads a whole file.
    pub fn parse(document: &Node, diagnostics: &mut Diagnostics) -> Option<Config> {
        diagnostics.set_language(&shape());
        let mut reader = Reader::begin(document, WHAT, "Source", diagnostics)?;
        reader.takes(&["description", "client", "resource_defaults", "resources"], &[]);
        let description = reader.optional("description");
        let client = reader.required("client");
        let defaults: Setting<RawNode> = reader.optional("resource_defaults");
        let resources: Setting<Vec<RawNode>> = reader.required("resources");
        reader.finish();

        let empty = Mapping::default();
        let default_size = defaults.get().map_or(1, |RawNode(node)| node.count());
        let most_resources = MAX_DEFAULT_NODES / default_size;
        if resources.get().is_some_and(|resources| resources.len() > most_resources) {
            let message =
                format!("defaults add more than {MAX_DEFAULT_NODES} values to the resources");
            diagnostics.push(Diagnostic::of_file(Code::TooLarge, message));
        }
        let defaults = match defaults.get() {
            Some(RawNode(node)) => defaults::read(node, diagnostics),
            None => None,
        };
        let defaults = defaults.as_ref().unwrap_or(&empty);
        let resources = resources.get().into_iter().flatten().take(most_resources);
        let resources = resources.filter_map(|RawNode(node)| resource(node, defaults, diagnostics));
        let resources = resources.collect();
        Some(Config { description, client, resources })
    }
}

/// What a whole file looks like.
pub fn shape() -> Shape {
    fn keys() -> Vec<Key> {
        let resources = Shape::List(Box::new(Resource::own_shape()));
        vec![
            Key::new("description", "What the source is.", "optional", Prose::shape()),
            Key::new("client", "How the API is reached.", "required", Client::shape()),
            Key::new(
                "resource_defaults",
                "The defaults of all resources.",
                "optional",
                Resource::default_shape(),
            ),
            Key::new("resources", "The resources.", "required", resources),
        ]
    }
    let doc = "A description of a REST source.";
    Shape::Mapping(MappingShape { name: "Source", what: WHAT, doc, keys })
}

fn resource(
    node: &Node,
    defaults: &Mapping,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Resource>> {
    let own = defaults::spelled_out(node);
    let (span, merged) = match own.value {
        Value::Mapping(own) => {
            (name_span(&own, node.span), Value::Mapping(defaults::merge(defaults, &own)))
        }
        _ => (node.span, own.value),
    };
    let value = Resource::parse(&Node { span, value: merged }, diagnostics)?;
    Some(Spanned { value, span })
}

/// A resource is pointed at by its name, which is shorter than the whole of it.
fn name_span(resource: &Mapping, otherwise: Span) -> Span {
    resource.get("name").map_or(otherwise, |entry| entry.value.span)
}
