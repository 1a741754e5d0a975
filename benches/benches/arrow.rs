//! What record batches take, by the loader and by arrow-json, and loading them into DuckDB.
//!
//! `cargo bench -p rest_source_benches --no-default-features --features arrow --bench arrow`
//!
//! | variable | of | default |
//! | --- | --- | --- |
//! | `RECORDS` | records of each shape | 100000 |
//! | `MORE_RECORDS` | records by which memory is compared | 1000000 |
//! | `REPEATS` | runs of each | 7 |
//!
//! `peers.py` loads into DuckDB by it, beside dlt.

use std::{env, error::Error, hint::black_box, time::Duration, time::Instant};

use futures_util::StreamExt as _;
use rest_source::{Fetch, Resource, Source};
use rest_source_benches::{
    api::Api,
    by_hand_arrow::{self, Pages},
    measure::{Rounds, apart, number, tell, work},
    payments, payments_whole, shape, shapes,
};
use rest_source_load::{DuckDb, IntoArrow, Pipeline};
use tokio::runtime::Runtime;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many rows a batch has.
const BATCH: usize = 10_000;

const BY_HAND: &str = ", arrow-json";

fn main() -> Result<()> {
    let runtime = Runtime::new()?;
    match work() {
        Some(work) => runtime.block_on(take(&work)),
        None => compare(&runtime),
    }
}

/// Does the work in this process, and tells what it takes.
async fn take(work: &str) -> Result<()> {
    let begin = Instant::now();
    let rows = match work {
        "payments" => batches(payments()?.payments()).await?,
        "payments, whole" => batches(whole_payments()?.payments()).await?,
        "eight_columns" => batches(shapes()?.eight_columns()).await?,
        "all_columns" => batches(shapes()?.all_columns()).await?,
        "sixty_columns" => batches(shapes()?.sixty_columns()).await?,
        "duckdb" => into_duckdb(&payments()?).await?,
        "duckdb, whole" => into_duckdb(&whole_payments()?).await?,
        _ => by_hand(work).await?,
    };
    tell(begin);
    let expected: usize = env::var("EXPECTED")?.parse()?;
    (rows == expected).then_some(()).ok_or_else(|| format!("got {rows} rows").into())
}

fn payments() -> Result<payments::Client> {
    let url = env::var("BASE_URL")?;
    Ok(payments::Client::builder().base_url(url).access_token("token").build()?)
}

fn whole_payments() -> Result<payments_whole::Client> {
    let url = env::var("BASE_URL")?;
    Ok(payments_whole::Client::builder().base_url(url).access_token("token").build()?)
}

fn shapes() -> Result<shapes::Client> {
    Ok(shapes::Client::builder().base_url(env::var("BASE_URL")?).build()?)
}

async fn batches<T: Resource>(fetch: Fetch<T>) -> Result<usize> {
    let mut batches = fetch.arrow(BATCH)?;
    let mut rows = 0;
    while let Some(batch) = batches.next().await {
        rows += black_box(batch?).tables[0].rows.num_rows();
    }
    Ok(rows)
}

async fn by_hand(work: &str) -> Result<usize> {
    let (list, fields) = match work.strip_suffix(BY_HAND) {
        Some("payments") => ("payments", by_hand_arrow::payment()),
        Some("payments, whole") => ("payments", by_hand_arrow::whole_payment()),
        Some("eight_columns") => ("records", by_hand_arrow::eight_columns()),
        Some("all_columns") => ("records", by_hand_arrow::all_columns()),
        Some("sixty_columns") => ("records", by_hand_arrow::sixty_columns()),
        _ => return Err(format!("there is no `{work}`").into()),
    };
    let name = work.split(", ").next().unwrap_or_default();
    let mut pages = Pages::new(format!("{}/v1/{name}", env::var("BASE_URL")?), list, fields)?;
    let mut rows = 0;
    while let Some(page) = pages.next().await? {
        rows += black_box(page).num_rows();
    }
    Ok(rows)
}

/// Merges all payments into a database, twice if it is there already.
async fn into_duckdb(source: &impl Source) -> Result<usize> {
    let database = DuckDb::at(env::var("DATABASE")?);
    let report = Pipeline::new("bench", database).resources(["payments"]).run(source).await?;
    Ok(usize::try_from(report.rows())?)
}

/// Does each work several times, and prints the medians.
fn compare(runtime: &Runtime) -> Result<()> {
    let (records, repeats) = (number("RECORDS", 100_000), number("REPEATS", 7));
    println!(
        "\n## Arrow\n\n{records} records, batches of {BATCH} rows, medians of {repeats} runs.\n"
    );
    println!(
        "| records | by | wall, s | of arrow-json | CPU, s | of arrow-json | records/s | peak, MiB |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let api = || Api::default().resources(&["payments"], records);
    let url = runtime.block_on(api().serve(Duration::ZERO))?;
    rows("payments", &url, records, repeats)?;
    rows("payments, whole", &url, records, repeats)?;
    for shape in shape::all() {
        if !["eight_columns", "all_columns", "sixty_columns"].contains(&shape.name) {
            continue;
        }
        let url = runtime.block_on(Api::default().shape(&shape, records).serve(Duration::ZERO))?;
        rows(shape.name, &url, records, repeats)?;
    }

    let more = number("MORE_RECORDS", 1_000_000);
    println!("\nPeak memory, in MiB.\n\n| records | {records} | {more} |\n| --- | --- | --- |");
    let api = Api::default().resources(&["payments"], more);
    let more_url = runtime.block_on(api.serve(Duration::ZERO))?;
    let peak = |work: &str, url: &str, records: usize| {
        apart(work, &[("BASE_URL", url), ("EXPECTED", &records.to_string())])
    };
    for work in ["payments", "payments, whole"] {
        let [few, many] = [peak(work, &url, records)?, peak(work, &more_url, more)?];
        println!("| {work} | {:.1} | {:.1} |", few.peak, many.peak);
    }
    Ok(())
}

/// The rows of one shape.
fn rows(shape: &str, url: &str, records: usize, repeats: usize) -> Result<()> {
    let by_hand = format!("{shape}{BY_HAND}");
    let works = [&*by_hand, shape];
    let variables = [("BASE_URL", url), ("EXPECTED", &records.to_string())];
    let rounds = Rounds::of(&works, &variables, repeats)?;
    for (index, work) in works.iter().enumerate() {
        let wall = rounds.median(index, |taken| taken.wall);
        println!(
            "| {shape} | {work} | {wall:.3} | {:.2} | {:.3} | {:.2} | {:.0} | {:.1} |",
            rounds.ratio(index, |taken| taken.wall),
            rounds.median(index, |taken| taken.cpu),
            rounds.ratio(index, |taken| taken.cpu),
            f64::from(u32::try_from(records)?) / wall,
            rounds.median(index, |taken| taken.peak),
        );
    }
    Ok(())
}
