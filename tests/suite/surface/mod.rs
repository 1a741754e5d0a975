//! What the packages export, as Rust without bodies. A change of the public surface is a change of
//! `tests/data/surface`, and so of its own diff.

mod declared;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use expect_test::expect_file;
use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, Path as Name, TraitItem, Type, UseTree, Visibility,
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn the_public_surface_is_that_of_the_snapshots() {
    for package in ["plan", "runtime", "dynamic", "load"] {
        let package_folder = format!("{ROOT}/{package}");
        let crate_ = Crate::read(Path::new(&package_folder));
        let mut file = syn::parse_file("").unwrap();
        file.items = crate_.surface();
        let text = prettyplease::unparse(&file);
        expect_file![format!("{ROOT}/tests/data/surface/{package}.rs")].assert_eq(&text);
    }
}

/// The items of a package, by the path of their module.
struct Crate(BTreeMap<Vec<String>, Vec<Item>>);

impl Crate {
    fn read(package: &Path) -> Crate {
        let mut modules = Crate(BTreeMap::new());
        modules.add(Vec::new(), &package.join("src/lib.rs"));
        modules
    }

    /// Adds a module that is a file, and those in it.
    fn add(&mut self, path: Vec<String>, file: &Path) {
        let text = fs::read_to_string(file).unwrap();
        let items = syn::parse_file(&text).unwrap().items;
        let is_folder = file.ends_with("lib.rs") || file.ends_with("mod.rs");
        let folder =
            if is_folder { file.parent().unwrap().into() } else { file.with_extension("") };
        self.add_items(path, items, &folder);
    }

    fn add_items(&mut self, path: Vec<String>, items: Vec<Item>, folder: &Path) {
        let mut own = Vec::new();
        for item in items {
            if attributes(&item).iter().any(is_test) {
                continue;
            }
            if let Item::Mod(module) = &item {
                let name = module.ident.to_string();
                let path = [path.clone(), vec![name.clone()]].concat();
                match &module.content {
                    Some((_, items)) => {
                        self.add_items(path, items.clone(), &folder.join(&name));
                    }
                    None => {
                        let file = folder.join(&name).with_extension("rs");
                        let file =
                            if file.exists() { file } else { folder.join(name).join("mod.rs") };
                        self.add(path, &file);
                    }
                }
            }
            own.extend(declared::items(item));
        }
        self.0.insert(path, own);
    }

    /// What other packages can name.
    fn surface(&self) -> Vec<Item> {
        let mut exports = Exports { modules: self, items: Vec::new(), types: BTreeSet::new() };
        let mut items = exports.of_module(&[]);
        let mut impls: Vec<Item> =
            self.0.values().flatten().filter_map(|item| exports.implementation(item)).collect();
        impls.sort_by_cached_key(text);
        impls.dedup_by_key(|item| text(item));
        items.extend(impls);
        items
    }
}

/// Gathers what is exported.
struct Exports<'a> {
    modules: &'a Crate,
    items: Vec<Item>,
    types: BTreeSet<String>,
}

