use rest_source::rest_source;

#[rest_source("wrong_types.yaml")]
mod api {}

/// What was meant is clear enough for the code that uses it.
fn main() -> Result<(), rest_source::Error> {
    let client = api::Client::builder().access_token("…").build()?;
    let _: rest_source::Fetch<api::Payment> = client.payments();
    let payment = api::Payment::default();
    let _: (Option<i64>, Option<i64>) = (payment.amount, payment.fee);
    let _: Option<String> = payment.id;
    Ok(())
}
