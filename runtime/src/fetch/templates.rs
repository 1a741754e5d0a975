//! The templates of an endpoint.

use crate::{
    http::inputs::Inputs,
    incremental::SentStart,
    paginate::is_paged,
    plan::{
        Body, Bound, Endpoint, Formatted, MomentForm, Notation, Part, ProcessingStep, Template,
    },
};

/// Whether a text of an endpoint names a value of its paginator, so that each page has a request of its own.
pub(crate) fn names_page(endpoint: &Endpoint) -> bool {
    let mut names = false;
    endpoint.each_template(&mut |template| names |= template.0.iter().any(is_paged));
    names
}

/// Whether a text of a request names a bound of the range, as all do but whole values of a JSON body.
pub(crate) fn names_bound_in_text(endpoint: &Endpoint) -> bool {
    let names = |template: &Template| {
        let mut parts = template.0.iter();
        parts.any(|part| matches!(part, Part::Incremental(_)))
    };
    let mut in_text = false;
    match &endpoint.body {
        Some(Body::Json(json)) => {
            json.each_template(&mut |text| in_text |= text.0.len() > 1 && names(text));
        }
        Some(body) => body.each_template(&mut |text| in_text |= names(text)),
        None => {}
    }
    let around = Endpoint { body: None, ..endpoint.clone() };
    around.each_template(&mut |text| in_text |= names(text));
    in_text
}

/// What requests tell of where a window begins. `None` if one sends it as records have it.
pub(crate) fn sent_start(endpoint: &Endpoint) -> Option<SentStart> {
    let incremental = endpoint.incremental.as_ref()?;
    let (mut formats, mut is_plain) = (Vec::new(), incremental.start_param.is_some());
    let mut is_alone = incremental.end_param.is_none();
    endpoint.each_template(&mut |template| {
        for part in template.0.iter() {
            match part {
                Part::Incremental(Bound::StartValue) => is_plain = true,
                Part::Formatted(Formatted { bound: Bound::StartValue, format, .. }) => {
                    formats.push(format.clone());
                }
                Part::Incremental(Bound::EndValue)
                | Part::Formatted(Formatted { bound: Bound::EndValue, .. }) => is_alone = false,
                _ => {}
            }
        }
    });
    if is_plain {
        formats.push(incremental.param_format.clone()?);
    }
    let forms = formats.iter().map(|format| Notation::of(format).form().clone());
    let form = forms.min_by_key(MomentForm::resolution)?;
    Some(SentStart { form, is_alone })
}

/// Every template of what is added to its records.
pub(crate) fn each_added<'a>(endpoint: &'a Endpoint, visit: &mut dyn FnMut(&'a Template)) {
    for step in endpoint.records.steps.iter() {
        if let ProcessingStep::Add(added) = step {
            added.iter().for_each(|(_, value)| value.each_template(visit));
        }
    }
}

/// Whether what an endpoint sends depends on when a run begins, by a setting.
pub(crate) fn is_of_now(endpoint: &Endpoint, inputs: &Inputs) -> bool {
    let mut is_of_now = false;
    if inputs.may_be_of_now() {
        let mut look = |template: &_| is_of_now |= inputs.is_of_now(template);
        endpoint.each_template(&mut look);
        each_added(endpoint, &mut look);
    }
    is_of_now
}
