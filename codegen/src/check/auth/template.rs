//! Texts of an authentication that name a token, or the request that is signed.

use rest_source_plan::{
    ApiKey, AuthValue, Bearer, HttpBasic, JsonTemplate, Part, SendAs, Template,
};

use super::super::setting::Filling;
use super::{super::placeholder::is_name, Checks};
use crate::{
    check::literal::literal,
    config,
    diagnostic::{Code, Diagnostic, all_of, closest},
    parse::{Setting, TemplateText},
    source::{Span, Spanned},
    yaml::{Node, Value},
};

impl Checks<'_> {
    /// A text with `{token}` and its like, of those that are known here, beside secrets and settings.
    pub(super) fn text_of(&mut self, text: &str, span: Span, known: &[AuthValue]) -> Template {
        self.filled(text, span, known, Filling::TEXT)
    }

    fn filled(
        &mut self,
        text: &str,
        span: Span,
        known: &[AuthValue],
        filling: Filling,
    ) -> Template {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = 0;
        for (begin, end, name) in names(text) {
            let value = AuthValue::named(name).filter(|value| known.contains(value));
            let Some(value) = value else {
                self.unknown(name, span.within(text, begin, end), known);
                continue;
            };
            // Beside another value, what a list would be is text.
            let filling = filling.within_text();
            self.push(&text[rest..begin], span.within(text, rest, begin), filling, &mut parts);
            parts.push(Part::Auth(value));
            rest = end;
        }
        let filling = if rest == 0 { filling } else { filling.within_text() };
        self.push(&text[rest..], span.within(text, rest, text.len()), filling, &mut parts);
        Template(parts.into())
    }

    fn push(&mut self, text: &str, span: Span, filling: Filling, parts: &mut Vec<Part>) {
        if !text.is_empty() {
            let read = self.inputs.read_value(text, span, self.diagnostics);
            self.inputs.check_filling(&read, filling, span, self.diagnostics);
            parts.extend(read.0.iter().cloned());
        }
    }

    fn unknown(&mut self, name: &str, span: Span, known: &[AuthValue]) {
        let message = format!("`{{{name}}}` has no value here");
        let diagnostic = Diagnostic::error(Code::UnknownPlaceholder, span, message);
        let words = known.iter().map(|value| value.name());
        self.diagnostics.push(match closest(name, words.clone()) {
            Some(meant) => diagnostic.says(format!("did you mean `{{{meant}}}`?")),
            None => {
                let words: Vec<String> = words.map(|word| format!("{{{word}}}")).collect();
                let words = all_of(words.iter().map(String::as_str));
                let own = if known.is_empty() { String::new() } else { format!("{words} and ") };
                diagnostic.help(format!("here are {own}`{{secrets.NAME}}` and `{{config.NAME}}`"))
            }
        });
    }

    /// How a token is sent: as `send` says, or in the header that is short for it.
    pub(super) fn send(
        &mut self,
        send: &Setting<config::Send>,
        header: &Setting<Spanned<config::TokenHeader>>,
    ) -> SendAs {
        let Some(header) = header.get() else { return self.sent(send) };
        if send.get().is_some() {
            let message = "`send` and `token_header` both say how the token is sent";
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, header.span, message).help("keep one of them"),
            );
        }
        let mut parts = Vec::new();
        if let Some(prefix) = header.value.prefix.get() {
            parts.extend(self.text(prefix).0.iter().filter(|part| !is_empty(part)).cloned());
        }
        parts.push(Part::Auth(AuthValue::Token));
        let key = Template(parts.into());
        let place = self.key_in_place(&header.value.name, key, &Setting::Absent);
        SendAs::ApiKey(place)
    }

    pub(super) fn sent(&mut self, send: &Setting<config::Send>) -> SendAs {
        match send.get() {
            None => SendAs::TOKEN,
            Some(config::Send::Bearer(bearer)) => {
                let token = self.token(&bearer.token);
                SendAs::Bearer(Bearer { token, ..Bearer::DEFAULT })
            }
            Some(config::Send::ApiKey(key)) => {
                let token = self.token(&key.api_key);
                let key: ApiKey = self.key_in_place(&key.name, token, &key.location);
                SendAs::ApiKey(key)
            }
            Some(config::Send::HttpBasic(basic)) => {
                let half = |checks: &mut Self, given: &Setting<Spanned<TemplateText>>| {
                    given
                        .get()
                        .map(|text| checks.text_of(&text.value.0, text.span, &[AuthValue::Token]))
                };
                let username = half(self, &basic.username);
                let password = half(self, &basic.password).unwrap_or(Template::EMPTY);
                let is_sent = username.as_ref().is_none_or(has_token) || has_token(&password);
                if let Some(text) = basic.username.get().filter(|_| !is_sent) {
                    self.no_token(text.span);
                }
                let username = username.unwrap_or(Template::TOKEN);
                SendAs::HttpBasic(HttpBasic { username, password, ..HttpBasic::DEFAULT })
            }
        }
    }

    fn token(&mut self, given: &Setting<Spanned<TemplateText>>) -> Template {
        let Some(text) = given.get() else { return Template::TOKEN };
        let before = self.diagnostics.len();
        let template = self.text_of(&text.value.0, text.span, &[AuthValue::Token]);
        // What was meant as it has been reported.
        if !has_token(&template) && self.diagnostics.len() == before {
            self.no_token(text.span);
        }
        template
    }

    fn no_token(&mut self, span: Span) {
        let message = "this sends no token";
        self.diagnostics.push(
            Diagnostic::error(Code::Unused, span, message).help("write `{token}` where it belongs"),
        );
    }

    /// JSON whose texts may have such gaps.
    pub(super) fn json(&mut self, node: &Node, known: &[AuthValue]) -> JsonTemplate {
        match &node.value {
            Value::Scalar(scalar) => match literal(scalar) {
                Some(literal) => JsonTemplate::Literal(literal.into()),
                None => {
                    let text = self.filled(&scalar.text, node.span, known, Filling::VALUE);
                    JsonTemplate::Text(text)
                }
            },
            Value::Sequence(items) => {
                JsonTemplate::List(items.iter().map(|item| self.json(item, known)).collect())
            }
            Value::Mapping(mapping) => {
                let members = mapping.entries.iter().map(|entry| {
                    let name = self.text_of(&entry.key, entry.key_span, &[]);
                    (name, self.json(&entry.value, known))
                });
                JsonTemplate::Object(members.collect())
            }
        }
    }
}

fn is_empty(part: &Part) -> bool {
    matches!(part, Part::Text(text) if text.is_empty())
}

fn has_token(template: &Template) -> bool {
    template.0.contains(&Part::Auth(AuthValue::Token))
}

/// Each `{name}` without a dot, with where it begins and ends. Other braces are themselves.
fn names(text: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    for (begin, _) in text.match_indices('{') {
        if let Some((name, _)) = text[begin + 1..].split_once('}')
            && is_name(name)
            && !name.contains('.')
            && !text[..begin].ends_with(['{', '$'])
        {
            found.push((begin, begin + name.len() + 2, name));
        }
    }
    found
}
