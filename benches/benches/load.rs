//! What loading takes, by the pipeline and by statements written by hand.
//!
//! `cargo bench -p rest_source_benches --bench load` loads 200,000 records into SQLite and Parquet
//! files, and into PostgreSQL if `DATABASE_URL` says where one is, in which it writes to a schema of its
//! own. `RECORDS` and `REPEATS` say how many and how often otherwise.

use std::{
    env,
    error::Error,
    fs::File,
    time::{Duration, Instant},
};

use arrow_schema::Schema;
use parquet::{arrow::ArrowWriter, basic::Compression, file::properties::WriterProperties};
use rest_source::Source;
use rest_source_benches::{
    api::Api,
    by_hand::plain_client,
    by_hand_arrow,
    measure::{Taken, apart, median, number, tell, work},
    pages, payments, payments_whole,
};
use rest_source_load::{Parquet, Pipeline, Postgres, Sqlite};
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde::{Deserialize, de::DeserializeOwned};
use tokio_postgres::{
    NoTls,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

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
        "pipeline, parquet" => pipeline_to_parquet(&client()?, "payments").await?,
        "pipeline, parquet, append" => pipeline_to_parquet(&pages_client()?, "cursor").await?,
        "by hand, arrow" => by_hand_to_arrow().await?,
        "by hand, sqlite" => by_hand_to_sqlite::<Payment>().await?,
        "by hand, sqlite, whole" => by_hand_to_sqlite::<WholePayment>().await?,
        "pipeline, postgres" => pipeline_to_postgres(&client()?).await?,
        "pipeline, postgres, whole" => pipeline_to_postgres(&whole_client()?).await?,
        "by hand, postgres" => by_hand_to_postgres::<Payment>().await?,
        "by hand, postgres, whole" => by_hand_to_postgres::<WholePayment>().await?,
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

fn pages_client() -> Result<pages::Client> {
    let url = env::var("BASE_URL")?;
    Ok(pages::Client::builder().base_url(url).access_token("token").build()?)
}

async fn pipeline_to_sqlite(client: &impl Source) -> Result<()> {
    let sqlite = Sqlite::at(env::var("DATABASE")?);
    Pipeline::new("bench", sqlite).resources(["payments"]).run(client).await?;
    Ok(())
}

async fn pipeline_to_parquet(client: &impl Source, resource: &str) -> Result<()> {
    let parquet = Parquet::at(env::var("DATABASE")?);
    Pipeline::new("bench", parquet).resources([resource]).run(client).await?;
    Ok(())
}

async fn pipeline_to_postgres(client: &impl Source) -> Result<()> {
    let postgres = Postgres::from_env("DATABASE_URL")?.dataset(DATASET);
    Pipeline::new("bench", postgres).resources(["payments"]).run(client).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Page<T> {
    payments: Vec<T>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    cursors: Cursors,
}

#[derive(Deserialize)]
struct Cursors {
    after: Option<String>,
}

/// What is written by hand for a kind of records.
trait Row: DeserializeOwned + Send + Sync {
    /// The columns, of which the first one is the key, with their types in PostgreSQL.
    const COLUMNS: &[(&str, Type)];

    fn cells(&self) -> impl AsRef<[Cell<'_>]> + Send;
}

/// A value for a column.
#[derive(Clone, Copy)]
enum Cell<'a> {
    Text(&'a Option<String>),
    Whole(Option<i64>),
    Bool(Option<bool>),
}

use Cell::{Bool, Text, Whole};

#[derive(Deserialize)]
struct Payment {
    id: Option<String>,
    created_at: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
}

impl Row for Payment {
    const COLUMNS: &[(&str, Type)] = &[
        ("id", Type::TEXT),
        ("created_at", Type::TIMESTAMPTZ),
        ("amount", Type::INT8),
        ("currency", Type::TEXT),
    ];

    fn cells(&self) -> impl AsRef<[Cell<'_>]> + Send {
        [Text(&self.id), Text(&self.created_at), Whole(self.amount), Text(&self.currency)]
    }
}

/// All that the server sends and that has a value, of which most is not declared in the description.
#[derive(Deserialize)]
struct WholePayment {
    id: Option<String>,
    created_at: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
    status: Option<String>,
    charge_date: Option<String>,
    amount_refunded: Option<i64>,
    reference: Option<String>,
    description: Option<String>,
    retry_if_possible: Option<bool>,
    fx: Fx,
    links: Links,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Fx {
    fx_currency: Option<String>,
    estimated_exchange_rate: Option<String>,
}

#[derive(Deserialize)]
struct Links {
    mandate: Option<String>,
    creditor: Option<String>,
    payout: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    order: Option<String>,
    channel: Option<String>,
}

impl Row for WholePayment {
    const COLUMNS: &[(&str, Type)] = &[
        ("id", Type::TEXT),
        ("created_at", Type::TIMESTAMPTZ),
        ("amount", Type::INT8),
        ("currency", Type::TEXT),
        ("status", Type::TEXT),
        ("charge_date", Type::TEXT),
        ("amount_refunded", Type::INT8),
        ("reference", Type::TEXT),
        ("description", Type::TEXT),
        ("retry_if_possible", Type::BOOL),
        ("fx__fx_currency", Type::TEXT),
        ("fx__estimated_exchange_rate", Type::TEXT),
        ("links__mandate", Type::TEXT),
        ("links__creditor", Type::TEXT),
        ("links__payout", Type::TEXT),
        ("metadata__order", Type::TEXT),
        ("metadata__channel", Type::TEXT),
    ];

    fn cells(&self) -> impl AsRef<[Cell<'_>]> + Send {
        [
            Text(&self.id),
            Text(&self.created_at),
            Whole(self.amount),
            Text(&self.currency),
            Text(&self.status),
            Text(&self.charge_date),
            Whole(self.amount_refunded),
            Text(&self.reference),
            Text(&self.description),
            Bool(self.retry_if_possible),
            Text(&self.fx.fx_currency),
            Text(&self.fx.estimated_exchange_rate),
            Text(&self.links.mandate),
            Text(&self.links.creditor),
            Text(&self.links.payout),
            Text(&self.metadata.order),
            Text(&self.metadata.channel),
        ]
    }
}

impl rusqlite::ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Text(text) => text.as_deref().map_or(ValueRef::Null, ValueRef::from),
            Whole(number) => number.map_or(ValueRef::Null, ValueRef::Integer),
            Bool(is) => is.map_or(ValueRef::Null, |is| ValueRef::Integer(is.into())),
        }))
    }
}

