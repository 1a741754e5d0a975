use rest_source::rest_source;

#[rest_source("ten_mistakes.yaml")]
mod api {}

/// Uses what the description means to describe: none of it is an error too.
fn main() -> Result<(), rest_source::Error> {
    let client = api::Client::builder().access_token("…").build()?;
    let _ = client.payments();
    let payment = api::Payment::default();
    let _ = (payment.id, payment.amount);
    let _ = (client.refunds(), client.mandates(), client.payouts());
    Ok(())
}