impl Exports<'_> {
    /// The public items of a module, sorted.
    fn of_module(&mut self, path: &[String]) -> Vec<Item> {
        let outer = std::mem::take(&mut self.items);
        for item in &self.modules.0[path] {
            match item {
                Item::Use(exported) if is_public(&exported.vis) => {
                    self.export(path, Vec::new(), &exported.tree, &exported.attrs);
                }
                Item::Mod(module) if is_public(&module.vis) => {
                    let mut module = module.clone();
                    let path = [path, &[module.ident.to_string()]].concat();
                    module.attrs = shown(&module.attrs);
                    module.semi = None;
                    module.content = Some((syn::token::Brace::default(), self.of_module(&path)));
                    self.items.push(Item::Mod(module));
                }
                Item::Mod(_) => {}
                item => self.push(item),
            }
        }
        let mut items = std::mem::replace(&mut self.items, outer);
        items.sort_by_cached_key(text);
        items
    }

    /// Adds what a `pub use` names.
    fn export(
        &mut self,
        of: &[String],
        mut path: Vec<String>,
        tree: &UseTree,
        attrs: &[Attribute],
    ) {
        match tree {
            UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.export(of, path, &step.tree, attrs);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.export(of, path.clone(), tree, attrs);
                }
            }
            UseTree::Name(name) => self.named(of, path, &name.ident.to_string(), None, attrs),
            UseTree::Rename(name) => {
                let rename = name.rename.to_string();
                self.named(of, path, &name.ident.to_string(), Some(rename), attrs);
            }
            UseTree::Glob(_) => self.foreign(&[path, vec!["*".to_owned()]].concat(), None, attrs),
        }
    }

    fn named(
        &mut self,
        of: &[String],
        path: Vec<String>,
        name: &str,
        rename: Option<String>,
        attrs: &[Attribute],
    ) {
        let module: Option<Vec<String>> = match path.first().map(String::as_str) {
            Some("crate") => Some(path[1..].to_vec()),
            Some("self") => Some([of, &path[1..]].concat()),
            Some("super") => Some([&of[..of.len().saturating_sub(1)], &path[1..]].concat()),
            Some(first) => {
                let within = [of, &path[..]].concat();
                let is_own = self.modules.0.contains_key(&[of, &[first.to_owned()]].concat());
                is_own.then_some(within)
            }
            None => None,
        };
        match module.filter(|module| self.modules.0.contains_key(module)) {
            Some(module) => self.follow(&module, name),
            None => self.foreign(&[path, vec![name.to_owned()]].concat(), rename, attrs),
        }
    }

    /// Adds an item of a module that has it, or has it from another one.
    fn follow(&mut self, module: &[String], name: &str) {
        for item in &self.modules.0[module] {
            match item {
                Item::Use(used) => {
                    for (path, last) in leaves(Vec::new(), &used.tree) {
                        if last == name && module != path {
                            self.named(module, path, name, None, &[]);
                        }
                    }
                }
                item if ident(item).is_some_and(|ident| ident == name) => self.push(item),
                _ => {}
            }
        }
    }

    fn foreign(&mut self, path: &[String], rename: Option<String>, attrs: &[Attribute]) {
        let rename = rename.map_or_else(String::new, |rename| format!(" as {rename}"));
        let mut item: syn::ItemUse =
            syn::parse_str(&format!("pub use {}{rename};", path.join("::"))).unwrap();
        item.attrs = shown(attrs);
        self.items.push(Item::Use(item));
    }

    /// Adds an item, if it is public, without what others cannot see.
    fn push(&mut self, item: &Item) {
        let Some(item) = bare(item) else { return };
        if let Some(name) = ident(&item) {
            self.types.insert(name);
        }
        self.items.push(item);
    }

    /// What an `impl` shows of a type that is exported.
    fn implementation(&self, item: &Item) -> Option<Item> {
        let Item::Impl(block) = item else { return None };
        let Type::Path(of) = &*block.self_ty else { return None };
        let is_exported = |path: &Name| self.types.contains(&last(path));
        if !is_exported(&of.path) {
            return None;
        }
        let mut block: ItemImpl = block.clone();
        block.attrs = shown(&block.attrs);
        match &block.trait_ {
            Some((path, _)) => {
                let is_own = self
                    .modules
                    .0
                    .values()
                    .flatten()
                    .any(|item| matches!(item, Item::Trait(own) if own.ident == last(path)));
                if is_own && !is_exported(path) {
                    return None;
                }
                block.items.retain(|item| matches!(item, ImplItem::Type(_)));
            }
            None => {
                block.items.retain_mut(|item| match item {
                    ImplItem::Fn(function) => {
                        function.attrs = shown(&function.attrs);
                        function.block = empty();
                        is_public(&function.vis)
                    }
                    ImplItem::Const(constant) => {
                        constant.attrs = shown(&constant.attrs);
                        constant.expr = syn::parse_str("_").unwrap();
                        is_public(&constant.vis)
                    }
                    _ => false,
                });
                if block.items.is_empty() {
                    return None;
                }
            }
        }
        Some(Item::Impl(block))
    }
}

