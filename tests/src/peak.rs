//! The most memory that a program has taken.

/// Prints the largest resident size so far as a line of its own, `peak: 12345 KiB`. Prints nothing
/// where the system has no `/proc`.
pub fn print() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("peak: {}", peak.trim().replace("kB", "KiB"));
    }
}
