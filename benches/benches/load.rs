//! What loading takes, by the pipeline and by statements written by hand.
//!
//! `cargo bench -p rest_source_benches --bench load` loads 200,000 records into SQLite and Parquet
//! files, and into PostgreSQL if `DATABASE_URL` says where one is, in which it writes to a schema of its
//! own. `RECORDS` and `REPEATS` say how many and how often otherwise.

use std::{
    env,
    error::Error,
    time::{Duration, Instant},
};

use rest_source::Source;
use rest_source_benches::{
    api::Api,
    measure::{Taken, apart, median, number, tell, work},
    payments, payments_whole,
};
use rest_source_load::{Parquet, Pipeline, Postgres, Sqlite};
use serde::Deserialize;
use tokio_postgres::{NoTls, types::ToSql};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The schema in PostgreSQL.
const DATASET: &str = "rest_source_bench";

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match work() {
        Some(work) => runtime.block_on(load(&work)),
        None => runtime.block_on(compare()),
    }
}

/// Loads in this process, and tells what it takes.
async fn load(work: &str) -> Result<()> {
    let begin = Instant::now();
    match work {
        "pipeline, sqlite" => pipeline_to_sqlite(&client()?).await?,
        "pipeline, sqlite, whole" => pipeline_to_sqlite(&whole_client()?).await?,
        "pipeline, parquet" => pipeline_to_parquet(&client()?).await?,
        "by hand, sqlite" => by_hand_to_sqlite().await?,
        "pipeline, postgres" => pipeline_to_postgres(&client()?).await?,
        "pipeline, postgres, whole" => pipeline_to_postgres(&whole_client()?).await?,
        "by hand, postgres" => by_hand_to_postgres().await?,
        _ => return Err(format!("there is no `{work}`").into()),
    }
    tell(begin);
    Ok(())
}

fn client() -> Result<payments::Client> {
    let url = env::var("BASE_URL")?;
    Ok(payments::Client::builder().base_url(url).access_token("token").build()?)
}

fn whole_client() -> Result<payments_whole::Client> {
    let url = env::var("BASE_URL")?;
    Ok(payments_whole::Client::builder().base_url(url).access_token("token").build()?)
}

async fn pipeline_to_sqlite(client: &impl Source) -> Result<()> {
    let sqlite = Sqlite::at(env::var("DATABASE")?);
    Pipeline::new("bench", sqlite).resources(["payments"]).run(client).await?;
    Ok(())
}

/// There is nothing by hand that would be like it; it stands beside SQLite.
async fn pipeline_to_parquet(client: &impl Source) -> Result<()> {
    let parquet = Parquet::at(env::var("DATABASE")?);
    Pipeline::new("bench", parquet).resources(["payments"]).run(client).await?;
    Ok(())
}

