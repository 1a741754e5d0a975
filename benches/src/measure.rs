//! What a process takes: time, processor time and memory.

use std::{env, fs, io, process::Command, time::Instant};

/// The variable that says what a process of its own shall do.
const WORK: &str = "BENCH_WORK";

/// What a piece of work has taken.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// From its beginning to its end, in seconds.
    pub wall: f64,
    /// Of all cores together, in seconds.
    pub cpu: f64,
    /// The most memory at a time, in MiB.
    pub peak: f64,
}

/// The work that this process shall do, if it is one that [`apart`] has started.
pub fn work() -> Option<String> {
    env::var(WORK).ok()
}

/// Says to the process that has started this one what the work has taken, which began at `begin`.
pub fn tell(begin: Instant) {
    let Taken { cpu, peak, .. } = own();
    println!("taken {} {cpu} {peak}", begin.elapsed().as_secs_f64());
}

/// Does work in a process of its own, with these variables.
///
/// # Errors
///
/// If it cannot be started, or fails.
pub fn apart(work: &str, variables: &[(&str, &str)]) -> io::Result<Taken> {
    let mut command = Command::new(env::current_exe()?);
    command.env(WORK, work).envs(variables.iter().copied());
    let output = command.output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let taken = printed.lines().find_map(|line| line.strip_prefix("taken "));
    let numbers: Vec<f64> = taken
        .map(|taken| taken.split(' ').filter_map(|number| number.parse().ok()).collect())
        .unwrap_or_default();
    match numbers[..] {
        [wall, cpu, peak] if output.status.success() => Ok(Taken { wall, cpu, peak }),
        _ => Err(io::Error::other(format!(
            "{work}: {printed}{}",
            String::from_utf8_lossy(&output.stderr)
        ))),
    }
}

/// The median.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What this process has taken so far; its processor time and memory as Linux tells them.
fn own() -> Taken {
    /// How many a second there are, which Linux says of every architecture.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may have spaces, come the state and then numbers: the 12th and 13th are
    // user and system time.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let cpu: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok()
    });
    Taken { wall: 0.0, cpu: cpu / TICKS, peak: peak.unwrap_or(f64::NAN) / 1024.0 }
}
