//! How many instructions decoding and generating code take, as callgrind counts them: no matter what
//! else the machine does, the same work takes the same number.
//!
//! `cargo bench -p rest_source_benches --bench instructions`
//!
//! It fails when one of them takes over 5 % more than `instructions.txt` says. What the number is
//! depends on the compiler and on the instructions that the processor has, so the file says for which
//! of these it was written, and with others the numbers are printed and no more. With `-- --update`
//! it writes the file. It needs `valgrind`.

use std::{
    env,
    error::Error,
    fs,
    hint::black_box,
    process::{Command, ExitCode},
};

use rest_source::{__private, Resource};
use rest_source_benches::{
    bodies::{self, PAGE},
    large::description,
    measure::{number, work},
    payments, payments_whole, shape, shapes,
};
use rest_source_codegen::{LintLevels, SourceFile, compile};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.txt");

const HEADING: &str = "\
# How many instructions each of these takes: `--bench instructions` compares, and writes this file with
# `-- --update`. The next line is what they were counted with.
";

/// How much more than the file says is a regression, in percent.
const MOST: f64 = 5.0;

const WORKS: [&str; 6] = [
    "decode declared fields",
    "decode and keep `extra`",
    "decode 8 of 60 fields",
    "decode by nested selector",
    "decode by JSONPath selector",
    "generate 100 resources",
];

/// How many instructions a piece of work takes, and the same written by hand.
struct Count {
    work: String,
    instructions: u64,
    by_hand: Option<u64>,
}

fn main() -> Result<ExitCode> {
    if let Some(work) = work() {
        carry_out(&work, number("TIMES", 1))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut counts = Vec::new();
    for work in WORKS {
        counts.push(Count {
            work: work.to_owned(),
            instructions: instructions(work)?,
            by_hand: None,
        });
    }
    for shape in shape::all() {
        let work = format!("decode {}", shape.name);
        let by_hand = Some(instructions(&format!("{work} by hand"))?);
        counts.push(Count { instructions: instructions(&work)?, work, by_hand });
    }
    let environment = environment()?;
    if env::args().any(|argument| argument == "--update") {
        return update(&environment, &counts);
    }
    compare(&environment, &counts)
}

fn carry_out(work: &str, times: usize) -> Result<()> {
    match work {
        "decode declared fields" => decode::<payments::Payment>(&bodies::payments(), times),
        "decode and keep `extra`" => decode::<payments_whole::Payment>(&bodies::payments(), times),
        "decode 8 of 60 fields" => decode::<shapes::Wide>(&bodies::wide(), times),
        "decode by nested selector" => decode::<shapes::Nested>(&bodies::nested(), times),
        "decode by JSONPath selector" => decode::<shapes::Batched>(&bodies::batches(), times),
        "generate 100 resources" => {
            let text = description(100);
            for _ in 0..times {
                let file = SourceFile::new("api.yaml", text.clone());
                black_box(compile(&file, "api", LintLevels::default()));
            }
            Ok(())
        }
        _ => decode_shape(work, times),
    }
}

fn decode_shape(work: &str, times: usize) -> Result<()> {
    let name = work.strip_prefix("decode ").unwrap_or(work);
    let (name, is_by_hand) = match name.strip_suffix(" by hand") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let shape = shape::all().into_iter().find(|shape| shape.name == name);
    let shape = shape.ok_or_else(|| format!("there is no `{work}`"))?;
    let decode = if is_by_hand { &shape.decode_by_hand } else { &shape.decode };
    let body = shape.page();
    for _ in 0..times {
        decode(black_box(body.as_bytes()))?;
    }
    Ok(())
}

fn decode<T: Resource>(body: &str, times: usize) -> Result<()> {
    for _ in 0..times {
        black_box(__private::decode::<T>(black_box(body), PAGE)?);
    }
    Ok(())
}

/// How many instructions the work takes: those of doing it twice, without those of doing it once.
fn instructions(work: &str) -> Result<u64> {
    Ok(collected(work, "2")? - collected(work, "1")?)
}

/// How many a process takes that does the work so often.
fn collected(work: &str, times: &str) -> Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .envs([("BENCH_WORK", work), ("TIMES", times)])
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : "));
    match collected {
        Some((_, count)) if output.status.success() => Ok(count.trim().parse()?),
        _ => Err(format!("{work}: {said}").into()),
    }
}

/// What a count depends on beside the work.
fn environment() -> Result<String> {
    let output = Command::new("rustc").arg("--version").arg("--verbose").output()?;
    let version = String::from_utf8(output.stdout)?;
    let of = |name| version.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("?");
    let processor = fs::read_to_string("/proc/cpuinfo")?;
    let has_avx2 = processor.split_whitespace().any(|flag| flag == "avx2");
    let avx2 = if has_avx2 { "with" } else { "without" };
    Ok(format!("# rustc {}, {}, {avx2} AVX2", of("release: "), of("host: ")))
}

fn update(environment: &str, counts: &[Count]) -> Result<ExitCode> {
    let line = |count: &Count| format!("{}: {}\n", count.work, count.instructions);
    let lines: String = counts.iter().map(line).collect();
    fs::write(FILE, format!("{HEADING}{environment}\n{lines}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the counts, and fails if one has grown.
fn compare(environment: &str, counts: &[Count]) -> Result<ExitCode> {
    let file = fs::read_to_string(FILE)?;
    let is_comparable = file.lines().any(|line| line == environment);
    let mut has_grown = false;
    println!("\n## Instructions\n");
    println!("| work | instructions | of `instructions.txt`, % | of by hand |");
    println!("| --- | --- | --- | --- |");
    for Count { work, instructions, by_hand } in counts {
        let line = file.lines().find_map(|line| line.strip_prefix(&format!("{work}: ")));
        let expected: u64 = line.ok_or(format!("{FILE} does not have `{work}`"))?.parse()?;
        let change = percent(*instructions, expected)?;
        let by_hand = by_hand.map(|by_hand| percent(*instructions, by_hand)).transpose()?;
        let of_by_hand = by_hand.map_or(String::new(), |more| format!("{:.2}", 1.0 + more / 100.0));
        println!("| {work} | {instructions} | {change:+.1} | {of_by_hand} |");
        has_grown |= change > MOST;
    }
    println!();
    if !is_comparable {
        println!("Not compared: this is\n{environment}\nand {FILE} is of another one.");
    } else if has_grown {
        println!(
            "Over {MOST} % more: a regression, or `-- --update` writes what is meant to be so."
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// How much more a count is than another.
fn percent(count: u64, expected: u64) -> Result<f64> {
    // A whole number of millionths, as not every 64-bit number can be told by a float.
    let millionths = u128::from(count) * 1_000_000 / u128::from(expected.max(1));
    Ok(f64::from(u32::try_from(millionths)?) / 10_000.0 - 100.0)
}
