//! A file of Python as a syntax tree, and what stands in it by name: assignments, functions, classes and
//! imports. Nothing is run.

use tree_sitter::{Node, Parser, Tree};

use crate::failure::Failure;

/// The syntax tree of a file.
pub(super) fn parse(text: &str) -> Result<Tree, Failure> {
    let failure = || Failure::new("the Python parser cannot be set up", "report this as a fault");
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).map_err(|_| failure())?;
    parser.parse(text, None).ok_or_else(failure)
}

/// What is wrong with the syntax of a file, if anything, and where.
pub(super) fn mistake(tree: &Tree) -> Option<String> {
    let is_mistake = |node: &Node<'_>| node.is_error() || node.is_missing();
    let first = everything(tree.root_node()).find(is_mistake)?;
    let mut open: Vec<Node<'_>> = Vec::new();
    for node in everything(tree.root_node()).filter(|node| !node.is_missing()) {
        let closes = match node.kind() {
            "(" | "[" | "{" => {
                open.push(node);
                continue;
            }
            ")" => "(",
            "]" => "[",
            "}" => "{",
            _ => continue,
        };
        match open.pop() {
            Some(bracket) if bracket.kind() == closes => {}
            Some(bracket) => return Some(unclosed(bracket)),
            None => return Some(format!("{} closes nothing", named(node))),
        }
    }
    if let Some(bracket) = open.last() {
        return Some(unclosed(*bracket));
    }
    let line = line(first);
    let missing = first.is_missing() && !first.kind().contains(char::is_alphabetic);
    Some(if missing {
        format!("`{}` is missing on line {line}", first.kind())
    } else {
        format!("line {line} is no Python")
    })
}

fn unclosed(bracket: Node<'_>) -> String {
    format!("{} is not closed", named(bracket))
}

fn named(bracket: Node<'_>) -> String {
    let place = bracket.start_position();
    format!("the `{}` on line {}, column {}", bracket.kind(), place.row + 1, place.column + 1)
}

/// The line of a node, from 1.
pub(super) fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

/// The named children of a node, without comments.
pub(super) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let children = node.named_children(&mut cursor);
    children.filter(|child| child.kind() != "comment").collect()
}

/// A node and all below it, in the order of the text.
pub(super) fn everything(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let mut cursor = node.walk();
    let mut is_done = false;
    std::iter::from_fn(move || {
        if is_done {
            return None;
        }
        let node = cursor.node();
        if !cursor.goto_first_child() {
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    is_done = true;
                    break;
                }
            }
        }
        Some(node)
    })
}

/// A value that is given to a name.
pub(super) struct Assignment<'t> {
    /// The name.
    pub(super) name: &'t str,
    /// The value.
    pub(super) value: Node<'t>,
    /// The annotation beside the name.
    pub(super) annotation: Option<&'t str>,
    /// The function that it is in.
    pub(super) function: Option<Node<'t>>,
    /// Whether it is in a block that may not run, such as that of `if`.
    pub(super) is_conditional: bool,
    /// Where it is.
    pub(super) node: Node<'t>,
}

/// A statement that changes what a name stands for: `config["client"]["auth"] = …`, `resources.append(…)`.
pub(super) struct Change<'t> {
    /// The name.
    pub(super) name: &'t str,
    /// The function that it is in.
    pub(super) function: Option<Node<'t>>,
    /// Its line.
    pub(super) line: usize,
    /// The statement.
    pub(super) node: Node<'t>,
    /// Whether it is in a block that may not run, other than that of a loop.
    pub(super) is_conditional: bool,
    /// The loops that it is in, the innermost first.
    pub(super) loops: Vec<Node<'t>>,
}

/// Methods that change a list or a dictionary.
const CHANGES: [&str; 9] =
    ["append", "extend", "update", "insert", "setdefault", "pop", "remove", "clear", "popitem"];
/// Methods that change a source or a resource of dlt in Python.
const OF_SOURCES: [&str; 9] = [
    "add_filter",
    "add_incremental",
    "add_limit",
    "add_map",
    "add_step",
    "add_yield_map",
    "apply_hints",
    "with_resources",
    "set_incremental",
];

