//! Keys that are sent in the body of a request.

use rest_source_plan::{ApiKey, Auth, Body, KeyLocation, Method, SendAs};

use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::Resource,
};

/// A key in the body needs a body that takes it: of JSON or a form, or none yet in a POST.
pub(in crate::check) fn check_bodies(
    config: &Config,
    of_client: &Auth,
    resources: &[Resource],
    diagnostics: &mut Diagnostics,
) {
    for resource in resources {
        let endpoint = &resource.plan.endpoint;
        let auth = endpoint.auth.as_ref().unwrap_or(of_client);
        if !is_in_body(auth) {
            continue;
        }
        let message = match &endpoint.body {
            None if endpoint.method == Method::Get => {
                "`auth` sends a key in the body, and this request has none"
            }
            Some(Body::Text(_)) => "`auth` sends a key in the body, which is text and takes none",
            _ => continue,
        };
        let is_it = |name: &str| *name == resource.plan.name;
        let span = config.resources.iter().find_map(|resource| {
            resource.value.name.get().filter(|name| is_it(&name.value)).map(|name| name.span)
        });
        diagnostics.push(
            Diagnostic::error(Code::Conflict, span.unwrap_or_default(), message)
                .help("add `method: POST` with `json` or a form as `data` to its endpoint")
                .help("or give the endpoint an `auth` of its own"),
        );
    }
}

fn is_in_body(auth: &Auth) -> bool {
    let key = |key: &ApiKey| key.location == KeyLocation::Body;
    let send = |send: &SendAs| matches!(send, SendAs::ApiKey(of) if key(of));
    match auth {
        Auth::None | Auth::Bearer(_) | Auth::HttpBasic(_) | Auth::Hmac(_) => false,
        Auth::ApiKey(of) => key(of),
        Auth::OAuth2(oauth) => send(&oauth.send),
        Auth::Session(session) => send(&session.send),
        Auth::Jwt(jwt) => send(&jwt.send),
        Auth::Choice(choice) => choice.options.iter().any(|(_, auth)| is_in_body(auth)),
    }
}
