//! The records of the demo API, each computed from its number.

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Serialize;

/// A record of one of the resources.
pub(super) trait Record: Serialize + Send + 'static {
    /// The resource's name.
    const NAME: &'static str;
    /// What ids begin with.
    const PREFIX: &'static str;

    /// The record of this number, from 1; always the same one.
    fn numbered(number: u64) -> Self;

    /// The id of the record of this number.
    fn id(number: u64) -> String {
        format!("{}{number:06}", Self::PREFIX)
    }

    /// The number of the record with this id, whether there is such a record or not.
    fn number(id: &str) -> Option<u64> {
        let number = id.strip_prefix(Self::PREFIX)?.parse().ok()?;
        (Self::id(number) == id).then_some(number)
    }
}

/// Money that a customer pays.
#[derive(Serialize)]
pub(super) struct Payment {
    id: String,
    created_at: Timestamp,
    charge_date: Option<Date>,
    amount: u64,
    amount_refunded: u64,
    currency: &'static str,
    status: &'static str,
    reference: Option<String>,
    description: &'static str,
    retry_if_possible: bool,
    metadata: Metadata,
    links: PaymentLinks,
}

#[derive(Serialize)]
struct PaymentLinks {
    mandate: String,
    payout: Option<String>,
}

impl Record for Payment {
    const NAME: &'static str = "payments";
    const PREFIX: &'static str = "PM";

    fn numbered(number: u64) -> Payment {
        let mut rng = Rng::with_seed(number);
        let created_at = created_at(number);
        let amount = rng.u64(100..250_000);
        let status = pick(&mut rng, &["pending_submission", "submitted", "confirmed", "paid_out"]);
        Payment {
            id: Payment::id(number),
            created_at,
            charge_date: (status != "pending_submission").then(|| days_after(created_at, 3)),
            amount,
            amount_refunded: if number.is_multiple_of(9) { amount / 2 } else { 0 },
            currency: currency(&mut rng),
            status,
            reference: rng.bool().then(|| format!("INVOICE-{number}")),
            description: pick(&mut rng, &["Membership", "Café Zoë, table 4", "Order", "Deposit"]),
            retry_if_possible: rng.bool(),
            metadata: Metadata::of(number),
            links: PaymentLinks {
                mandate: Mandate::id(number.div_ceil(2)),
                payout: (status == "paid_out").then(|| Payout::id(number.div_ceil(8))),
            },
        }
    }
}

/// Money that a customer gets back.
#[derive(Serialize)]
pub(super) struct Refund {
    id: String,
    created_at: Timestamp,
    settled_on: Option<Date>,
    amount: u64,
    fee: f64,
    currency: &'static str,
    status: &'static str,
    reference: Option<String>,
    description: &'static str,
    partial: bool,
    metadata: Metadata,
    links: RefundLinks,
}

#[derive(Serialize)]
struct RefundLinks {
    payment: String,
}

impl Record for Refund {
    const NAME: &'static str = "refunds";
    const PREFIX: &'static str = "RF";

    fn numbered(number: u64) -> Refund {
        let mut rng = Rng::with_seed(number);
        let created_at = created_at(number);
        let status = pick(&mut rng, &["created", "submitted", "paid", "bounced"]);
        Refund {
            id: Refund::id(number),
            created_at,
            settled_on: (status == "paid").then(|| days_after(created_at, 5)),
            amount: rng.u64(100..50_000),
            fee: f64::from(rng.u8(0..80)) / 4.0,
            currency: currency(&mut rng),
            status,
            reference: rng.bool().then(|| format!("CREDIT-{number}")),
            description: pick(&mut rng, &["Returned goods", "Goodwill", "Paid twice"]),
            partial: rng.bool(),
            metadata: Metadata::of(number),
            links: RefundLinks { payment: Payment::id(number) },
        }
    }
}

