//! What fetching takes, by the generated client and by a loop written by hand.
//!
//! `cargo bench -p rest_source_benches --bench fetch`
//!
//! | variable | of | default |
//! | --- | --- | --- |
//! | `RECORDS` | records of each resource, where there is no latency, and by offset | 100000 |
//! | `LATE_RECORDS` | the same of the resources by page cursor, where there is latency | 10000 |
//! | `CUSTOMERS` | parents | 2000 |
//! | `REPEATS` | runs of each | 7 |

use std::{env, error::Error, time::Duration, time::Instant};

use rest_source::{Fetch, Resource};
use rest_source_benches::{
    api::{Api, CHILDREN, RESOURCES},
    bodies::PAGE,
    by_hand::{self, Page, Payment},
    children,
    measure::{Rounds, number, tell, work},
    offset, pages, payments, payments_whole, shape,
};
use tokio::runtime::Runtime;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Of each request, where there is latency.
const LATENCY: Duration = Duration::from_millis(20);

/// Fetches with one client, as one after the other as the loop does.
macro_rules! fetch {
    ($source:ident, $($resource:ident)+) => {{
        let client = $source::Client::builder().base_url(env::var("BASE_URL")?);
        let client = client.access_token("token").build()?;
        let mut seen = Seen::default();
        $(seen.all_of(client.$resource(), |record| record.amount).await?;)+
        seen
    }};
}

fn main() -> Result<()> {
    let runtime = Runtime::new()?;
    match work() {
        Some(work) => runtime.block_on(fetch(&work)),
        None => compare(&runtime),
    }
}

/// Fetches in this process, and tells what it takes.
async fn fetch(work: &str) -> Result<()> {
    let begin = Instant::now();
    let seen = match work {
        "payments, by hand" => by_hand_by_cursor().await?,
        "payments" => fetch!(payments, payments refunds mandates payouts),
        "payments, whole" => fetch!(payments_whole, payments refunds mandates payouts),
        "offset, by hand" => by_hand_by_offset().await?,
        "offset" => fetch!(offset, events),
        "children, by hand" => by_hand_of_parents().await?,
        "children" => fetch!(children, customer_payments),
        "by cursor" => fetch!(pages, cursor),
        "by offset" => fetch!(pages, offset),
        "by page number" => fetch!(pages, page_number),
        "incremental" => fetch!(pages, incremental),
        "of parents" => fetch!(pages, parents),
        _ => fetch_shape(work).await?,
    };
    tell(begin);
    let expected: usize = env::var("EXPECTED")?.parse()?;
    (seen.records == expected && seen.amount > 0)
        .then_some(())
        .ok_or_else(|| format!("expected {expected} records, got {seen:?}").into())
}

async fn fetch_shape(work: &str) -> Result<Seen> {
    let url = env::var("BASE_URL")?;
    let (name, is_by_hand) = match work.strip_suffix(BY_HAND) {
        Some(name) => (name, true),
        None => (work, false),
    };
    let shape = shape::all().into_iter().find(|shape| shape.name == name);
    let shape = shape.ok_or_else(|| format!("there is no `{work}`"))?;
    let fetch = if is_by_hand { &shape.fetch_by_hand } else { &shape.fetch };
    Ok(Seen { records: fetch(url).await?, amount: 1 })
}

const BY_HAND: &str = ", by hand";

/// What is made of the records, so that they are of use.
#[derive(Debug, Default)]
struct Seen {
    records: usize,
    amount: i64,
}

impl Seen {
    fn record(&mut self, amount: Option<i64>) {
        self.records += 1;
        self.amount += amount.unwrap_or(0);
    }

    fn page(&mut self, records: &[Payment]) {
        for record in records {
            self.record(record.amount);
        }
    }

    async fn all_of<T: Resource>(
        &mut self,
        fetch: Fetch<T>,
        amount: fn(&T) -> Option<i64>,
    ) -> Result<()> {
        let mut records = fetch.stream();
        while let Some(record) = records.try_next().await? {
            self.record(amount(&record));
        }
        Ok(())
    }
}

