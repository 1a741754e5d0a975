//! What a process takes: time, processor time and memory.

use std::{
    env, fs, io,
    process::Command,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

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

/// What works of the same kind have taken, one round after the other.
#[derive(Debug, Default)]
pub struct Rounds(Vec<Vec<Taken>>);

impl Rounds {
    /// Does these works in turn, so that what else the machine does meets all of them.
    ///
    /// # Errors
    ///
    /// If one of them fails.
    pub fn of(works: &[&str], variables: &[(&str, &str)], repeats: usize) -> io::Result<Rounds> {
        let round = |_| works.iter().map(|work| apart(work, variables)).collect();
        (0..repeats).map(round).collect::<io::Result<_>>().map(Rounds)
    }

    /// The median of what the work at this place has taken.
    pub fn median(&self, work: usize, of: fn(&Taken) -> f64) -> f64 {
        median(self.0.iter().map(|round| of(&round[work])).collect())
    }

    /// The median of what it has taken in proportion to the first work of the same round.
    pub fn ratio(&self, work: usize, of: fn(&Taken) -> f64) -> f64 {
        median(self.0.iter().map(|round| of(&round[work]) / of(&round[0])).collect())
    }
}

/// A number that a variable of the environment says, or another one.
pub fn number(name: &str, default: usize) -> usize {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The median.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What this process has taken so far; its memory as Linux tells it.
fn own() -> Taken {
    let cpu = clock_gettime(ClockId::ProcessCPUTime);
    let cpu = Duration::try_from(cpu).map_or(f64::NAN, |cpu| cpu.as_secs_f64());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok()
    });
    Taken { wall: 0.0, cpu, peak: peak.unwrap_or(f64::NAN) / 1024.0 }
}
