//! The query parameters of a request, in their order.

use url::{Url, form_urlencoded};

/// The query parameters of a request, in their order.
#[derive(Clone, Hash)]
pub(crate) struct Query(Vec<Param>);

#[derive(Clone, Hash)]
struct Param {
    name: String,
    /// As it is written in the address, with its name. One that an address has had is sent as it came:
    /// a signature may depend on each letter of it.
    written: String,
}

impl Param {
    fn new(name: &str, value: &str) -> Param {
        let mut written = form_urlencoded::Serializer::new(String::new());
        let written = written.append_pair(name, value).finish();
        Param { name: name.to_owned(), written }
    }
}

impl Query {
    /// The parameters that an address has already.
    pub(crate) fn of(url: &Url) -> Query {
        let params = url.query().unwrap_or_default().split('&').filter(|param| !param.is_empty());
        let params = params.map(|written| {
            let pair = form_urlencoded::parse(written.as_bytes()).next();
            let name = pair.map(|(name, _)| name.into_owned()).unwrap_or_default();
            Param { name, written: written.to_owned() }
        });
        Query(params.collect())
    }

    /// Sets parameters, of which one may come several times, in place of those that have their
    /// names.
    pub(crate) fn set_all(&mut self, params: &[(String, String)]) {
        self.0.retain(|set| params.iter().all(|(name, _)| *name != set.name));
        self.0.extend(params.iter().map(|(name, value)| Param::new(name, value)));
    }

    /// Sets a parameter, in place of those that have its name.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let place = self.0.iter().position(|set| set.name == name).unwrap_or(self.0.len());
        self.0.retain(|set| set.name != name);
        self.0.insert(place, Param::new(name, value));
    }

    /// The value of the last parameter of this name.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let Param { written, .. } = self.0.iter().rfind(|param| param.name == name)?;
        let pair = form_urlencoded::parse(written.as_bytes()).next();
        pair.map(|(_, value)| value.into_owned())
    }

    /// The address with these parameters and no others.
    pub(crate) fn apply(&self, url: &Url) -> Url {
        let mut url = url.clone();
        let written: Vec<&str> = self.0.iter().map(|param| param.written.as_str()).collect();
        url.set_query(Some(written.join("&")).as_deref().filter(|query| !query.is_empty()));
        url
    }
}
