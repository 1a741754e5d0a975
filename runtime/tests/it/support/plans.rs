//! Plans that are made at run time, for tests that are not about records.

use rest_source::{
    Client, ClientBuilder, Error, Fetch,
    plan::{
        ApiKey, Auth, Choice, Endpoint, Filter, Grant, Input, JsonPath, KeyLocation, List, Node,
        OAuth2, Paginator, Part, Query, ResourcePlan, Segment, Selector, SourcePlan, Step,
        Template,
    },
};
use serde_json::Value;

use super::{SOURCE, Server};

/// A source whose plan is changed, at the address of a server and without a limit for tries.
pub(crate) fn with(server: &Server, change: impl FnOnce(&mut SourcePlan)) -> ClientBuilder {
    let mut plan = SOURCE.clone();
    plan.auth = Auth::None;
    plan.secrets = vec![].into();
    change(&mut plan);
    ClientBuilder::new(std::borrow::Cow::Owned(plan)).base_url(server.url()).timeout(None)
}

/// `GET /items`, whose body is the list of records.
pub(crate) fn items() -> Endpoint {
    Endpoint {
        path: Template::text("/items"),
        ..Endpoint::new(&[], Some(Selector::ROOT), Paginator::SinglePage)
    }
}

/// A path to those children of a value, then to those of each, and so on.
pub(crate) fn json_path(text: &'static str, choices: Vec<Choice>) -> Selector {
    Selector::JsonPath(JsonPath {
        text: text.into(),
        segments: segments(choices),
        ..JsonPath::DEFAULT
    })
}

/// Whether there is a member of this name, `?@.open`.
pub(crate) fn has(name: &'static str) -> Choice {
    Choice::Filter(Filter::Exists(member(name)))
}

/// `@.open`
pub(crate) fn member(name: &'static str) -> Query {
    let choices = vec![Choice::One(Step::Name(name.into()))];
    Query { from: Node::Current, segments: segments(choices), ..Query::DEFAULT }
}

fn segments(choices: Vec<Choice>) -> List<Segment> {
    choices.into_iter().map(|choice| Segment::Children(vec![choice].into())).collect()
}

/// The resource `items` of an endpoint.
pub(crate) fn plan_of(endpoint: Endpoint) -> ResourcePlan {
    ResourcePlan::new("items", endpoint, &[])
}

/// All records of an endpoint.
pub(crate) async fn fetch(client: &Client, endpoint: Endpoint) -> Result<Vec<Value>, Error> {
    Fetch::of_plan(client, plan_of(endpoint)).all().await
}

/// The secret of this name, which the plan then lists.
pub(crate) fn secret(plan: &mut SourcePlan, name: &'static str) -> Template {
    plan.secrets.to_mut().push(Input {
        name: name.into(),
        setter: name.into(),
        variables: vec![].into(),
        ..Input::DEFAULT
    });
    Template(vec![Part::Secret(name.into())].into())
}

/// Literal text.
pub(crate) fn text(text: &'static str) -> Template {
    Template::text(text)
}

/// A key, the secret `key`, under this name.
pub(crate) fn api_key(plan: &mut SourcePlan, name: &'static str, location: KeyLocation) -> Auth {
    Auth::ApiKey(ApiKey {
        name: name.into(),
        key: secret(plan, "key"),
        location,
        ..ApiKey::DEFAULT
    })
}

/// OAuth 2 with the endpoint `/token` of a server, and the secret `client_secret`.
pub(crate) fn token_source(plan: &mut SourcePlan, server: &Server, grant: Grant) -> OAuth2 {
    OAuth2 {
        access_token_url: Template::text(format!("{}/token", server.url())),
        grant,
        client_id: text("me"),
        client_secret: secret(plan, "client_secret"),
        access_token: None,
        request_data: vec![].into(),
        default_expiration: std::time::Duration::from_secs(3600),
        ..OAuth2::DEFAULT
    }
}
