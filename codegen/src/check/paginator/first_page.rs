//! `first_page_params`: that they are parameters of a resource.

use std::collections::BTreeSet;

use crate::{
    config::{self, Endpoint, FirstPageParams, Param},
    diagnostic::{Code, Diagnostic, Diagnostics, all_of, closest},
    parse::TemplateText,
    source::{Span, Spanned},
};

/// The names that the paginators of resources have. A paginator of the client is one of several resources,
/// of which one at least has the parameter.
#[derive(Default)]
pub(in crate::check) struct FirstPages(Vec<Named>);

/// A name, and the parameters that there are.
struct Named {
    name: String,
    span: Span,
    is_known: bool,
    params: BTreeSet<String>,
}

impl FirstPages {
    /// Adds those of the paginator of an endpoint.
    pub(in crate::check) fn add(
        &mut self,
        given: Option<&config::Paginator>,
        path: &str,
        endpoint: &Endpoint,
    ) {
        let sent = match given {
            Some(config::Paginator::Cursor(cursor)) => &cursor.sent,
            Some(config::Paginator::HeaderCursor(cursor)) => &cursor.sent,
            _ => return,
        };
        let Some(Spanned { value: FirstPageParams::Named(names), .. }) =
            sent.first_page_params.get()
        else {
            return;
        };
        let params = params(path, endpoint);
        for Spanned { value: TemplateText(name), span } in names {
            let is_known = params.contains(name) || name.contains('{');
            match self.0.iter_mut().find(|earlier| earlier.span == *span) {
                Some(earlier) => {
                    earlier.is_known |= is_known;
                    earlier.params.extend(params.iter().cloned());
                }
                None => self.0.push(Named {
                    name: name.clone(),
                    span: *span,
                    is_known,
                    params: params.clone(),
                }),
            }
        }
    }

    /// Reports those that no resource sends.
    pub(in crate::check) fn report(self, diagnostics: &mut Diagnostics) {
        for Named { name, span, params, .. } in self.0.into_iter().filter(|named| !named.is_known) {
            let message = format!("no request has a parameter `{name}` that could be left out");
            let diagnostic = Diagnostic::error(Code::Unused, span, message);
            let names = params.iter().map(String::as_str);
            diagnostics.push(match closest(&name, names.clone()) {
                Some(meant) => diagnostic.says(format!("did you mean `{meant}`?")),
                None if params.is_empty() => diagnostic.help("leave it out of `first_page_params`"),
                None => diagnostic.help(format!("the parameters are {}", all_of(names))),
            });
        }
    }
}

/// The names of the query parameters of an endpoint.
fn params(path: &str, endpoint: &Endpoint) -> BTreeSet<String> {
    let entries = endpoint.params.get().into_iter().flat_map(|params| &params.entries);
    let sent = entries.filter(|(_, param)| !matches!(param, Spanned { value: Param::Unsent, .. }));
    let mut params: BTreeSet<String> = sent.map(|(name, _)| name.value.clone()).collect();
    if let Some(incremental) = endpoint.incremental.get() {
        let bounds = [incremental.start_param.get(), incremental.end_param.get()];
        params.extend(bounds.into_iter().flatten().map(|param| param.value.0.clone()));
    }
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let named = query.split('&').map(|param| param.split('=').next().unwrap_or_default());
    params.extend(named.filter(|name| !name.is_empty()).map(str::to_owned));
    params
}