/// A customer's permission to collect payments.
#[derive(Serialize)]
pub(super) struct Mandate {
    id: String,
    created_at: Timestamp,
    verified_at: Option<Timestamp>,
    next_possible_charge_date: Option<Date>,
    /// The most that one payment may be.
    amount: Option<u64>,
    currency: &'static str,
    scheme: &'static str,
    status: &'static str,
    reference: String,
    payments_require_approval: bool,
    metadata: Metadata,
    links: MandateLinks,
}

#[derive(Serialize)]
struct MandateLinks {
    customer: String,
}

impl Record for Mandate {
    const NAME: &'static str = "mandates";
    const PREFIX: &'static str = "MD";

    fn numbered(number: u64) -> Mandate {
        let mut rng = Rng::with_seed(number);
        let created_at = created_at(number);
        let (currency, scheme) = match rng.u8(..3) {
            0 => ("EUR", "sepa_core"),
            1 => ("GBP", "bacs"),
            _ => ("USD", "ach"),
        };
        let status = pick(&mut rng, &["pending_submission", "active", "active", "cancelled"]);
        Mandate {
            id: Mandate::id(number),
            created_at,
            verified_at: (status == "active").then_some(created_at),
            next_possible_charge_date: (status != "cancelled").then(|| days_after(created_at, 4)),
            amount: rng.bool().then(|| rng.u64(1..100) * 10_000),
            currency,
            scheme,
            status,
            reference: format!("REF-{number}"),
            payments_require_approval: rng.bool(),
            metadata: Metadata::of(number),
            links: MandateLinks { customer: format!("CU{:06}", number.div_ceil(3)) },
        }
    }
}

/// Money that the merchant is paid.
#[derive(Serialize)]
pub(super) struct Payout {
    id: String,
    created_at: Timestamp,
    arrival_date: Option<Date>,
    amount: u64,
    deducted_fees: u64,
    currency: &'static str,
    tax_currency: Option<&'static str>,
    #[serde(rename = "payout_type")]
    kind: &'static str,
    status: &'static str,
    reference: String,
    metadata: Metadata,
    links: PayoutLinks,
}

#[derive(Serialize)]
struct PayoutLinks {
    creditor: &'static str,
    creditor_bank_account: String,
}

impl Record for Payout {
    const NAME: &'static str = "payouts";
    const PREFIX: &'static str = "PO";

    fn numbered(number: u64) -> Payout {
        let mut rng = Rng::with_seed(number);
        let created_at = created_at(number);
        let currency = currency(&mut rng);
        let status = pick(&mut rng, &["pending", "paid", "paid", "bounced"]);
        Payout {
            id: Payout::id(number),
            created_at,
            arrival_date: (status == "paid").then(|| days_after(created_at, 2)),
            amount: rng.u64(10_000..5_000_000),
            deducted_fees: rng.u64(20..10_000),
            currency,
            tax_currency: rng.bool().then_some(currency),
            kind: pick(&mut rng, &["merchant", "partner"]),
            status,
            reference: format!("PAYOUT-{number}"),
            metadata: Metadata::of(number),
            links: PayoutLinks {
                creditor: "CR000001",
                creditor_bank_account: format!("BA{:06}", 1 + number % 5),
            },
        }
    }
}

/// What a client of the API has attached to a record.
#[derive(Serialize)]
struct Metadata {
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
}

impl Metadata {
    fn of(number: u64) -> Metadata {
        Metadata { order: (!number.is_multiple_of(5)).then(|| format!("{:05}", number * 7)) }
    }
}

/// Records are 97 minutes apart, beginning with 2025.
fn created_at(number: u64) -> Timestamp {
    const BEGINNING: Timestamp = Timestamp::constant(1_735_689_600, 0);
    let seconds = i64::try_from(number).unwrap_or(i64::MAX).saturating_mul(97 * 60);
    BEGINNING.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(BEGINNING)
}

fn days_after(moment: Timestamp, days: i64) -> Date {
    TimeZone::UTC.to_datetime(moment).date().saturating_add(days.days())
}

fn currency(rng: &mut Rng) -> &'static str {
    pick(rng, &["EUR", "GBP", "USD"])
}

fn pick(rng: &mut Rng, choices: &[&'static str]) -> &'static str {
    choices[rng.usize(..choices.len())]
}
