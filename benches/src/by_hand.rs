//! What a careful engineer writes over reqwest and serde.

use rest_source::{Date, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};

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

/// A page of which everything is kept.
#[derive(Debug, Deserialize)]
pub struct WholePage {
    /// The records.
    pub payments: Vec<WholePayment>,
    /// What is said of the page.
    pub meta: Meta,
}

/// The declared fields of a record, and the others.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct WholePayment {
    pub id: Option<String>,
    pub created_at: Option<Timestamp>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A page inside of other objects.
#[derive(Debug, Deserialize)]
pub struct Nested {
    /// The outermost one.
    pub data: Data,
}

/// What has the page.
#[derive(Debug, Deserialize)]
pub struct Data {
    /// The page.
    pub result: Page,
}

/// Records in several lists.
#[derive(Debug, Deserialize)]
pub struct Batches {
    /// The lists.
    pub batches: Vec<Batch>,
}

/// One of the lists.
#[derive(Debug, Deserialize)]
pub struct Batch {
    /// The records.
    pub payments: Vec<Payment>,
}

/// Records of many fields.
#[derive(Debug, Deserialize)]
pub struct WidePage {
    /// The records.
    pub wide: Vec<Wide>,
}

/// The declared fields of a record that has 60.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are numbered")]
pub struct Wide {
    pub field_0: Option<String>,
    pub field_1: Option<i64>,
    pub field_2: Option<Timestamp>,
    pub field_9: Option<f64>,
    pub field_17: Option<Date>,
    pub field_28: Option<bool>,
    pub field_42: Option<String>,
    pub field_55: Option<i64>,
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
