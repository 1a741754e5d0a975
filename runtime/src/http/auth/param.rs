//! A query parameter that authenticates a request.

use reqwest::Request;
use url::form_urlencoded;

/// Sets a query parameter and leaves the others as they are written. A next link may repeat it.
pub(super) fn set_param(request: &mut Request, name: &str, value: &str) {
    remove_param(request, name);
    request.url_mut().query_pairs_mut().append_pair(name, value);
}

/// Takes out the query parameters of this name and leaves the others as they are written.
pub(super) fn remove_param(request: &mut Request, name: &str) {
    let url = request.url_mut();
    let is_other = |pair: &&str| {
        form_urlencoded::parse(pair.as_bytes()).next().is_none_or(|(named, _)| named != name)
    };
    let query = url.query().unwrap_or_default();
    let others: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let others = others.into_iter().filter(is_other).collect::<Vec<_>>().join("&");
    url.set_query(Some(&others).filter(|others| !others.is_empty()).map(String::as_str));
}