/// An item without bodies and private parts. `None` if it is private.
fn bare(item: &Item) -> Option<Item> {
    let mut item = item.clone();
    match &mut item {
        Item::Struct(of) if is_public(&of.vis) => {
            of.attrs = shown(&of.attrs);
            match &mut of.fields {
                Fields::Named(fields) => {
                    let public = fields.named.iter().filter(|field| is_public(&field.vis));
                    fields.named = public.cloned().collect();
                }
                Fields::Unnamed(fields) => {
                    let public = fields.unnamed.iter().filter(|field| is_public(&field.vis));
                    fields.unnamed = public.cloned().collect();
                }
                Fields::Unit => {}
            }
            of.fields.iter_mut().for_each(|field| field.attrs = shown(&field.attrs));
        }
        Item::Enum(of) if is_public(&of.vis) => {
            of.attrs = shown(&of.attrs);
            for variant in &mut of.variants {
                variant.attrs = shown(&variant.attrs);
                variant.fields.iter_mut().for_each(|field| field.attrs = shown(&field.attrs));
            }
        }
        Item::Trait(of) if is_public(&of.vis) => {
            of.attrs = shown(&of.attrs);
            for item in &mut of.items {
                match item {
                    TraitItem::Fn(function) => {
                        function.attrs = shown(&function.attrs);
                        function.default = function.default.as_ref().map(|_| empty());
                    }
                    TraitItem::Type(of) => of.attrs = shown(&of.attrs),
                    TraitItem::Const(of) => of.attrs = shown(&of.attrs),
                    _ => {}
                }
            }
        }
        Item::Fn(of) if is_public(&of.vis) => {
            of.attrs = shown(&of.attrs);
            *of.block = empty();
        }
        Item::Type(of) if is_public(&of.vis) => of.attrs = shown(&of.attrs),
        Item::Const(of) if is_public(&of.vis) => of.attrs = shown(&of.attrs),
        _ => return None,
    }
    Some(item)
}

fn ident(item: &Item) -> Option<String> {
    Some(match item {
        Item::Struct(of) => of.ident.to_string(),
        Item::Enum(of) => of.ident.to_string(),
        Item::Trait(of) => of.ident.to_string(),
        Item::Fn(of) => of.sig.ident.to_string(),
        Item::Type(of) => of.ident.to_string(),
        Item::Const(of) => of.ident.to_string(),
        _ => return None,
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Struct(of) => &of.attrs,
        Item::Enum(of) => &of.attrs,
        Item::Trait(of) => &of.attrs,
        Item::Fn(of) => &of.attrs,
        Item::Impl(of) => &of.attrs,
        Item::Mod(of) => &of.attrs,
        Item::Use(of) => &of.attrs,
        _ => &[],
    }
}

/// Attributes that others notice.
fn shown(attrs: &[Attribute]) -> Vec<Attribute> {
    let shown = ["cfg", "default", "derive", "must_use", "non_exhaustive", "word"];
    let is_shown = |attr: &&Attribute| {
        let is_hidden = text_of(*attr).replace(' ', "") == "#[doc(hidden)]";
        is_hidden || shown.iter().any(|name| attr.path().is_ident(name))
    };
    attrs.iter().filter(is_shown).cloned().collect()
}

fn is_test(attr: &Attribute) -> bool {
    text_of(attr).replace(' ', "") == "#[cfg(test)]"
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn empty() -> syn::Block {
    syn::parse_str("{}").unwrap()
}

fn last(path: &Name) -> String {
    path.segments.last().unwrap().ident.to_string()
}

/// The paths of a `use` and their last names.
fn leaves(path: Vec<String>, tree: &UseTree) -> Vec<(Vec<String>, String)> {
    match tree {
        UseTree::Path(step) => leaves([path, vec![step.ident.to_string()]].concat(), &step.tree),
        UseTree::Group(group) => {
            group.items.iter().flat_map(|tree| leaves(path.clone(), tree)).collect()
        }
        UseTree::Name(name) => vec![(path, name.ident.to_string())],
        UseTree::Rename(_) | UseTree::Glob(_) => Vec::new(),
    }
}

fn text(item: &Item) -> String {
    text_of(item)
}

fn text_of(of: &impl quote::ToTokens) -> String {
    of.to_token_stream().to_string()
}