impl Cell<'_> {
    fn parameter(&self) -> &(dyn ToSql + Sync) {
        match self {
            Text(text) => *text,
            Whole(number) => number,
            Bool(is) => is,
        }
    }
}

/// What is said of each column, with commas between.
fn columns<T: Row>(what: impl Fn(&str, &Type) -> String) -> String {
    list(T::COLUMNS, what)
}

fn list(columns: &[(&str, Type)], what: impl Fn(&str, &Type) -> String) -> String {
    columns.iter().map(|(name, kind)| what(name, kind)).collect::<Vec<_>>().join(", ")
}

/// What an upsert does with a row that is there, whose key stays as it is.
fn update<T: Row>() -> String {
    list(&T::COLUMNS[1..], |name, _| format!("{name} = excluded.{name}"))
}

/// The loop that is written by hand: the page behind a cursor.
async fn page<T: Row>(client: &reqwest::Client, url: &str, after: Option<&str>) -> Result<Page<T>> {
    let request = client.get(format!("{url}/v1/payments")).query(&[("limit", "500")]);
    let request = request.query(&after.map(|after| [("after", after)]).unwrap_or_default());
    Ok(request.bearer_auth("token").send().await?.error_for_status()?.json().await?)
}

/// A file by Arrow's own reader of JSON and writer of Parquet, which replaces the one before.
async fn by_hand_to_arrow() -> Result<()> {
    let (url, payment) = (env::var("BASE_URL")?, by_hand_arrow::payment());
    let schema = Schema::new(payment.clone()).into();
    let mut pages = by_hand_arrow::Pages::new(format!("{url}/v1/payments"), "payments", payment)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let file = File::create(env::var("DATABASE")?)?;
    let mut writer = ArrowWriter::try_new(file, schema, Some(properties))?;
    while let Some(payments) = pages.next().await? {
        writer.write(&payments)?;
    }
    writer.close()?;
    Ok(())
}

