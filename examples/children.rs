//! Resources that are fetched for each record of another: `cargo run --example children`.
//!
//! The API that it asks is played by this program.

use std::error::Error;

use axum::{
    Json, Router,
    extract::{Path, Query},
    routing::get,
};
use rest_source::rest_source;
use rest_source_examples::server::serve;
use serde::Deserialize;
use serde_json::{Value, json};

#[rest_source("children.yaml")]
mod shop {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = serve(api()).await?;
    let client = shop::Client::builder().base_url(address).build()?;

    // The customers are fetched to know whose invoices to ask for.
    let mut invoices = client.invoices().stream();
    while let Some(invoice) = invoices.try_next().await? {
        let customer = invoice.customers_name.unwrap_or_default();
        let total = invoice.total.unwrap_or_default();
        let number = invoice.number.unwrap_or_default();
        println!("invoice {number} to {customer}: {total}");
    }

    let lines = client.lines().all().await?;
    let sold: i64 = lines.iter().filter_map(|line| line.quantity).sum();
    println!("{} lines, {sold} pieces", lines.len());
    Ok(())
}

#[derive(Deserialize)]
struct Page {
    after: Option<usize>,
}

fn api() -> Router {
    let customers = |Query(page): Query<Page>| async move {
        let names = ["Ada", "Grace", "Hedy", "Mary", "Rosalind"];
        let customers = names.iter().enumerate();
        let customers = customers.map(|(id, name)| json!({"id": format!("CU{id}"), "name": name}));
        paged("customers", customers.collect(), page.after)
    };
    let invoices = |Path(customer): Path<String>, Query(page): Query<Page>| async move {
        let number = customer.trim_start_matches("CU").parse::<usize>().unwrap_or_default();
        let invoices = (0..number).map(
            |index| json!({"number": number * 10 + index, "total": format!("{number}.{index}0")}),
        );
        paged("invoices", invoices.collect(), page.after)
    };
    let lines = |Path(invoice): Path<usize>| async move {
        let lines =
            (1..=invoice % 3 + 1).map(|quantity| json!({"product": "tea", "quantity": quantity}));
        paged("lines", lines.collect(), None)
    };
    Router::new()
        .route("/v1/customers", get(customers))
        .route("/v1/customers/{customer}/invoices", get(invoices))
        .route("/v1/invoices/{invoice}/lines", get(lines))
}

/// Three records, and where the next ones begin.
fn paged(name: &str, records: Vec<Value>, after: Option<usize>) -> Json<Value> {
    let next = after.unwrap_or(0) + 3;
    let is_last = next >= records.len();
    let records: Vec<Value> = records.into_iter().skip(next - 3).take(3).collect();
    Json(json!({name: records, "next": if is_last { Value::Null } else { next.into() }}))
}
