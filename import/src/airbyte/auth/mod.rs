//! Authenticators.

mod token;

use super::{
    gaps::{Gaps, is_custom},
    jinja::{self, Expr},
    naming,
    request::Place,
    scope::{Names, Scope},
    settings::Settings,
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// The `auth` of a requester; `None` if it sends nothing, or what cannot be described.
pub(super) fn auth(
    authenticator: Option<&Value>,
    base: &str,
    settings: &mut Settings,
    gaps: &mut Gaps,
) -> Option<Node> {
    let authenticator = authenticator?;
    let names = Names::default();
    let parameters = authenticator.get("$parameters");
    let mut auth = Auth {
        base,
        scope: Scope {
            parameters,
            settings,
            names: &names,
            needed_by: Some("`auth`"),
            is_record: false,
        },
        gaps,
    };
    auth.of(authenticator)
}

/// What an authenticator is read with.
struct Auth<'a> {
    /// The base URL of the stream.
    base: &'a str,
    scope: Scope<'a>,
    gaps: &'a mut Gaps,
}

impl Auth<'_> {
    fn of(&mut self, of: &Value) -> Option<Node> {
        if is_custom(of) {
            self.gaps.custom("authenticator", of);
            return None;
        }
        if let Some(options) = self.options(of, "api_token") {
            return self.choice(&options);
        }
        let mapping = match of.text_of("type").unwrap_or_default() {
            "NoAuth" => return None,
            "BearerAuthenticator" => {
                let token = self.credential(of, "api_token")?;
                Mapping::of([("type", Node::text("bearer")), ("token", token)])
            }
            "BasicHttpAuthenticator" => {
                basic(self.half(of, "username")?, self.half(of, "password")?)
            }
            "ApiKeyAuthenticator" => self.api_key(of)?,
            "OAuthAuthenticator" => self.oauth(of)?,
            "SessionTokenAuthenticator" => self.session(of)?,
            "JwtAuthenticator" => self.jwt(of)?,
            "SelectiveAuthenticator" => return self.choice(of),
            kind => {
                self.gaps.add("auth", "authenticator", format!("`{kind}` has no counterpart"));
                return None;
            }
        };
        Some(mapping.into())
    }

    /// A credential, whose settings are secrets.
    fn credential(&mut self, of: &Value, key: &str) -> Option<Node> {
        let text = of.get(key).and_then(Value::scalar)?;
        // Names of users and clients are secret only where the spec says so, or their settings' names.
        self.scope.secret(&text, !["username", "client_id"].contains(&key));
        match self.scope.template(&text) {
            Ok(filled) => Some(Node::Text(filled.unwrap_or_default().text)),
            Err(message) => {
                self.gaps.add("auth", &format!("authenticator.{key}"), message);
                None
            }
        }
    }

    /// A user name or password, which may be empty: so is a setting that the spec does not have, unless its name is
    /// that of a credential.
    fn half(&mut self, of: &Value, key: &str) -> Option<Node> {
        let text = of.get(key).and_then(Value::scalar).unwrap_or_default();
        if text.trim().is_empty() {
            return Some(Node::text(""));
        }
        let expression = jinja::expression(&text, self.scope.parameters);
        if let Ok(expression) = &expression
            && let Some(keys) = expression.keys_of(&["config"])
            && !self.scope.settings.may_be(&keys)
        {
            return Some(Node::text(""));
        }
        self.credential(of, key)
    }

    fn api_key(&mut self, of: &Value) -> Option<Mapping> {
        let mut auth = Mapping::of([("type", Node::text("api_key"))]);
        let place = match (of.get("inject_into"), of.text_of("header")) {
            (Some(option), _) => Place::of(option, &mut self.scope),
            (None, Some(header)) => Some(Place::Header(header.to_owned())),
            (None, None) => None,
        };
        let (name, location) = match place {
            Some(Place::Header(name)) => (name, None),
            Some(Place::Param(name)) => (name, Some("query")),
            Some(Place::Body(path)) => {
                (naming::path(path.iter().map(String::as_str)), Some("body"))
            }
            Some(Place::Form(name)) => (name, Some("body")),
            None => {
                self.gaps.add("auth", "authenticator", "where the key is sent is not known");
                return None;
            }
        };
        auth.set("name", Node::Text(name));
        auth.set("api_key", self.credential(of, "api_token")?);
        if let Some(location) = location {
            auth.set("location", Node::text(location));
        }
        Some(auth)
    }

    /// A credential that a word of the configuration chooses: the path of that word, and an authenticator for each
    /// word.
    fn options(&self, of: &Value, key: &str) -> Option<Value> {
        let text = of.text_of(key)?;
        let mut rest = jinja::expression(text, self.scope.parameters).ok()?;
        let mut path: Option<Vec<String>> = None;
        let mut options = indexmap::IndexMap::new();
        while let Expr::If(condition, then, otherwise) = rest {
            let Expr::Binary(jinja::Operator::Equal, word, value) = &*condition else {
                return None;
            };
            let keys = word.keys_of(&["config"])?;
            let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
            if path.as_ref().is_some_and(|path| *path != keys) {
                return None;
            }
            path = Some(keys);
            options.insert(value.text()?.to_owned(), Self::with(of, key, &then)?);
            rest = *otherwise;
        }
        if !jinja::is_false(&rest) {
            options.insert("default".to_owned(), Self::with(of, key, &rest)?);
        }
        let list = |items: Vec<String>| Value::List(items.into_iter().map(Value::Text).collect());
        let members = [
            ("authenticator_selection_path".to_owned(), list(path?)),
            ("authenticators".to_owned(), Value::Map(options)),
        ];
        Some(Value::Map(members.into_iter().collect()))
    }

    /// An authenticator with another credential, which is a member of the configuration.
    fn with(of: &Value, key: &str, credential: &Expr) -> Option<Value> {
        let keys = credential.keys_of(&["config"])?;
        let path = keys.join("']['");
        let mut members = of.map()?.clone();
        members.insert(key.to_owned(), Value::Text(format!("{{{{ config['{path}'] }}}}")));
        Some(Value::Map(members))
    }

    fn choice(&mut self, of: &Value) -> Option<Node> {
        let path: Vec<String> =
            of.list_of("authenticator_selection_path").iter().filter_map(Value::scalar).collect();
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        let mut options = Mapping::new();
        for (name, option) in of.members_of("authenticators") {
            match self.of(option) {
                Some(auth) => options.set(name, auth),
                None if option.text_of("type") == Some("NoAuth") => {
                    options.set(name, Mapping::of([("type", Node::text("none"))]));
                }
                None => {}
            }
        }
        if options.is_empty() || keys.is_empty() {
            return None;
        }
        // Which one it is has to be said.
        if let Some(first) = options.entries.first().map(|option| option.key.clone()) {
            self.scope.settings.set_words(&keys, &first);
        }
        let choose = self.scope.settings.needed(&keys, "`auth`");
        Some(Mapping::of([("choose", Node::Text(choose)), ("options", options.into())]).into())
    }
}

/// HTTP Basic with a user name and a password.
pub(super) fn basic(username: Node, password: Node) -> Mapping {
    Mapping::of([
        ("type", Node::text("http_basic")),
        ("username", username),
        ("password", password),
    ])
}

/// A list of texts, or one text.
fn texts(of: &Value, key: &str) -> Vec<String> {
    match of.get(key) {
        Some(Value::Text(text)) => vec![text.clone()],
        _ => of.list_of(key).iter().filter_map(Value::scalar).collect(),
    }
}

/// The text that an expression of the manifest comes to at import.
fn constant(text: &str, parameters: Option<&Value>) -> Option<String> {
    match jinja::expression(text, parameters).ok()? {
        Expr::Const(value) => value.scalar(),
        _ => None,
    }
}
