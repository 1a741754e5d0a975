//! Which file of a crate imports from which, by its `use` items and by the paths in its code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{Item, UseTree, Visibility, visit::Visit};

/// The files of a crate and their imports, by paths below `src`.
pub type Imports = BTreeMap<String, BTreeSet<String>>;

/// A module that has a file of its own.
#[derive(Debug, Default)]
struct Module {
    file: String,
    /// What other files may import by this module's name, although it is defined in another one.
    exports: BTreeMap<String, Vec<String>>,
    /// The modules whose whole contents this one exports.
    globs: Vec<Vec<String>>,
    /// The paths that it names, as they are written, each with the inline module that it stands in.
    named: Vec<Vec<String>>,
}

/// The modules of a crate by their paths.
#[derive(Debug, Default)]
struct Tree(BTreeMap<Vec<String>, Module>);

/// Reads the crate whose `src` this is.
pub fn of(src: &Path) -> Imports {
    let mut tree = Tree::default();
    let root = ["lib.rs", "main.rs"].map(|name| src.join(name));
    let root = root.iter().find(|path| path.exists()).expect("a crate has a root");
    tree.read(src, root, &[]);
    let mut imports = Imports::new();
    for (path, module) in &tree.0 {
        let from = imports.entry(module.file.clone()).or_default();
        for named in &module.named {
            let found = tree.absolute(path, named).and_then(|named| tree.file_of(&named, 0));
            from.extend(found.filter(|file| *file != module.file));
        }
    }
    imports
}

impl Tree {
    fn read(&mut self, src: &Path, file: &Path, path: &[String]) {
        let text = fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).expect("a file that compiles can be parsed");
        let mut module = Module {
            file: file.strip_prefix(src).unwrap().display().to_string(),
            ..Module::default()
        };
        let folder = match file.file_name().and_then(|name| name.to_str()) {
            Some("mod.rs" | "lib.rs" | "main.rs") => file.parent().unwrap().to_owned(),
            _ => file.with_extension(""),
        };
        for item in &parsed.items {
            match item {
                Item::Mod(of) if of.content.is_none() && !is_test(&of.attrs) => {
                    let name = of.ident.to_string();
                    let candidates: [PathBuf; 2] =
                        [folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")];
                    let below = candidates.iter().find(|candidate| candidate.exists());
                    let below = below.expect("a module has a file");
                    self.read(src, below, &[path, &[name]].concat());
                }
                Item::Use(of) if !is_test(&of.attrs) => {
                    let is_exported = !matches!(of.vis, Visibility::Inherited);
                    leaves(&of.tree, &mut Vec::new(), &mut |path, name| match name {
                        Some(name) => {
                            module.exports.insert(name, path.clone());
                            // What a module passes on is no import of its own.
                            if !is_exported {
                                module.named.push(path);
                            }
                        }
                        None if is_exported => module.globs.push(path),
                        None => module.named.push(path),
                    });
                }
                _ => {}
            }
        }
        Paths { named: &mut module.named, depth: 0 }.visit_file(&parsed);
        self.0.insert(path.to_vec(), module);
    }

    /// A path as seen from the root of the crate; `None` for one of another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" => {
                let mut above = module.to_vec();
                above.pop()?;
                let mut rest = rest;
                while let Some(("super", after)) =
                    rest.split_first().map(|(first, after)| (first.as_str(), after))
                {
                    above.pop()?;
                    rest = after;
                }
                Some([above, rest.to_vec()].concat())
            }
            _ => {
                let child = [module, &path[..1]].concat();
                if self.0.contains_key(&child) {
                    return Some([module, path].concat());
                }
                // A name that was imported: `table::Column` after `use super::table`.
                let imported = self.0.get(module)?.exports.get(first)?;
                if imported.first() == Some(first) {
                    return None;
                }
                let imported = self.absolute(module, imported)?;
                Some([&imported, rest].concat())
            }
        }
    }

    /// The file that defines what a path from the root names.
    fn file_of(&self, path: &[String], depth: usize) -> Option<String> {
        if depth > 8 {
            return None;
        }
        let length = (0..=path.len()).rev().find(|at| self.0.contains_key(&path[..*at]))?;
        let (at, rest) = path.split_at(length);
        let module = &self.0[at];
        let Some(name) = rest.first() else { return Some(module.file.clone()) };
        if let Some(exported) = module.exports.get(name) {
            let exported = self.absolute(at, exported)?;
            return self.file_of(&[&exported, &rest[1..]].concat(), depth + 1);
        }
        for glob in &module.globs {
            let Some(glob) = self.absolute(at, glob) else { continue };
            let defines = self.0.get(&glob).is_some_and(|of| of.exports.contains_key(name));
            if defines {
                return self.file_of(&[&glob, rest].concat(), depth + 1);
            }
        }
        Some(module.file.clone())
    }
}