/// What a file has by name.
pub(super) struct File<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its syntax tree.
    pub(super) root: Node<'t>,
    /// The assignments to names, in their order.
    pub(super) assignments: Vec<Assignment<'t>>,
    /// The statements that change what a name stands for.
    pub(super) changes: Vec<Change<'t>>,
    /// The lines of what changes a source of dlt in Python, each with the method.
    pub(super) of_sources: Vec<(usize, &'t str)>,
    /// The names of its functions and classes, each with what it is.
    pub(super) definitions: Vec<(&'t str, &'static str, Node<'t>)>,
}

impl<'t> File<'t> {
    /// Collects what stands in a file by name.
    pub(super) fn new(text: &'t str, tree: &'t Tree) -> File<'t> {
        let root = tree.root_node();
        let mut file = File {
            text,
            root,
            assignments: Vec::new(),
            changes: Vec::new(),
            of_sources: Vec::new(),
            definitions: Vec::new(),
        };
        for node in everything(root) {
            match node.kind() {
                "assignment" | "augmented_assignment" => file.add_assignment(node),
                "call" => file.add_change(node, node.child_by_field_name("function")),
                "attribute" => file.add_of_source(node),
                "function_definition" => file.define(node, "a function"),
                "class_definition" => file.define(node, "a class"),
                _ => {}
            }
        }
        file
    }

    /// The text of a node.
    pub(super) fn text_of(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// A name with the names that it is in, `dlt.secrets.value`; `None` for other expressions.
    pub(super) fn dotted(&self, node: Node<'_>) -> Option<String> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let text = self.text_of(node);
        (matches!(node.kind(), "identifier" | "attribute") && text.chars().all(is_name))
            .then(|| text.to_owned())
    }

    fn define(&mut self, node: Node<'t>, what: &'static str) {
        if let Some(name) = node.child_by_field_name("name") {
            self.definitions.push((self.text_of(name), what, node));
        }
    }

    fn add_of_source(&mut self, node: Node<'t>) {
        let method = node.child_by_field_name("attribute").map(|method| self.text_of(method));
        if let Some(method) = method.filter(|method| OF_SOURCES.contains(method)) {
            self.of_sources.push((line(node), method));
        }
    }

    /// Adds what is changed by an assignment to an element, or by a call of a method.
    fn add_change(&mut self, node: Node<'t>, changed: Option<Node<'t>>) {
        let Some(changed) = changed.filter(|changed| match changed.kind() {
            "subscript" => true,
            "identifier" => node.kind() == "augmented_assignment",
            "attribute" => {
                let method = changed.child_by_field_name("attribute");
                method.is_some_and(|method| CHANGES.contains(&self.text_of(method)))
            }
            _ => false,
        }) else {
            return;
        };
        let name = first_name(changed);
        if name.kind() == "identifier" {
            let (name, function) = (self.text_of(name), function_around(changed));
            let (is_conditional, loops) = blocks_around(node);
            let line = line(changed);
            self.changes.push(Change { name, function, line, node, is_conditional, loops });
        }
    }

    fn add_assignment(&mut self, node: Node<'t>) {
        let left = node.child_by_field_name("left");
        let is_changed = node.kind() == "augmented_assignment";
        if is_changed || left.is_some_and(|left| left.kind() == "subscript") {
            self.add_change(node, left);
        }
        let left = left.filter(|left| left.kind() == "identifier" && !is_changed);
        // An annotation alone sets nothing.
        let (Some(left), Some(value)) = (left, node.child_by_field_name("right")) else { return };
        let annotation =
            node.child_by_field_name("type").map(|annotation| self.text_of(annotation));
        self.assignments.push(Assignment {
            name: self.text_of(left),
            value,
            annotation,
            function: function_around(node),
            is_conditional: {
                let (is_conditional, loops) = blocks_around(node);
                is_conditional || !loops.is_empty()
            },
            node,
        });
    }
}

/// The name that an expression begins with: `config` of `config["client"].update`.
fn first_name(node: Node<'_>) -> Node<'_> {
    let mut first = node;
    while let Some(inner) =
        first.child_by_field_name("value").or_else(|| first.child_by_field_name("object"))
    {
        first = inner;
    }
    first
}

/// The innermost function around a node.
pub(super) fn function_around(node: Node<'_>) -> Option<Node<'_>> {
    std::iter::successors(node.parent(), Node::parent)
        .find(|node| node.kind() == "function_definition")
}

/// Whether a node is in a block that may not run, and the loops around it, the innermost first.
fn blocks_around(node: Node<'_>) -> (bool, Vec<Node<'_>>) {
    let around: Vec<Node<'_>> = std::iter::successors(node.parent(), Node::parent)
        .take_while(|node| node.kind() != "function_definition")
        .collect();
    let may_not_run = ["if_statement", "while_statement", "try_statement", "match_statement"];
    let is_conditional = around.iter().any(|node| may_not_run.contains(&node.kind()));
    let loops = around.into_iter().filter(|node| node.kind() == "for_statement").collect();
    (is_conditional, loops)
}