/// A prepared statement, and a transaction for each page.
async fn by_hand_to_sqlite<T: Row>() -> Result<()> {
    let (url, client) = (env::var("BASE_URL")?, plain_client());
    let mut database = rusqlite::Connection::open(env::var("DATABASE")?)?;
    let definitions = columns::<T>(|name, kind| match *kind {
        Type::INT8 | Type::BOOL => format!("{name} INTEGER"),
        _ => format!("{name} TEXT"),
    });
    database.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         CREATE TABLE IF NOT EXISTS payments ({definitions}, PRIMARY KEY (id)) STRICT;"
    ))?;
    let upsert = format!(
        "INSERT INTO payments VALUES ({}) ON CONFLICT (id) DO UPDATE SET {}",
        columns::<T>(|_, _| "?".to_owned()),
        update::<T>()
    );
    let mut after = None;
    loop {
        let page = page::<T>(&client, &url, after.as_deref()).await?;
        let transaction = database.transaction()?;
        {
            let mut statement = transaction.prepare(&upsert)?;
            for payment in &page.payments {
                statement.execute(rusqlite::params_from_iter(payment.cells().as_ref()))?;
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
async fn by_hand_to_postgres<T: Row>() -> Result<()> {
    let (url, client) = (env::var("BASE_URL")?, plain_client());
    let (mut database, connection) =
        tokio_postgres::connect(&env::var("DATABASE_URL")?, NoTls).await?;
    tokio::spawn(connection);
    // Timestamps are copied as the text that they came as.
    let copied = |kind: &Type| match *kind {
        Type::TIMESTAMPTZ => Type::TEXT,
        ref kind => kind.clone(),
    };
    database
        .batch_execute(&format!(
            "CREATE SCHEMA IF NOT EXISTS {DATASET}; SET search_path = {DATASET};
             CREATE TABLE IF NOT EXISTS payments_by_hand ({}, PRIMARY KEY (id));
             CREATE TEMPORARY TABLE page ({});",
            columns::<T>(|name, kind| format!("{name} {kind}")),
            columns::<T>(|name, kind| format!("{name} {}", copied(kind))),
        ))
        .await?;
    let upsert = format!(
        "INSERT INTO payments_by_hand SELECT {} FROM page
         ON CONFLICT (id) DO UPDATE SET {};
         TRUNCATE page;",
        columns::<T>(|name, kind| format!("{name}::{kind}")),
        update::<T>()
    );
    let types: Vec<_> = T::COLUMNS.iter().map(|(_, kind)| copied(kind)).collect();
    let mut after = None;
    loop {
        let page = page::<T>(&client, &url, after.as_deref()).await?;
        let transaction = database.transaction().await?;
        let sink = transaction.copy_in("COPY page FROM STDIN (FORMAT binary)").await?;
        let mut writer = std::pin::pin!(BinaryCopyInWriter::new(sink, &types));
        for payment in &page.payments {
            let cells = payment.cells();
            let row: Vec<_> = cells.as_ref().iter().map(Cell::parameter).collect();
            writer.as_mut().write(&row).await?;
        }
        writer.finish().await?;
        transaction.batch_execute(&upsert).await?;
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
    println!(
        "| work | run | wall, s | rows/s | CPU, s | peak, MiB | wall, of by hand | CPU, of by hand |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut works = vec![
        &["by hand, sqlite", "pipeline, sqlite", "pipeline, parquet"][..],
        &["by hand, sqlite, whole", "pipeline, sqlite, whole"],
        &["by hand, arrow", "pipeline, parquet, append"],
    ];
    if env::var("DATABASE_URL").is_ok() {
        works.push(&["by hand, postgres", "pipeline, postgres"]);
        works.push(&["by hand, postgres, whole", "pipeline, postgres, whole"]);
    }
    for works in works {
        compare_works(works, &url, records, repeats).await?;
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
    let by_hand = &taken[0];
    for (work, runs) in works.iter().zip(&taken) {
        for (run, taken) in runs.iter().enumerate() {
            let wall = of(taken, |taken| taken.wall);
            let ratio = |what: fn(&Taken) -> f64| {
                let rounds = taken.iter().zip(&by_hand[run]);
                median(rounds.map(|(taken, by_hand)| what(taken) / what(by_hand)).collect())
            };
            println!(
                "| {work} | {} | {wall:.2} | {:.0} | {:.2} | {:.1} | {:.2} | {:.2} |",
                ["first", "second"][run],
                f64::from(u32::try_from(records)?) / wall,
                of(taken, |taken| taken.cpu),
                of(taken, |taken| taken.peak),
                ratio(|taken| taken.wall),
                ratio(|taken| taken.cpu),
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
