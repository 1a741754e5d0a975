//! What the client signs: JSON Web Tokens and requests.

use rest_source_plan::{
    AuthValue, BinaryEncoding, Claim, Hash, Hmac, JsonTemplate, Jwt, JwtAlgorithm, Part, Relative,
    Template,
};

use super::{
    super::{header, secret},
    Checks,
};
use crate::{
    config::{self, ObjectNode},
    diagnostic::{Code, Diagnostic},
    parse::{LooseText, Map, Setting},
    source::Spanned,
    yaml::{Entry, Mapping, Node, Value},
};

/// Claims that are times.
const TIMES: [&str; 3] = ["exp", "iat", "nbf"];
/// How long a token is valid that does not say so: long enough for clocks that differ, and no longer
/// than any API allows.
const VALID: i64 = 300;

/// What a request says of itself.
const OF_REQUEST: [AuthValue; 8] = [
    AuthValue::Method,
    AuthValue::Path,
    AuthValue::Query,
    AuthValue::Target,
    AuthValue::Host,
    AuthValue::Url,
    AuthValue::Body,
    AuthValue::BodySha256,
];

impl Checks<'_> {
    /// A token, with the claims that it has unless the file has others.
    pub(super) fn jwt(&mut self, jwt: &config::Jwt, defaults: &[(&'static str, Claim)]) -> Jwt {
        let algorithm = jwt.algorithm.get().map_or(JwtAlgorithm::Rs256, |of| of.value);
        let mut plan = Jwt { algorithm, ..Jwt::DEFAULT };
        self.jwt_key(jwt, &mut plan);
        if let Some(key_id) = jwt.key_id.get() {
            let id = self.text(key_id);
            plan.header.to_mut().push(("kid".into(), JsonTemplate::Text(id)));
        }
        for entry in entries(&jwt.jwt_headers) {
            if entry.key == "alg" || (entry.key == "kid" && jwt.key_id.get().is_some()) {
                let instead = if entry.key == "alg" { "algorithm" } else { "key_id" };
                let message = format!("`{}` is what `{instead}` says", entry.key);
                self.error(Code::Conflict, entry.key_span, &message);
                continue;
            }
            let name = self.text_of(&entry.key, entry.key_span, &[]);
            let value = self.json(&entry.value, &[]);
            plan.header.to_mut().push((name, value));
        }
        let times = [("iat", Claim::Time(0)), ("exp", Claim::Time(VALID))];
        for (name, claim) in defaults.iter().chain(&times) {
            // `null` leaves it out.
            if entries(&jwt.claims).all(|entry| entry.key != *name) {
                plan.claims.to_mut().push((Template::from(*name), claim.clone()));
            }
        }
        for entry in entries(&jwt.claims).filter(|entry| !entry.value.is_null()) {
            let name = self.text_of(&entry.key, entry.key_span, &[]);
            let claim = self.claim(entry);
            plan.claims.to_mut().push((name, claim));
        }
        plan
    }

    /// A claim: a time that depends on now, or a value.
    fn claim(&mut self, entry: &Entry) -> Claim {
        if let Value::Scalar(scalar) = &entry.value.value {
            if let Some(time) = Relative::read(&scalar.text) {
                return Claim::Time(time.seconds());
            }
            let meant = Relative::meant_by(&scalar.text);
            let is_text = super::super::literal::literal(scalar).is_none();
            if TIMES.contains(&entry.key.as_str()) && is_text && !scalar.text.contains('{') {
                let meant = meant.unwrap_or_else(|| "now + 5 minutes".to_owned());
                let message = format!("`{}` is a time, and this is none", entry.key);
                self.diagnostics.push(
                    Diagnostic::error(Code::WrongType, entry.value.span, message)
                        .help(format!("write `{meant}`")),
                );
            }
        }
        self.no_times_within(&entry.value);
        Claim::Value(self.json(&entry.value, &[AuthValue::Nonce]))
    }

    /// A list or an object has no times: they would be sent as the text that they are here.
    fn no_times_within(&mut self, node: &Node) {
        let within: Vec<&Node> = match &node.value {
            Value::Scalar(_) => return,
            Value::Sequence(items) => items.iter().collect(),
            Value::Mapping(mapping) => mapping.entries.iter().map(|entry| &entry.value).collect(),
        };
        for node in within {
            if let Value::Scalar(scalar) = &node.value
                && Relative::read(&scalar.text).is_some()
            {
                let message = format!("`{}` is a time only as a claim itself", scalar.text);
                self.diagnostics.push(
                    Diagnostic::error(Code::WrongType, node.span, message)
                        .help("within a list or an object it would be sent as text"),
                );
            }
            self.no_times_within(node);
        }
    }

    fn jwt_key(&mut self, jwt: &config::Jwt, plan: &mut Jwt) {
        let word = plan.algorithm.name();
        let account = &jwt.service_account;
        let (secret, private) =
            (("secret_key", &jwt.secret_key), ("private_key", &jwt.private_key));
        let ((key, own), (other_key, other)) =
            if plan.algorithm.is_hmac() { (secret, private) } else { (private, secret) };
        if let Some(other) = other.get() {
            let message = format!("`{word}` signs with a `{key}`, and not with a `{other_key}`");
            let diagnostic = Diagnostic::error(Code::Conflict, other.span, message);
            self.diagnostics.push(match jwt.algorithm.get() {
                Some(algorithm) => diagnostic.label(algorithm.span, "the algorithm"),
                None => diagnostic.help("`algorithm` is `RS256` by default"),
            });
        }
        if let Some(encoding) = jwt.key_encoding.get() {
            plan.key_encoding = encoding.value;
            if !plan.algorithm.is_hmac() {
                let message = "`key_encoding` is for `secret_key`: a private key is PEM";
                self.error(Code::Conflict, encoding.span, message);
            }
        }
        if let Some(text) = account.get() {
            plan.service_account =
                Some(self.credential("service_account", account, "service_account"));
            if plan.algorithm != JwtAlgorithm::Rs256 {
                let message =
                    format!("the key of a `service_account` signs by `RS256`, not by `{word}`");
                self.error(Code::Conflict, text.span, &message);
            }
            if let Some(own) = own.get() {
                let message = format!("`{key}` and `service_account` both give the key");
                self.diagnostics.push(
                    Diagnostic::error(Code::Conflict, own.span, message)
                        .label(text.span, "the other one")
                        .help("keep one of them"),
                );
            }
            return;
        }
        plan.key = self.credential(key, own, key);
    }

    pub(super) fn hmac(&mut self, hmac: &config::Hmac) -> Hmac {
        let key = self.credential("secret_key", &hmac.secret_key, "secret_key");
        let encoding = hmac.encoding.get();
        if let Some(encoding) = encoding.filter(|encoding| encoding.value == BinaryEncoding::Text) {
            let message = "a signature is no text";
            self.diagnostics.push(
                Diagnostic::error(Code::UnknownWord, encoding.span, message)
                    .help("write `hex`, `base64` or `base64url`"),
            );
        }
        let times = [AuthValue::Timestamp, AuthValue::Nonce];
        let mut sign = Template::EMPTY;
        if let Some(text) = hmac.sign.get() {
            let known = [&OF_REQUEST[..], &times].concat();
            sign = self.text_of(&text.value.0, text.span, &known);
            if !sign.0.iter().any(|part| matches!(part, Part::Auth(_))) {
                let message = "this signs nothing of the request";
                self.diagnostics.push(
                    Diagnostic::error(Code::Unused, text.span, message).help(
                        "write what the API wants signed, `{method}\\n{target}\\n{timestamp}`",
                    ),
                );
            }
        }
        let headers = self.added(&hmac.headers, true);
        let params = self.added(&hmac.params, false);
        let signature = Part::Auth(AuthValue::Signature);
        let mut added = headers.iter().chain(&params);
        if !added.any(|(_, value)| value.0.contains(&signature)) {
            let message = "the signature is not sent";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, self.span, message)
                    .help("add `headers: {X-Signature: \"{signature}\"}`, or `params`"),
            );
        }
        Hmac {
            key,
            key_encoding: hmac.key_encoding.get().map_or(BinaryEncoding::Text, |of| of.value),
            algorithm: hmac.algorithm.get().copied().unwrap_or(Hash::Sha256),
            sign,
            encoding: encoding.map_or(BinaryEncoding::Hex, |encoding| encoding.value),
            timestamp: hmac.timestamp.get().copied().unwrap_or(Hmac::DEFAULT.timestamp),
            headers: headers.into(),
            params: params.into(),
            ..Hmac::DEFAULT
        }
    }

    /// What is added to each request.
    fn added(
        &mut self,
        added: &Setting<Map<Spanned<LooseText>>>,
        is_header: bool,
    ) -> Vec<(Template, Template)> {
        let known = [
            AuthValue::Signature,
            AuthValue::Timestamp,
            AuthValue::Nonce,
            AuthValue::Method,
            AuthValue::BodySha256,
        ];
        let mut read = Vec::new();
        for (name, value) in added.get().into_iter().flat_map(|added| &added.entries) {
            if is_header && !header::check(name, value, self.diagnostics) {
                continue;
            }
            let template = self.text_of(&value.value.0, value.span, &known);
            let is_own = template.0.iter().any(|part| matches!(part, Part::Auth(_)));
            if is_header && !is_own {
                secret::check_header(&name.value, &template, value.span, self.diagnostics);
            }
            read.push((self.text_of(&name.value, name.span, &[]), template));
        }
        read
    }
}

fn entries(object: &Setting<Spanned<ObjectNode>>) -> impl Iterator<Item = &Entry> {
    let mapping = object.get().and_then(|object| match &object.value.0 {
        Node { value: Value::Mapping(Mapping { entries }), .. } => Some(entries),
        _ => None,
    });
    mapping.into_iter().flatten()
}
