//! What a request has beside its path: parameters, headers and a body.

use rest_source_plan::{Body, JsonTemplate, Param, Part, Template};

use super::{
    super::{literal::literal, paginator::MentionPlace, secret, setting::Filling},
    Reader, entries,
};
use crate::{
    config::{self, ObjectNode, RawNode},
    parse::LooseText,
    source::Spanned,
    yaml::{Mapping, Node, Value},
};

impl Reader<'_, '_> {
    pub(super) fn params(&mut self, names_in_path: &[String]) -> Vec<Param> {
        let mut params = Vec::new();
        // What several records of the parent share is sent here if nothing else names it.
        let mut joined = Vec::new();
        for (given, param) in entries(&self.endpoint.params) {
            if names_in_path.contains(&given.value) {
                continue;
            }
            let name = self.text(&given.value, given.span, Filling::OMITTED);
            if matches!(param.value, config::Param::Resolve(_)) {
                joined.push((params.len(), given.value.as_str(), name));
                continue;
            }
            let config::Param::Values(values) = &param.value else { continue };
            let before = self.paged.len();
            for Spanned { value: LooseText(text), span } in values {
                let value = self.text(text, *span, Filling::VALUE);
                secret::check_param(&given.value, &value, *span, self.diagnostics);
                params.push(Param { name: name.clone(), value, ..Param::DEFAULT });
            }
            self.paged[before..].iter_mut().for_each(|named| named.place = MentionPlace::Param);
        }
        for (at, of, name) in joined.into_iter().rev() {
            let named = self.batches.iter().find(|named| named.name == of && !named.is_used);
            if let Some(named) = named {
                let value = Template(vec![Part::Parent(named.batched.field.clone())].into());
                params.insert(at, Param { name, value, ..Param::DEFAULT });
            }
        }
        params
    }

    pub(super) fn headers(&mut self) -> Vec<(Template, Template)> {
        let mut headers = Vec::new();
        for (given, value) in entries(&self.endpoint.headers) {
            let name = self.text(&given.value, given.span, Filling::OMITTED);
            let Some(Spanned { value: LooseText(text), span }) = value else { continue };
            let value = self.text(text, *span, Filling::OMITTED);
            if value.as_text().is_some() || secret::is_named(&value) {
                secret::check_header(&given.value, &value, *span, self.diagnostics);
            }
            headers.push((name, value));
        }
        headers
    }

    pub(super) fn body(&mut self) -> Option<Body> {
        if let Some(Spanned { value: ObjectNode(node), .. }) = self.endpoint.json.get() {
            return Some(Body::Json(self.json(node)));
        }
        let Spanned { value: RawNode(node), .. } = self.endpoint.data.get()?;
        let fields = match &node.value {
            Value::Scalar(scalar) => {
                return Some(Body::Text(self.text(&scalar.text, node.span, Filling::TEXT)));
            }
            Value::Mapping(mapping) => self.form(mapping),
            Value::Sequence(pairs) => pairs.iter().filter_map(|node| self.pair(node)).collect(),
        };
        (!fields.is_empty()).then(|| Body::Form(fields.into()))
    }

    fn form(&mut self, mapping: &Mapping) -> Vec<(Template, Template)> {
        let mut fields = Vec::new();
        for entry in &mapping.entries {
            let name = self.text(&entry.key, entry.key_span, Filling::OMITTED);
            let values = match &entry.value.value {
                Value::Sequence(values) => values.as_slice(),
                _ => std::slice::from_ref(&entry.value),
            };
            for value in values.iter().filter(|value| !value.is_null()) {
                let value = self.scalar(value, Filling::VALUE);
                fields.extend(value.map(|value| (name.clone(), value)));
            }
        }
        fields
    }

    fn pair(&mut self, node: &Node) -> Option<(Template, Template)> {
        let Value::Sequence(pair) = &node.value else { return None };
        let [name, value] = pair.as_slice() else { return None };
        if value.is_null() {
            return None;
        }
        Some((self.scalar(name, Filling::OMITTED)?, self.scalar(value, Filling::VALUE)?))
    }

    fn scalar(&mut self, node: &Node, filling: Filling) -> Option<Template> {
        match &node.value {
            Value::Scalar(scalar) => Some(self.text(&scalar.text, node.span, filling)),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    pub(super) fn json(&mut self, node: &Node) -> JsonTemplate {
        match &node.value {
            Value::Scalar(scalar) => match literal(scalar) {
                Some(literal) => JsonTemplate::Literal(literal.into()),
                None => {
                    let text = self.text(&scalar.text, node.span, Filling::VALUE);
                    if let [Part::PageCursor(_) | Part::Paginator(_)] = &*text.0
                        && let Some(named) = self.paged.last_mut()
                    {
                        named.place = MentionPlace::Json;
                    }
                    JsonTemplate::Text(text)
                }
            },
            Value::Sequence(items) => {
                JsonTemplate::List(items.iter().map(|item| self.json(item)).collect())
            }
            Value::Mapping(Mapping { entries }) => JsonTemplate::Object(
                entries
                    .iter()
                    .map(|entry| {
                        let name = self.text(&entry.key, entry.key_span, Filling::OMITTED);
                        (name, self.json(&entry.value))
                    })
                    .collect(),
            ),
        }
    }
}