/// Calls with each path that a `use` names and with the name that it gets, `None` for all of a module.
fn leaves(
    tree: &UseTree,
    above: &mut Vec<String>,
    each: &mut impl FnMut(Vec<String>, Option<String>),
) {
    match tree {
        UseTree::Path(path) => {
            above.push(path.ident.to_string());
            leaves(&path.tree, above, each);
            above.pop();
        }
        UseTree::Name(name) if name.ident == "self" => each(above.clone(), above.last().cloned()),
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            each([above.clone(), vec![name.clone()]].concat(), Some(name));
        }
        UseTree::Rename(rename) => {
            let path = [above.clone(), vec![rename.ident.to_string()]].concat();
            each(path, Some(rename.rename.to_string()));
        }
        UseTree::Glob(_) => each(above.clone(), None),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, above, each);
            }
        }
    }
}

/// Collects the paths in code that begin at a module.
struct Paths<'a> {
    named: &'a mut Vec<Vec<String>>,
    depth: usize,
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_mod(&mut self, of: &'ast syn::ItemMod) {
        if !is_test(&of.attrs) {
            self.depth += 1;
            syn::visit::visit_item_mod(self, of);
            self.depth -= 1;
        }
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 && path.leading_colon.is_none() {
            let names = path.segments.iter().map(|segment| segment.ident.to_string());
            self.named.push(names.collect());
        }
        syn::visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        attribute.path().is_ident("cfg") && list.tokens.to_string() == "test"
    })
}

/// The circles of a graph: each a set of nodes that all lead to each other (Tarjan 1972).
pub fn circles(graph: &Imports) -> Vec<Vec<String>> {
    layers(graph).into_iter().flatten().filter(|circle| circle.len() > 1).collect()
}

/// The graph in layers, each of which leads only to those before it. A circle stands in one layer, as one
/// group.
pub fn layers(graph: &Imports) -> Vec<Vec<Vec<String>>> {
    let mut search = Search { graph, ..Search::default_of(graph) };
    for node in graph.keys() {
        if !search.index.contains_key(node.as_str()) {
            search.visit(node);
        }
    }
    let mut level: BTreeMap<&str, usize> = BTreeMap::new();
    let mut layers: Vec<Vec<Vec<String>>> = Vec::new();
    // A group is found after all that it leads to.
    for group in &search.groups {
        let below = group.iter().flat_map(|node| graph.get(*node).into_iter().flatten());
        let below = below.filter(|to| !group.contains(&to.as_str()));
        let at = below.filter_map(|to| level.get(to.as_str())).max().map_or(0, |below| below + 1);
        level.extend(group.iter().map(|node| (*node, at)));
        if layers.len() <= at {
            layers.resize(at + 1, Vec::new());
        }
        let mut group: Vec<String> = group.iter().map(ToString::to_string).collect();
        group.sort();
        layers[at].push(group);
    }
    layers
}

struct Search<'a> {
    graph: &'a Imports,
    index: BTreeMap<&'a str, usize>,
    low: BTreeMap<&'a str, usize>,
    stack: Vec<&'a str>,
    groups: Vec<Vec<&'a str>>,
}

impl<'a> Search<'a> {
    fn default_of(graph: &'a Imports) -> Search<'a> {
        let (index, low) = (BTreeMap::new(), BTreeMap::new());
        Search { graph, index, low, stack: Vec::new(), groups: Vec::new() }
    }

    fn visit(&mut self, node: &'a str) {
        let index = self.index.len();
        self.index.insert(node, index);
        self.low.insert(node, index);
        self.stack.push(node);
        let graph = self.graph;
        for to in graph.get(node).into_iter().flatten() {
            if !self.index.contains_key(to.as_str()) {
                self.visit(to);
                self.low.insert(node, self.low[node].min(self.low[to.as_str()]));
            } else if self.stack.contains(&to.as_str()) {
                self.low.insert(node, self.low[node].min(self.index[to.as_str()]));
            }
        }
        if self.low[node] == index {
            let at = self.stack.iter().position(|of| *of == node).unwrap_or_default();
            let group = self.stack.split_off(at);
            self.groups.push(group);
        }
    }
}
