//! What decoding a page of 500 records takes, without a server: as a fetch does it, and by parsers
//! with structs written by hand.
//!
//! `cargo bench -p rest_source_benches --bench decode`
//!
//! Each of them begins with bytes and checks that they are UTF-8. `simd-json` changes what it reads,
//! so that it begins with a copy. Times are medians of several rounds (`REPEATS`, 15 by default), in
//! each of which everything is done in turn; the ratio is the median of the ratios within a round.

use std::{error::Error, hint::black_box, time::Instant};

use rest_source::{__private, Resource};
use rest_source_benches::{
    bodies::{self, PAGE},
    by_hand::{Batches, Nested, Page, Payment, WholePage, WidePage},
    measure::{median, number},
    payments, payments_whole, shape, shapes,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Decodes a body and says how many records there are.
type Decode = Box<dyn Fn(&[u8]) -> Result<usize>>;

/// How often a body is decoded in one round.
const TIMES: u32 = 50;

fn main() -> Result<()> {
    println!("\n## Decoding\n\nPages of {PAGE} records, medians of {} rounds.\n", repeats());
    println!("| page | KB | by | ms | MB/s | of serde_json, derived |");
    println!("| --- | --- | --- | --- | --- | --- |");
    compare(
        "declared fields only",
        &bodies::payments(),
        derived::<Page<Payment>>(|page| page.records.len()),
        ours::<payments::Payment>(),
    )?;
    compare(
        "`extra` kept",
        &bodies::payments(),
        derived::<WholePage>(|page| page.payments.len()),
        ours::<payments_whole::Payment>(),
    )?;
    compare(
        "8 of 60 fields",
        &bodies::wide(),
        derived::<WidePage>(|page| page.wide.len()),
        ours::<shapes::Wide>(),
    )?;
    compare(
        "nested selector",
        &bodies::nested(),
        derived::<Nested>(|page| page.data.result.records.len()),
        ours::<shapes::Nested>(),
    )?;
    compare(
        "JSONPath selector",
        &bodies::batches(),
        derived::<Batches>(|page| page.batches.iter().map(|batch| batch.payments.len()).sum()),
        ours::<shapes::Batched>(),
    )?;
    for shape in shape::all() {
        let body = shape.page();
        compare(shape.name, &body, [("serde_json, derived", shape.decode_by_hand)], shape.decode)?;
    }
    Ok(())
}

fn repeats() -> usize {
    number("REPEATS", 15)
}

fn ours<T: Resource>() -> Decode {
    Box::new(|body| Ok(black_box(__private::decode::<T>(str::from_utf8(body)?, PAGE)?).len()))
}

/// By parsers that fill the same struct.
fn derived<T: DeserializeOwned + 'static>(records: fn(&T) -> usize) -> [(&'static str, Decode); 3] {
    [
        (
            "serde_json, derived",
            Box::new(move |body| Ok(records(&black_box(serde_json::from_slice::<T>(body)?)))),
        ),
        (
            "sonic-rs, derived",
            Box::new(move |body| Ok(records(&black_box(sonic_rs::from_slice::<T>(body)?)))),
        ),
        (
            "simd-json, derived",
            Box::new(move |body| {
                let mut body = body.to_vec();
                Ok(records(&black_box(simd_json::serde::from_slice::<T>(&mut body)?)))
            }),
        ),
    ]
}

/// Prints what decoding the body takes by each of them.
fn compare(
    name: &str,
    body: &str,
    derived: impl IntoIterator<Item = (&'static str, Decode)>,
    ours: Decode,
) -> Result<()> {
    let tree: Decode = Box::new(|body| {
        black_box(serde_json::from_slice::<Value>(body)?);
        Ok(PAGE)
    });
    let mut decoders: Vec<_> = derived.into_iter().collect();
    decoders.push(("serde_json::Value", tree));
    decoders.push(("rest_source", ours));

    let mut rounds = Vec::new();
    for _ in 0..repeats() {
        let round = decoders.iter().map(|(name, decode)| seconds(name, decode, body.as_bytes()));
        rounds.push(round.collect::<Result<Vec<f64>>>()?);
    }
    let bytes = f64::from(u32::try_from(body.len())?);
    for (index, (by, _)) in decoders.iter().enumerate() {
        let seconds = median(rounds.iter().map(|round| round[index]).collect());
        let ratio = median(rounds.iter().map(|round| round[index] / round[0]).collect());
        let (milliseconds, rate) = (seconds * 1e3, bytes / seconds / 1e6);
        println!(
            "| {name} | {:.0} | {by} | {milliseconds:.3} | {rate:.0} | {ratio:.2} |",
            bytes / 1e3
        );
    }
    Ok(())
}

/// How long it takes once.
fn seconds(name: &str, decode: &Decode, body: &[u8]) -> Result<f64> {
    let begin = Instant::now();
    for _ in 0..TIMES {
        let records = decode(black_box(body))?;
        if records != PAGE {
            return Err(format!("{name}: {records} records").into());
        }
    }
    Ok(begin.elapsed().as_secs_f64() / f64::from(TIMES))
}