async fn pipeline_to_postgres(client: &impl Source) -> Result<()> {
    let postgres = Postgres::from_env("DATABASE_URL")?.dataset(DATASET);
    Pipeline::new("bench", postgres).resources(["payments"]).run(client).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Page {
    payments: Vec<Payment>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Payment {
    id: Option<String>,
    created_at: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
}

#[derive(Deserialize)]
struct Meta {
    cursors: Cursors,
}

#[derive(Deserialize)]
struct Cursors {
    after: Option<String>,
}

fn plain_client() -> reqwest::Client {
    // The workspace has reqwest without a provider of cryptography, as the runtime chooses one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// The loop that is written by hand: the page behind a cursor.
async fn page(client: &reqwest::Client, url: &str, after: Option<&str>) -> Result<Page> {
    let request = client.get(format!("{url}/v1/payments")).query(&[("limit", "500")]);
    let request = request.query(&after.map(|after| [("after", after)]).unwrap_or_default());
    Ok(request.bearer_auth("token").send().await?.error_for_status()?.json().await?)
}

/// A prepared statement, and a transaction for each page.
async fn by_hand_to_sqlite() -> Result<()> {
    let (url, client) = (env::var("BASE_URL")?, plain_client());
    let mut database = rusqlite::Connection::open(env::var("DATABASE")?)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         CREATE TABLE IF NOT EXISTS payments
           (id TEXT PRIMARY KEY, created_at TEXT, amount INTEGER, currency TEXT) STRICT;",
    )?;
    let mut after = None;
    loop {
        let page = page(&client, &url, after.as_deref()).await?;
        let transaction = database.transaction()?;
        {
            let mut statement = transaction.prepare(
                "INSERT INTO payments VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET
                 created_at = excluded.created_at, amount = excluded.amount,
                 currency = excluded.currency",
            )?;
            for payment in &page.payments {
                let Payment { id, created_at, amount, currency } = payment;
                statement.execute((id, created_at, amount, currency))?;
            }
        }
        transaction.commit()?;
        match page.meta.cursors.after {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// A `COPY` into a temporary table and one statement for each page.
async fn by_hand_to_postgres() -> Result<()> {
    let (url, client) = (env::var("BASE_URL")?, plain_client());
    let (mut database, connection) =
        tokio_postgres::connect(&env::var("DATABASE_URL")?, NoTls).await?;
    tokio::spawn(connection);
    database
        .batch_execute(&format!(
            "CREATE SCHEMA IF NOT EXISTS {DATASET}; SET search_path = {DATASET};
             CREATE TABLE IF NOT EXISTS payments_by_hand
               (id text PRIMARY KEY, created_at timestamptz, amount bigint, currency text);
             CREATE TEMPORARY TABLE page (id text, created_at text, amount bigint, currency text);"
        ))
        .await?;
    let mut after = None;
    loop {
        let page = page(&client, &url, after.as_deref()).await?;
        let transaction = database.transaction().await?;
        let sink = transaction.copy_in("COPY page FROM STDIN (FORMAT binary)").await?;
        let types = [
            tokio_postgres::types::Type::TEXT,
            tokio_postgres::types::Type::TEXT,
            tokio_postgres::types::Type::INT8,
            tokio_postgres::types::Type::TEXT,
        ];
        let mut writer =
            std::pin::pin!(tokio_postgres::binary_copy::BinaryCopyInWriter::new(sink, &types));
        for Payment { id, created_at, amount, currency } in &page.payments {
            let row: [&(dyn ToSql + Sync); 4] = [id, created_at, amount, currency];
            writer.as_mut().write(&row).await?;
        }
        writer.finish().await?;
        transaction
            .batch_execute(
                "INSERT INTO payments_by_hand
                   SELECT id, created_at::timestamptz, amount, currency FROM page
                 ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at,
                   amount = excluded.amount, currency = excluded.currency;
                 TRUNCATE page;",
            )
            .await?;
        transaction.commit().await?;
        match page.meta.cursors.after {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// Runs each work several times, the first and the second run on a database, and prints the medians.
async fn compare() -> Result<()> {
    let (records, repeats) = (number("RECORDS", 200_000), number("REPEATS", 7));
    let url = Api::default().resources(&["payments"], records).serve(Duration::ZERO).await?;
    println!("\n## Loading\n\n{records} records, medians of {repeats} runs.\n");
    println!("| work | run | wall, s | rows/s | CPU, s | peak, MiB | wall, of by hand |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let embedded =
        ["by hand, sqlite", "pipeline, sqlite", "pipeline, sqlite, whole", "pipeline, parquet"];
    compare_works(&embedded, &url, records, repeats).await?;
    if env::var("DATABASE_URL").is_ok() {
        let postgres = ["by hand, postgres", "pipeline, postgres", "pipeline, postgres, whole"];
        compare_works(&postgres, &url, records, repeats).await?;
    }
    Ok(())
}

async fn compare_works(works: &[&str], url: &str, records: usize, repeats: usize) -> Result<()> {
    let mut taken: Vec<[Vec<Taken>; 2]> = works.iter().map(|_| Default::default()).collect();
    for _ in 0..repeats {
        for (work, taken) in works.iter().zip(&mut taken) {
            let folder = tempfile::tempdir()?;
            if work.contains("postgres") {
                drop_dataset().await?;
            }
            let database = folder.path().join("payments.db");
            let database = database.to_string_lossy();
            for taken in taken.iter_mut() {
                let variables = [("BASE_URL", url), ("DATABASE", &*database)];
                let work = (*work).to_owned();
                let (variables, name) =
                    (variables.map(|(name, value)| (name.to_owned(), value.to_owned())), work);
                let one = tokio::task::spawn_blocking(move || {
                    let variables = variables.each_ref().map(|(n, v)| (n.as_str(), v.as_str()));
                    apart(&name, &variables)
                });
                taken.push(one.await??);
            }
        }
    }
    let of = |taken: &[Taken], what: fn(&Taken) -> f64| median(taken.iter().map(what).collect());
    let by_hand = [0, 1].map(|run| of(&taken[0][run], |taken| taken.wall));
    for (work, runs) in works.iter().zip(&taken) {
        for (run, taken) in runs.iter().enumerate() {
            let wall = of(taken, |taken| taken.wall);
            println!(
                "| {work} | {} | {wall:.2} | {:.0} | {:.2} | {:.1} | {:.2} |",
                ["first", "second"][run],
                f64::from(u32::try_from(records)?) / wall,
                of(taken, |taken| taken.cpu),
                of(taken, |taken| taken.peak),
                wall / by_hand[run],
            );
        }
    }
    Ok(())
}

async fn drop_dataset() -> Result<()> {
    let (database, connection) = tokio_postgres::connect(&env::var("DATABASE_URL")?, NoTls).await?;
    tokio::spawn(connection);
    database.batch_execute(&format!("DROP SCHEMA IF EXISTS {DATASET} CASCADE")).await?;
    Ok(())
}
