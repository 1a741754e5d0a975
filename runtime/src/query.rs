//! The query parameters of a request, in their order.

use url::Url;

/// The query parameters of a request, in their order.
#[derive(Clone)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// The parameters that an address has already.
    pub(crate) fn of(url: &Url) -> Query {
        Query(url.query_pairs().into_owned().collect())
    }

    /// Sets parameters, of which one may come several times, in the place of those that have their
    /// names.
    pub(crate) fn set_all(&mut self, params: Vec<(String, String)>) {
        self.0.retain(|(set, _)| params.iter().all(|(name, _)| name != set));
        self.0.extend(params);
    }

    /// Sets a parameter, in the place of those that have its name.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let place = self.0.iter().position(|(set, _)| set == name).unwrap_or(self.0.len());
        self.0.retain(|(set, _)| set != name);
        self.0.insert(place, (name.to_owned(), value.to_owned()));
    }

    /// The address with these parameters and no others.
    pub(crate) fn apply(&self, url: &Url) -> Url {
        let mut url = url.clone();
        url.set_query(None);
        if !self.0.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.0);
        }
        url
    }
}
