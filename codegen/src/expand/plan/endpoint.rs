//! Endpoints.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Action, Body, BodyFilter, Endpoint, Inferred, Method, ResponseAction};

use super::{
    filter::filter,
    incremental::incremental,
    list, option,
    paginator::paginator,
    selector,
    source::auth,
    template::{json, pair, template},
    text,
};

pub(super) fn endpoint(endpoint: &Endpoint) -> TokenStream {
    let Endpoint {
        method,
        path,
        params,
        headers,
        body,
        auth,
        data_selector,
        data_selector_required,
        paginator,
        inferred,
        response_actions,
        incremental,
    } = endpoint;
    let method = match method {
        Method::Get => quote!(Method::Get),
        Method::Post => quote!(Method::Post),
    };
    let path = template(path);
    let params = list(params.iter().map(|param| {
        let (name, value) = (template(&param.name), template(&param.value));
        quote!(Param { name: #name, value: #value })
    }));
    let headers = list(headers.iter().map(pair));
    let body = option(body.as_ref().map(self::body));
    let auth = option(auth.as_ref().map(self::auth));
    let data_selector = option(data_selector.as_ref().map(selector));
    let paginator = self::paginator(paginator);
    let Inferred { data_selector: infers_selector, paginator: infers_paginator } = inferred;
    let response_actions = list(response_actions.iter().map(response_action));
    let incremental = option(incremental.as_ref().map(self::incremental));
    quote! {
        Endpoint {
            method: #method,
            path: #path,
            params: #params,
            headers: #headers,
            body: #body,
            auth: #auth,
            data_selector: #data_selector,
            data_selector_required: #data_selector_required,
            paginator: #paginator,
            inferred: Inferred { data_selector: #infers_selector, paginator: #infers_paginator },
            response_actions: #response_actions,
            incremental: #incremental,
        }
    }
}

fn body(body: &Body) -> TokenStream {
    match body {
        Body::Json(of) => {
            let of = json(of);
            quote!(Body::Json(#of))
        }
        Body::Form(fields) => {
            let fields = list(fields.iter().map(pair));
            quote!(Body::Form(#fields))
        }
        Body::Text(text) => {
            let text = template(text);
            quote!(Body::Text(#text))
        }
    }
}

fn response_action(action: &ResponseAction) -> TokenStream {
    let ResponseAction { statuses, content, filter, action } = action;
    let statuses = option(statuses.map(|(lowest, highest)| quote!((#lowest, #highest))));
    let content = option(content.as_deref().map(text));
    let filter = option(filter.as_ref().map(|filter| match filter {
        BodyFilter::Holds(filter) => {
            let filter = self::filter(filter);
            quote!(BodyFilter::Holds(#filter))
        }
        BodyFilter::NotJson => quote!(BodyFilter::NotJson),
    }));
    let action = match action {
        Action::Ignore => quote!(Ignore),
        Action::Retry => quote!(Retry),
        Action::Raise => quote!(Raise),
        Action::Accept => quote!(Accept),
    };
    quote! {
        ResponseAction {
            statuses: #statuses,
            content: #content,
            filter: #filter,
            action: Action::#action,
        }
    }
}
