//! What helps against a request that has failed for good: where its credentials come from, and why it
//! went where it went.

use crate::{
    Error,
    client::Inner,
    http::{
        auth::{Authenticator, chosen},
        inputs::Inputs,
        proxy,
    },
    plan::{
        ApiKey, Auth, Bearer, ClientAuth, Grant, Hmac, HttpBasic, Jwt, JwtAuth, OAuth2, Part,
        ResourcePlan, SendAs, Session, Template,
    },
};

/// Adds to the error of a resource's page what helps against it.
pub(crate) fn add(error: Error, client: &Inner, plan: &ResourcePlan, page: u64) -> Error {
    let help = match error.status() {
        Some(401 | 403) => credentials(client, plan),
        Some(404) if page == 1 && plan.endpoint.path.as_text() == Some(&plan.name) => {
            let name = &plan.name;
            Some(format!(
                "the path `{name}` is the resource's name; `path` of its endpoint sets another"
            ))
        }
        Some(407) => proxy(&error),
        None if error.is_token_refused() => credentials(client, plan),
        None if error.is_timeout() || error.is_broken() => proxy(&error),
        _ => None,
    };
    help.into_iter().fold(error, Error::with_help)
}

/// The proxy that may have failed in the server's place.
fn proxy(error: &Error) -> Option<String> {
    let proxy = proxy::of(error.url()?)?;
    Some(format!("requests go through the proxy {proxy}"))
}

/// Where the secrets are from that the requests of a resource carry.
fn credentials(client: &Inner, plan: &ResourcePlan) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut visit = |template: &Template| {
        for part in template.0.iter() {
            if let Part::Secret(name) = part
                && let Some((name, _)) =
                    client.inputs.named_secrets().find(|(known, _)| known == name)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
    };
    let of_client = plan.endpoint.auth.is_none();
    let is_custom = of_client && matches!(*client.auth, Authenticator::Custom(_));
    let auth = plan.endpoint.auth.as_ref().unwrap_or(&client.plan.auth);
    if !is_custom {
        each_of_auth(auth, &client.inputs, &mut visit);
    }
    client.plan.headers.iter().for_each(|(_, template)| visit(template));
    plan.endpoint.each_template(&mut visit);
    if names.is_empty() {
        let whose = if of_client { "of `client` adds one" } else { "of the endpoint is `none`" };
        let sends_none = !is_custom && *auth == Auth::None;
        return sends_none.then(|| format!("no credential is sent; `auth` {whose}"));
    }
    let from = names
        .iter()
        .map(|name| format!("the secret `{name}` is from {}", client.inputs.origin(name)));
    Some(from.collect::<Vec<_>>().join(", "))
}

fn each_of_auth(auth: &Auth, inputs: &Inputs, visit: &mut dyn FnMut(&Template)) {
    match auth {
        Auth::None => {}
        Auth::Bearer(Bearer { token, .. }) => visit(token),
        Auth::ApiKey(ApiKey { key, .. }) => visit(key),
        Auth::HttpBasic(HttpBasic { username, password, .. }) => {
            [username, password].into_iter().for_each(visit);
        }
        Auth::OAuth2(OAuth2 {
            grant,
            client_id,
            client_secret,
            client_auth,
            access_token,
            request_data,
            ..
        }) => {
            [client_id, client_secret].into_iter().chain(access_token).for_each(&mut *visit);
            match grant {
                Grant::ClientCredentials => {}
                Grant::RefreshToken(token) => visit(token),
                Grant::JwtBearer(jwt) => each_of_jwt(jwt, visit),
            }
            if let ClientAuth::PrivateKeyJwt(jwt) = client_auth {
                each_of_jwt(jwt, visit);
            }
            request_data.iter().for_each(|(_, value)| value.each_template(visit));
        }
        Auth::Session(Session { login, .. }) => {
            login.params.iter().for_each(|param| visit(&param.value));
            login.headers.iter().for_each(|(_, value)| visit(value));
            if let Some(body) = &login.body {
                body.each_template(visit);
            }
            match &login.auth {
                None => {}
                Some(SendAs::Bearer(Bearer { token, .. })) => visit(token),
                Some(SendAs::ApiKey(ApiKey { key, .. })) => visit(key),
                Some(SendAs::HttpBasic(HttpBasic { username, password, .. })) => {
                    [username, password].into_iter().for_each(visit);
                }
            }
        }
        Auth::Jwt(JwtAuth { jwt, .. }) => each_of_jwt(jwt, visit),
        Auth::Hmac(Hmac { key, headers, params, .. }) => {
            visit(key);
            headers.iter().chain(params.iter()).for_each(|(_, value)| visit(value));
        }
        Auth::Choice(choice) => {
            if let Ok(auth) = chosen(choice, inputs) {
                each_of_auth(auth, inputs, visit);
            }
        }
    }
}

fn each_of_jwt(jwt: &Jwt, visit: &mut dyn FnMut(&Template)) {
    [&jwt.key].into_iter().chain(&jwt.service_account).for_each(visit);
}