async fn by_hand_by_cursor() -> Result<Seen> {
    let client = by_hand::Client::new(env::var("BASE_URL")?);
    let mut seen = Seen::default();
    for resource in RESOURCES {
        let path = format!("/v1/{resource}");
        let mut page = client.page(&path, &[]).await?;
        seen.page(&page.records);
        while let Some(after) = &page.meta.cursors.after {
            page = client.page(&path, &[("after", after)]).await?;
            seen.page(&page.records);
        }
    }
    Ok(seen)
}

async fn by_hand_by_offset() -> Result<Seen> {
    let client = by_hand::Client::new(env::var("BASE_URL")?);
    let mut seen = Seen::default();
    loop {
        let offset = seen.records.to_string();
        let page = client.page("/v1/events", &[("offset", &offset)]).await?;
        seen.page(&page.records);
        if seen.records >= page.meta.total {
            return Ok(seen);
        }
    }
}

async fn by_hand_of_parents() -> Result<Seen> {
    let client = by_hand::Client::new(env::var("BASE_URL")?);
    let mut seen = Seen::default();
    let mut after = None;
    loop {
        let after_parameter = after.as_deref().map(|after: &str| ("after", after));
        let customers: Page<Payment> =
            client.page("/v1/customers", after_parameter.as_slice()).await?;
        for customer in customers.records {
            let path = format!("/v1/customers/{}/payments", customer.id.unwrap_or_default());
            seen.page(&client.page(&path, &[]).await?.records);
        }
        after = customers.meta.cursors.after;
        if after.is_none() {
            return Ok(seen);
        }
    }
}

/// Fetches several times, and prints the medians.
fn compare(runtime: &Runtime) -> Result<()> {
    let records = number("RECORDS", 100_000);
    let late_records = number("LATE_RECORDS", 10_000);
    let customers = number("CUSTOMERS", 2_000);
    println!(
        "\n## Fetching\n\nRecords of about 550 bytes, {PAGE} a page, medians of {} runs.\n",
        number("REPEATS", 7)
    );
    println!(
        "| work | records | by | wall, s | of by hand | CPU, s | of by hand | records/s | peak, MiB |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");

    let api = || Api::default().resources(&RESOURCES, records);
    let url = runtime.block_on(api().serve(Duration::ZERO))?;
    let by_cursor = ["payments, by hand", "payments", "payments, whole"];
    table("4 resources, no latency", &by_cursor, &url, RESOURCES.len() * records)?;

    for shape in shape::all() {
        let url = runtime.block_on(Api::default().shape(&shape, records).serve(Duration::ZERO))?;
        let works = [&format!("{}{BY_HAND}", shape.name), shape.name];
        table(shape.name, &works, &url, records)?;
    }

    let api = Api::default().resources(&["payments"], records).accounts(records);
    let url = runtime.block_on(api.serve(Duration::ZERO))?;
    let works = ["by cursor", "by offset", "by page number", "incremental", "of parents"];
    table("kinds of pages, of those by cursor", &works, &url, records)?;

    let api = Api::default().resources(&RESOURCES, late_records);
    let url = runtime.block_on(api.serve(LATENCY))?;
    table("4 resources, 20 ms", &by_cursor, &url, RESOURCES.len() * late_records)?;

    let api = Api::default().resources(&["events"], records).customers(customers);
    let url = runtime.block_on(api.serve(LATENCY))?;
    table("offset, 20 ms, 8 at a time", &["offset, by hand", "offset"], &url, records)?;
    let children = ["children, by hand", "children"];
    table("children, 20 ms, 16 at a time", &children, &url, customers * CHILDREN)
}

/// The rows of works of the same kind.
fn table(name: &str, works: &[&str], url: &str, records: usize) -> Result<()> {
    let variables = [("BASE_URL", url), ("EXPECTED", &records.to_string())];
    let rounds = Rounds::of(works, &variables, number("REPEATS", 7))?;
    for (index, work) in works.iter().enumerate() {
        let wall = rounds.median(index, |taken| taken.wall);
        println!(
            "| {name} | {records} | {work} | {wall:.3} | {:.2} | {:.3} | {:.2} | {:.0} | {:.1} |",
            rounds.ratio(index, |taken| taken.wall),
            rounds.median(index, |taken| taken.cpu),
            rounds.ratio(index, |taken| taken.cpu),
            f64::from(u32::try_from(records)?) / wall,
            rounds.median(index, |taken| taken.peak),
        );
    }
    Ok(())
}
