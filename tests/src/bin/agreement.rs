//! How far the language agrees with dlt on the corpus of descriptions: for each class of them, how
//! many that dlt takes are taken here, how many that it refuses are refused, and how many of these
//! at the key that dlt names.
//!
//! `cargo run -p rest_source_tests --bin agreement [-- --list [CLASS]]`

#[path = "../../suite/corpus/mod.rs"]
mod corpus;

use std::{env, error::Error, io::Write};

use self::corpus::Class;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let list = arguments.first().is_some_and(|argument| argument == "--list");
    let wanted = arguments.get(1);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", Class::HEADING)?;
    for class in corpus::classes()? {
        writeln!(out, "{class}")?;
        if list && wanted.is_none_or(|wanted| *wanted == class.name) {
            for disagreement in class.disagreements() {
                writeln!(out, "  {disagreement}")?;
            }
            for elsewhere in class.elsewhere() {
                writeln!(out, "  {elsewhere}")?;
            }
        }
    }
    Ok(())
}
