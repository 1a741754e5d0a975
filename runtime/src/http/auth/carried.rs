//! A credential in the place where a request carries it: a header, the query, a cookie or the body.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::{
    Request,
    header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::form_urlencoded;

use super::param::set_param;
use crate::{
    Error,
    error::{Reason, mask::Mask},
    http::{cookies, header::secret_header, inputs::Inputs, payload::put},
    plan::{ApiKey, Bearer, HttpBasic, KeyLocation, SendAs, Str, Template},
};

/// A credential in its place.
pub(crate) struct Carried {
    place: Place,
    /// What is secret of it: the token, the password, the key.
    secret: SecretString,
}

enum Place {
    Header(HeaderName, HeaderValue),
    /// A query parameter.
    Param(Str, SecretString),
    /// `name=value`.
    Cookie(HeaderValue),
    /// The keys that lead to it, one inside the other.
    Body(Vec<Str>, SecretString),
}

impl Carried {
    /// What a plan says. A token fills its gap; without one the plan has none.
    pub(super) fn new(
        plan: &SendAs,
        token: Option<&SecretString>,
        inputs: &Inputs,
        mask: &Mask,
    ) -> Result<Carried, Reason> {
        let fill = |template: &Template| match token {
            Some(token) => {
                inputs.fill_with(template, &|_| Some(token.expose_secret().to_owned().into()))
            }
            None => inputs.fill(template),
        };
        // A token is masked by the one who has fetched it.
        let keep = |secret: &SecretString| {
            if token.is_none() {
                mask.keep_credential(secret);
            }
        };
        let (place, secret) = match plan {
            SendAs::Bearer(Bearer { token: template, .. }) => {
                let secret = fill(template)?;
                keep(&secret);
                let value = format!("Bearer {}", secret.expose_secret());
                (Place::Header(AUTHORIZATION, secret_header(&AUTHORIZATION, &value)?), secret)
            }
            SendAs::HttpBasic(HttpBasic { username, password, .. }) => {
                let (username, password) = (fill(username)?, fill(password)?);
                keep(&password);
                let (value, encoded) = basic(username.expose_secret(), password.expose_secret())?;
                match token {
                    Some(_) => mask.learn(&encoded),
                    None => mask.keep(&encoded),
                }
                (Place::Header(AUTHORIZATION, value), password)
            }
            SendAs::ApiKey(plan) => {
                let key = fill(&plan.key)?;
                keep(&key);
                (Place::of_key(plan, &key, token.is_some(), inputs)?, key)
            }
        };
        // What a token is filled into is no secret by itself.
        let secret = token.cloned().unwrap_or(secret);
        Ok(Carried { place, secret })
    }

    /// What is secret of it.
    pub(super) fn secret(&self) -> &SecretString {
        &self.secret
    }

    /// Adds it to a request, in place of what has its name there.
    pub(super) fn apply(&self, request: &mut Request) -> Result<(), Error> {
        match &self.place {
            Place::Header(name, value) => {
                request.headers_mut().insert(name.clone(), value.clone());
            }
            Place::Param(name, key) => set_param(request, name, key.expose_secret()),
            Place::Cookie(cookie) => {
                if !cookies::append(request.headers_mut(), cookie.as_bytes()) {
                    return Err(Error::config("the cookies cannot be sent together"));
                }
            }
            Place::Body(keys, key) => {
                add_to_body(request, keys, key.expose_secret()).map_err(Error::config)?;
            }
        }
        Ok(())
    }
}

impl Place {
    fn of_key(
        plan: &ApiKey,
        key: &SecretString,
        is_of_server: bool,
        inputs: &Inputs,
    ) -> Result<Place, Reason> {
        let name = inputs.name(&plan.name)?;
        Ok(match plan.location {
            KeyLocation::Query => Place::Param(name, key.clone()),
            KeyLocation::Cookie => Place::Cookie(cookie(&name, key, is_of_server)?),
            KeyLocation::Body => {
                let keys = plan.body_path.iter().map(|key| inputs.name(key));
                let mut keys = keys.collect::<Result<Vec<_>, _>>()?;
                if keys.is_empty() {
                    keys.push(name);
                }
                Place::Body(keys, key.clone())
            }
            KeyLocation::Header => {
                let name = HeaderName::from_bytes(name.as_bytes())
                    .map_err(|_| format!("`{name}` is not the name of a header"))?;
                let value = secret_header(&name, key.expose_secret())?;
                Place::Header(name, value)
            }
        })
    }
}

/// RFC 7617, in UTF-8 as its section 2.1 has it: the header and what it encodes.
pub(super) fn basic(username: &str, password: &str) -> Result<(HeaderValue, String), Reason> {
    if username.contains(':') {
        return Err("a user name of `http_basic` cannot contain a colon (RFC 7617)".into());
    }
    let encoded = BASE64_STANDARD.encode(format!("{username}:{password}"));
    Ok((secret_header(&AUTHORIZATION, &format!("Basic {encoded}"))?, encoded))
}

/// RFC 6265, section 4.1.1. What a server has set goes back as it came (section 5.4).
fn cookie(name: &str, key: &SecretString, is_of_server: bool) -> Result<HeaderValue, Reason> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err(format!("`{name}` is not the name of a cookie").into());
    }
    let key = key.expose_secret();
    let is_sendable = |c: char| {
        if is_of_server {
            !c.is_control() && c != ';'
        } else {
            c.is_ascii_graphic() && !"\",;\\".contains(c)
        }
    };
    if !key.chars().all(is_sendable) {
        return Err(format!(
            "the cookie `{name}` has a value that cannot be sent: a cookie has no spaces, quotes, \
             commas, semicolons or backslashes, and no letters beyond ASCII"
        )
        .into());
    }
    secret_header(&COOKIE, &format!("{name}={key}"))
}

/// Puts a key into a body of JSON or a form, or makes a body of it for a request that may have one.
fn add_to_body(request: &mut Request, keys: &[Str], key: &str) -> Result<(), Reason> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_form = content_type.is_some_and(|of| of.to_ascii_lowercase().starts_with(FORM));
    let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
    let body = if is_form {
        let name = keys.join(".");
        let others = form_urlencoded::parse(body).filter(|(other, _)| *other != name);
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(others).append_pair(&name, key);
        form.finish()
    } else {
        let read = || serde_json::from_slice(body).ok().filter(Value::is_object);
        let mut json = match body {
            [] if *request.method() == reqwest::Method::GET => None,
            [] => Some(Value::Null),
            _ => read(),
        }
        .ok_or_else(|| {
            let name = keys.join(".");
            format!(
                "the key `{name}` belongs in a body of JSON or a form, and the request has none"
            )
        })?;
        put(&mut json, keys, Value::from(key));
        json.to_string()
    };
    if !is_form {
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().entry(CONTENT_TYPE).or_insert(json);
    }
    *request.body_mut() = Some(body.into());
    Ok(())
}
