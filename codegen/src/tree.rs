//! Parents and their children as a tree, drawn with text, for all documentation that is made of a
//! source.

use std::{collections::HashMap, fmt::Write as _};

use crate::{markdown, model::Resource, words};

/// How many generations are drawn, as each moves to the right.
const MOST_GENERATIONS: usize = 12;

/// A block of Markdown with the resources that are parents and, below each, its children; nothing if
/// there are none.
pub fn block(resources: &[Resource]) -> String {
    let tree = Tree::of(resources);
    let mut lines = String::new();
    for root in tree.roots(resources) {
        tree.draw(root, "", "", MOST_GENERATIONS, &mut lines);
    }
    if lines.is_empty() { lines } else { markdown::block("text", &lines) }
}

/// The same as a list of Markdown in lists. `item` is what it says of a resource.
pub fn list(resources: &[Resource], item: impl Fn(&Resource) -> String) -> String {
    let tree = Tree::of(resources);
    let mut lines = String::new();
    for root in tree.roots(resources) {
        tree.list(root, MOST_GENERATIONS, &item, &mut lines);
    }
    lines
}

/// The children of each parent.
#[derive(Default)]
struct Tree<'a> {
    children: HashMap<&'a str, Vec<&'a Resource>>,
}

impl<'a> Tree<'a> {
    fn of(resources: &'a [Resource]) -> Tree<'a> {
        let mut tree = Tree::default();
        for child in resources {
            let parent = words::parent_name(&child.plan);
            if !parent.is_empty() {
                tree.children.entry(parent).or_default().push(child);
            }
        }
        tree
    }

    /// The parents that have no parent themselves.
    fn roots(&self, resources: &'a [Resource]) -> impl Iterator<Item = &'a Resource> {
        let roots = resources.iter().filter(|resource| resource.plan.parent.is_none());
        roots.filter(move |root| self.children.contains_key(&*root.plan.name))
    }

    fn list(
        &self,
        resource: &Resource,
        generations: usize,
        item: &impl Fn(&Resource) -> String,
        lines: &mut String,
    ) {
        let indent = "  ".repeat(MOST_GENERATIONS - generations);
        let _ = writeln!(lines, "{indent}- {}", item(resource));
        let Some(children) = self.children.get(&*resource.plan.name) else { return };
        if generations == 0 {
            let _ = writeln!(lines, "{indent}  - …");
            return;
        }
        for child in children {
            self.list(child, generations - 1, item, lines);
        }
    }

    /// Draws a resource and all below it. `branch` leads to it, `below` stands in front of what leads
    /// to its children.
    fn draw(
        &self,
        resource: &Resource,
        branch: &str,
        below: &str,
        generations: usize,
        lines: &mut String,
    ) {
        let name: Vec<&str> = resource.plan.name.split_whitespace().collect();
        let _ = writeln!(lines, "{branch}{}", name.join(" "));
        let Some(children) = self.children.get(&*resource.plan.name) else { return };
        if generations == 0 {
            let _ = writeln!(lines, "{below}└── …");
            return;
        }
        for (at, child) in children.iter().enumerate() {
            let is_last = at + 1 == children.len();
            let (corner, line) =
                if is_last { ("└── ", "    ") } else { ("├── ", "│   ") };
            let (branch, below) = (format!("{below}{corner}"), format!("{below}{line}"));
            self.draw(child, &branch, &below, generations - 1, lines);
        }
    }
}
