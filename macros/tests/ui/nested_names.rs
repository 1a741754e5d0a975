use rest_source::rest_source;

#[rest_source("nested_names.yaml")]
mod api {}

/// What could be understood is there: no mistake of the description is another one of the program.
fn names(payment: api::Payment) -> Option<Option<String>> {
    assert_eq!(payment.status, Some(api::PaymentStatus::Paid));
    let _: Option<Vec<api::PaymentLink>> = payment.link;
    payment.links.map(|links: api::PaymentLinks| links.pay_out)
}

fn main() {}
