//! What a careful engineer writes over reqwest and serde.

use rest_source::{Date, Decimal, Timestamp};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// A page of any resource.
#[derive(Debug, Deserialize)]
pub struct Page<T> {
    /// The records, under the resource's name.
    #[serde(
        alias = "payments",
        alias = "refunds",
        alias = "mandates",
        alias = "payouts",
        alias = "events",
        alias = "customers"
    )]
    pub records: Vec<T>,
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
    pub result: Page<Payment>,
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

/// Eight fields, most of them text.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct EightColumns {
    pub id: Option<String>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub status: Option<String>,
    pub charge_date: Option<String>,
    pub amount_refunded: Option<i64>,
    pub reference: Option<String>,
    pub description: Option<String>,
}

/// All fields of a payment.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct AllColumns {
    pub id: Option<String>,
    pub created_at: Option<Timestamp>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub status: Option<String>,
    pub charge_date: Option<Date>,
    pub amount_refunded: Option<i64>,
    pub reference: Option<String>,
    pub description: Option<String>,
    pub retry_if_possible: Option<bool>,
    pub fx: Option<Fx>,
    pub links: Option<Links>,
    pub metadata: Option<Metadata>,
}

/// What another currency comes to.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Fx {
    pub fx_currency: Option<String>,
    pub fx_amount: Option<i64>,
    pub exchange_rate: Option<Decimal>,
    pub estimated_exchange_rate: Option<Decimal>,
}

/// Keys of other records.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Links {
    pub mandate: Option<String>,
    pub creditor: Option<String>,
    pub payout: Option<String>,
}

/// What the user of the API adds.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Metadata {
    pub order: Option<String>,
    pub channel: Option<String>,
}

/// Sixty fields.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct SixtyColumns {
    pub field_0: Option<String>,
    pub field_1: Option<i64>,
    pub field_2: Option<Timestamp>,
    pub field_3: Option<f64>,
    pub field_4: Option<bool>,
    pub field_5: Option<Date>,
    pub field_6: Option<String>,
    pub field_7: Option<i64>,
    pub field_8: Option<Timestamp>,
    pub field_9: Option<f64>,
    pub field_10: Option<bool>,
    pub field_11: Option<Date>,
    pub field_12: Option<String>,
    pub field_13: Option<i64>,
    pub field_14: Option<Timestamp>,
    pub field_15: Option<f64>,
    pub field_16: Option<bool>,
    pub field_17: Option<Date>,
    pub field_18: Option<String>,
    pub field_19: Option<i64>,
    pub field_20: Option<Timestamp>,
    pub field_21: Option<f64>,
    pub field_22: Option<bool>,
    pub field_23: Option<Date>,
    pub field_24: Option<String>,
    pub field_25: Option<i64>,
    pub field_26: Option<Timestamp>,
    pub field_27: Option<f64>,
    pub field_28: Option<bool>,
    pub field_29: Option<Date>,
    pub field_30: Option<String>,
    pub field_31: Option<i64>,
    pub field_32: Option<Timestamp>,
    pub field_33: Option<f64>,
    pub field_34: Option<bool>,
    pub field_35: Option<Date>,
    pub field_36: Option<String>,
    pub field_37: Option<i64>,
    pub field_38: Option<Timestamp>,
    pub field_39: Option<f64>,
    pub field_40: Option<bool>,
    pub field_41: Option<Date>,
    pub field_42: Option<String>,
    pub field_43: Option<i64>,
    pub field_44: Option<Timestamp>,
    pub field_45: Option<f64>,
    pub field_46: Option<bool>,
    pub field_47: Option<Date>,
    pub field_48: Option<String>,
    pub field_49: Option<i64>,
    pub field_50: Option<Timestamp>,
    pub field_51: Option<f64>,
    pub field_52: Option<bool>,
    pub field_53: Option<Date>,
    pub field_54: Option<String>,
    pub field_55: Option<i64>,
    pub field_56: Option<Timestamp>,
    pub field_57: Option<f64>,
    pub field_58: Option<bool>,
    pub field_59: Option<Date>,
}

/// Records two levels deep.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct DeepFields {
    pub id: Option<String>,
    pub amount: Option<i64>,
    pub customer: Option<Customer>,
    pub card: Option<Card>,
}

/// Who pays.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Customer {
    pub name: Option<String>,
    pub email: Option<String>,
    pub address: Option<Address>,
}

/// Where a customer lives.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Address {
    pub city: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<String>,
}

/// By what a customer pays.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Card {
    pub brand: Option<String>,
    pub last_digits: Option<String>,
    pub expires: Option<Expires>,
}

/// Until when a card is valid.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Expires {
    pub month: Option<i64>,
    pub year: Option<i64>,
}

/// Lists of texts and of records.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct ListItems {
    pub id: Option<String>,
    pub tags: Option<Vec<Option<String>>>,
    pub lines: Option<Vec<Option<Line>>>,
}

/// A line of an order.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Line {
    pub sku: Option<String>,
    pub quantity: Option<i64>,
    pub title: Option<String>,
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

/// reqwest's client as it is by default.
pub fn plain_client() -> reqwest::Client {
    // The workspace has reqwest without a provider of cryptography, as the runtime chooses one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
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
        Client { http: plain_client(), url }
    }

    /// A page, whose address has these parameters beside `limit`.
    ///
    /// # Errors
    ///
    /// If the request fails, or the body is not a page.
    pub async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
    ) -> reqwest::Result<Page<T>> {
        let request = self.http.get(format!("{}{path}", self.url)).query(&[("limit", "500")]);
        let request = request.query(parameters).bearer_auth("token");
        request.send().await?.error_for_status()?.json().await
    }
}
