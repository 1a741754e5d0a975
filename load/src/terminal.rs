//! Progress on a terminal: one line for each resource.

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use indicatif::{
    HumanFloatCount, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
};

use crate::{Event, Outcome, Progress};

/// Shows a line for each resource on standard error, with its rows and rows per second.
///
/// Where standard error is not a terminal it shows nothing: every run tells the same by events of
/// `tracing`, for a subscriber of the program's choice.
///
/// ```
/// use rest_source_load::{Pipeline, Sqlite, terminal_progress};
///
/// let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"));
/// let pipeline = pipeline.on_progress(terminal_progress());
/// ```
pub fn terminal_progress() -> impl Fn(&Progress<'_>) + Send + Sync + 'static {
    progress_on(ProgressDrawTarget::stderr())
}

fn progress_on(target: ProgressDrawTarget) -> impl Fn(&Progress<'_>) + Send + Sync + 'static {
    let lines = MultiProgress::with_draw_target(target);
    let bars = Mutex::new(HashMap::<String, ProgressBar>::new());
    move |progress| {
        if lines.is_hidden() {
            return;
        }
        let mut bars = bars.lock().unwrap_or_else(PoisonError::into_inner);
        let resource = &progress.report.resource;
        let bar = bars.entry(resource.clone()).or_insert_with(|| lines.add(line(resource.clone())));
        bar.set_position(progress.fetched);
        if progress.event == Event::Ended {
            bar.finish_with_message(outcome(&progress.report.outcome));
            // A later run with the same display begins a line of its own.
            bars.remove(resource);
        }
    }
}

fn line(resource: String) -> ProgressBar {
    let bar = ProgressBar::no_length().with_prefix(resource);
    let template = "{spinner} {prefix:<20} {human_pos:>12} rows {speed:>12}  {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        // indicatif's own `per_sec` has thirteen decimals.
        let speed = |state: &ProgressState, text: &mut dyn fmt::Write| {
            let _ = write!(text, "{}/s", HumanFloatCount(state.per_sec().round()));
        };
        bar.set_style(style.with_key("speed", speed));
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn outcome(outcome: &Outcome) -> Cow<'static, str> {
    match outcome {
        Outcome::Running => "".into(),
        Outcome::Complete => "complete".into(),
        Outcome::Failed { error } => {
            format!("failed: {}", error.lines().next().unwrap_or_default()).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;
    use crate::ResourceReport;

    #[test]
    fn a_line_shows_the_rows_and_the_outcome_of_each_resource() {
        let terminal = InMemoryTerm::new(10, 100);
        let show = progress_on(ProgressDrawTarget::term_like(Box::new(terminal.clone())));
        let mut payments = ResourceReport::begin("payments");
        let mut refunds = ResourceReport::begin("refunds");
        payments.outcome = Outcome::Complete;
        refunds.outcome = Outcome::Failed { error: "page 2 broke\nmore".to_owned() };
        for (report, fetched) in [(&payments, 12_345), (&refunds, 7)] {
            show(&Progress { event: Event::Ended, report, fetched });
        }
        let screen = terminal.contents();
        let lines: Vec<_> = screen.lines().collect();
        assert!(lines[0].contains("payments") && lines[0].contains("12,345 rows"), "{screen}");
        assert!(lines[0].ends_with("complete"), "{screen}");
        assert!(
            lines[1].contains("7 rows") && lines[1].ends_with("failed: page 2 broke"),
            "{screen}"
        );
    }
}
