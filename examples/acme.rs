//! The program of docs/tutorial.md.

use std::collections::BTreeMap;

use acme::PaymentStatus;
use rest_source::rest_source;

#[rest_source("acme.yaml")]
pub mod acme {}

#[tokio::main]
async fn main() -> Result<(), rest_source::Error> {
    let client = acme::Client::from_env()?;
    let mut open: BTreeMap<String, i64> = BTreeMap::new();
    let mut payments = client.payments().stream();
    while let Some(payment) = payments.try_next().await? {
        if payment.status != PaymentStatus::PaidOut {
            *open.entry(payment.currency.to_string()).or_default() += payment.amount;
        }
    }
    for (currency, amount) in open {
        println!("{currency} {}.{:02}", amount / 100, amount % 100);
    }
    Ok(())
}
