//! What a careful engineer writes over reqwest and serde.

use rest_source::Timestamp;
use serde::Deserialize;

/// A page of any resource.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// The records, under the resource's name.
    #[serde(
        alias = "payments",
        alias = "refunds",
        alias = "mandates",
        alias = "payouts",
        alias = "events",
        alias = "customers"
    )]
    pub records: Vec<Payment>,
    /// What is said of the page.
    pub meta: Meta,
}

/// The declared fields of a record, with their exact types.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Payment {
    pub id: Option<String>,
    pub created_at: Option<Timestamp>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
}

/// What is said of a page.
#[derive(Debug, Deserialize)]
pub struct Meta {
    /// Where it is among the pages.
    pub cursors: Cursors,
    /// How many records there are on all pages.
    pub total: usize,
}

/// The page cursors of a page.
#[derive(Debug, Deserialize)]
pub struct Cursors {
    /// That of the next page.
    pub after: Option<String>,
}

/// A client and the address of the API.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    /// The client of the API at this address.
    pub fn new(url: String) -> Client {
        // The workspace has reqwest without a provider of cryptography, as the runtime chooses one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client { http: reqwest::Client::new(), url }
    }

    /// A page, whose address has these parameters beside `limit`.
    ///
    /// # Errors
    ///
    /// If the request fails, or the body is not a page.
    pub async fn page(&self, path: &str, parameters: &[(&str, &str)]) -> reqwest::Result<Page> {
        let request = self.http.get(format!("{}{path}", self.url)).query(&[("limit", "500")]);
        let request = request.query(parameters).bearer_auth("token");
        request.send().await?.error_for_status()?.json().await
    }
}
