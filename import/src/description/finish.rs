//! From the nodes of an import to its text: pulled together, written, and checked as `check` does it. What the
//! check refuses all the same is left out and becomes a gap, so that the rest can be used.

use std::{cmp::Reverse, fmt::Write as _};

use rest_source_codegen::{Code, Diagnostic, LintLevels, Severity, SourceFile, check};
use rest_source_plan::printable;

use super::{
    Mapping, Node,
    fit::fit,
    place::{Place, Step, Written, innermost, remove},
    tidy::tidy,
    write::write,
};
use crate::{failure::Failure, gap::Gap};

/// A description that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// The text of the description, with the gaps as comments at its end.
    pub text: String,
    /// What could not be brought over.
    pub gaps: Vec<Gap>,
}

/// After this many rounds of checking, what is still refused goes with its whole resource.
const GENTLE_ROUNDS: usize = 4;
/// How many reasons are given why nothing could be imported.
const MOST_REASONS: usize = 20;
/// After this many rounds, importing has failed.
const ROUNDS: usize = 40;

/// The text of a description that was built, and its gaps.
pub(crate) fn finish(mut description: Mapping, mut gaps: Vec<Gap>) -> Result<Imported, Failure> {
    tidy(&mut description);
    gaps.extend(fit(&mut description)?);
    let mut messages = Vec::new();
    for round in 0..ROUNDS {
        let (text, written) = write(&description);
        let file = SourceFile::new("imported.yaml", text);
        let mut refused = check(&file, LintLevels::default());
        refused.retain(|diagnostic| diagnostic.severity == Severity::Error);
        if refused.is_empty() {
            let text = with_gaps(file.text(), &gaps);
            return Ok(Imported { text, gaps });
        }
        messages = refused.iter().map(|diagnostic| diagnostic.message.clone()).collect();
        let is_gentle = round < GENTLE_ROUNDS;
        let Some(left_out) = leave_out(&mut description, &refused, &written, is_gentle) else {
            let reasons = refused.iter();
            gaps.extend(reasons.map(|of| Gap::new("refused", "description", of.message.as_str())));
            break;
        };
        gaps.extend(left_out);
        if matches!(description.get("resources"), Some(Node::List(list)) if list.is_empty()) {
            break;
        }
    }
    Err(Failure::new(
        format!(
            "no description that passes `check` can be made of this document{}",
            reasons(&gaps, messages)
        ),
        "select a part of it by `--only` or `--resource`",
    )
    .because(&gaps))
}

/// What was left out of a document of which nothing remained, and what was refused last.
fn reasons(gaps: &[Gap], messages: Vec<String>) -> String {
    let mut reasons: Vec<String> =
        gaps.iter().map(|gap| format!("{}: {}", gap.place, gap.message)).collect();
    reasons.extend(
        messages.into_iter().filter(|message| !gaps.iter().any(|gap| gap.message == *message)),
    );
    reasons.dedup();
    let count = reasons.len();
    reasons.truncate(MOST_REASONS);
    if count > MOST_REASONS {
        reasons.push(format!("… and {} more", count - MOST_REASONS));
    }
    if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) }
}

/// Leaves out what the diagnostics are about, each place once, the last ones first so that the places of the
/// others stay what they are; `None` if nothing of it can be.
fn leave_out(
    description: &mut Mapping,
    refused: &[Diagnostic],
    written: &Written,
    is_gentle: bool,
) -> Option<Vec<Gap>> {
    let mut places: Vec<(Place, &Diagnostic)> = Vec::new();
    for diagnostic in refused {
        let at = diagnostic.labels.first().map(|label| label.span.start);
        let Some(place) = at.and_then(|at| innermost(written, at)) else { continue };
        let place = removable(place, is_gentle);
        if !places.iter().any(|(known, _)| place.starts_with(known)) {
            places.retain(|(known, _)| !known.starts_with(&place));
            places.push((place, diagnostic));
        }
    }
    places.sort_by_key(|(place, _)| Reverse(order(place)));
    let mut gaps = Vec::new();
    let mut is_changed = false;
    for (place, diagnostic) in places {
        let shown = shown(description, &place);
        // A setting of something that has been left out.
        let is_consequence = diagnostic.code == Code::Unused
            && matches!(place.first(), Some(Step::Key(key)) if key == "config");
        let is_removed = remove(description, &place);
        is_changed |= is_removed;
        if is_removed && !is_consequence {
            gaps.push(Gap::new("refused", shown, diagnostic.message.clone()));
        }
    }
    gaps.reverse();
    is_changed.then_some(gaps)
}

/// By position, elements of one list after their numbers.
fn order(place: &Place) -> Vec<usize> {
    let number = |step: &Step| match step {
        Step::Item(at) => *at,
        Step::Key(_) => 0,
    };
    place.iter().map(number).collect()
}

/// What can be left out so that the rest still says what it should: a column or a part of it, another key of a
/// resource or of its endpoint, or the resource.
fn removable(place: &Place, is_gentle: bool) -> Place {
    let is_key = |at: usize, key: &str| matches!(place.get(at), Some(Step::Key(k)) if k == key);
    if !is_key(0, "resources") {
        // Of `client` and what all resources share, one key, or one header.
        let length = if is_gentle && is_key(1, "headers") { 3 } else { 2 };
        return place[..place.len().min(length)].to_vec();
    }
    let resource = 2.min(place.len());
    let is_needed = is_key(2, "name") || (is_key(2, "endpoint") && is_key(3, "path"));
    // Of `headers` and `params`, one entry.
    let length = if !is_gentle || is_needed {
        resource
    } else if is_key(2, "columns") {
        place.len()
    } else if is_key(2, "processing_steps") {
        // A field that is added or removed, or a whole step.
        if is_key(4, "add") || is_key(4, "exclude") { 6 } else { 4 }
    } else if is_key(2, "endpoint") && !is_key(3, "params") && !is_key(3, "headers") {
        4
    } else if is_key(2, "endpoint") {
        5
    } else {
        3
    };
    place[..place.len().min(length)].to_vec()
}

/// A place as gaps name it: `resources.orders.columns.total`.
fn shown(description: &Mapping, place: &Place) -> String {
    let mut shown = String::new();
    let mut node: Option<&Node> = None;
    for step in place {
        let below = match (step, node) {
            (Step::Key(key), None) => description.get(key),
            (Step::Key(key), Some(node)) => node.map().and_then(|mapping| mapping.get(key)),
            (Step::Item(at), Some(Node::List(items))) => items.get(*at),
            (Step::Item(_), _) => None,
        };
        let name = match step {
            Step::Key(key) => key.clone(),
            Step::Item(at) => {
                let name = below.and_then(Node::map).and_then(|mapping| mapping.text("name"));
                name.map_or_else(|| at.to_string(), str::to_owned)
            }
        };
        let dot = if shown.is_empty() { "" } else { "." };
        let _ = write!(shown, "{dot}{name}");
        node = below;
    }
    shown
}

/// The text with its gaps as comments at the end.
fn with_gaps(text: &str, gaps: &[Gap]) -> String {
    let mut text = text.to_owned();
    if !gaps.is_empty() {
        text.push_str("\n# Not imported:\n");
        for gap in gaps {
            let _ = writeln!(text, "# - {}", printable::line(&gap.to_string()));
        }
    }
    text
}
