//! Descriptions of large documents: what is least missed is left out until `check` takes the text.

use rest_source_codegen::MAX_BYTES;

use super::{Mapping, Node, write::write};
use crate::{failure::Failure, gap::Gap};

/// Of how many bytes a text is at most: behind it, what could not be imported is listed.
const MOST: usize = MAX_BYTES / 16 * 15;

/// What changes the columns of a resource.
type Step = fn(&mut Mapping);

/// What is left out of all resources, one after the other, with its name.
const STEPS: [(&str, Step); 3] = [
    ("the descriptions of columns", without_descriptions),
    ("what is within the fields of fields", |columns| flatten(columns, 1)),
    ("what is within fields", |columns| flatten(columns, 0)),
];

/// Leaves out of the columns what makes the text too large, which becomes a gap.
pub(super) fn fit(description: &mut Mapping) -> Result<Option<Gap>, Failure> {
    if is_small(description) {
        return Ok(None);
    }
    for (what, leave_out) in STEPS {
        for resource in resources(description) {
            if let Some(columns) = resource.get_mut("columns").and_then(Node::map_mut) {
                leave_out(columns);
            }
        }
        if is_small(description) {
            return Ok(Some(gap(what)));
        }
    }
    let all = description.clone();
    // How many of the resources with the most columns lose them: the fewest with which the text is small.
    let (mut least, mut most) = (1, resources(description).count());
    while least < most {
        let middle = least.midpoint(most);
        description.clone_from(&all);
        without_columns(description, middle);
        if is_small(description) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    *description = all;
    without_columns(description, most);
    if is_small(description) {
        let what = format!("what is within fields, and the columns of {most} resources,");
        return Ok(Some(gap(&what)));
    }
    Err(Failure::new(
        format!("the description of this document would have more than {} MiB", MAX_BYTES >> 20),
        "select a part of it by `--only` or `--resource`",
    ))
}

fn is_small(description: &Mapping) -> bool {
    write(description).0.len() <= MOST
}

fn gap(what: &str) -> Gap {
    let message = format!(
        "{what} are left out, as the description would have more than {} MiB with them: import a part of the \
         document by `--only`",
        MAX_BYTES >> 20
    );
    Gap::new("columns", "columns", message)
}

/// Leaves out the columns of so many resources, of those that have the most.
fn without_columns(description: &mut Mapping, count: usize) {
    let size = |resource: &Mapping| {
        let columns = resource.get("columns").and_then(Node::map);
        columns.map_or(0, |columns| columns.entries.len())
    };
    let mut resources: Vec<&mut Mapping> = resources(description).collect();
    resources.sort_by_key(|resource| std::cmp::Reverse(size(resource)));
    for resource in resources.into_iter().take(count) {
        resource.remove("columns");
    }
}

fn resources(description: &mut Mapping) -> impl Iterator<Item = &mut Mapping> {
    let resources = match description.get_mut("resources") {
        Some(Node::List(resources)) => resources.as_mut_slice(),
        _ => &mut [],
    };
    resources.iter_mut().filter_map(Node::map_mut)
}

fn without_descriptions(columns: &mut Mapping) {
    for column in columns.entries.iter_mut().filter_map(|entry| entry.value.map_mut()) {
        column.remove("description");
        if let Some(fields) = fields(column) {
            without_descriptions(fields);
        }
    }
}

/// Makes `json` of nested records that are so deep.
fn flatten(columns: &mut Mapping, depth: usize) {
    for column in columns.entries.iter_mut().filter_map(|entry| entry.value.map_mut()) {
        match fields(column) {
            Some(fields) if depth > 0 => flatten(fields, depth - 1),
            Some(_) => {
                column.remove("fields");
                column.remove("items");
                column.set("data_type", Node::text("json"));
            }
            None => {}
        }
    }
}

/// The fields of a nested record, or of those in a list.
fn fields(column: &mut Mapping) -> Option<&mut Mapping> {
    let within = if column.get("items").is_some() {
        column.get_mut("items").and_then(Node::map_mut)?
    } else {
        column
    };
    within.get_mut("fields").and_then(Node::map_mut)
}
