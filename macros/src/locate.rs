//! Finds the file that the attribute names.

use std::{
    env, fs,
    path::{Component, Path, PathBuf},
};

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_codegen::{Diagnostic, SourceFile};
use syn::LitStr;

use crate::unreadable;

/// How deep below the package's folder an editor's guess goes.
const SEARCH_DEPTH: usize = 6;

/// A file that was found, and the item that makes cargo rebuild when it changes.
pub(crate) struct Located {
    pub(crate) file: SourceFile,
    pub(crate) tracking: TokenStream,
}

/// Finds and reads the file: beside the source file or in the package's folder.
pub(crate) fn locate(literal: &LitStr) -> Result<Located, Diagnostic> {
    let written = literal.value();
    let path = Path::new(&written);
    if path.is_absolute() {
        return Err(unreadable(format!(
            "`{written}` is an absolute path, which is another one elsewhere"
        ))
        .help("write it relative to the package's folder or to this source file"));
    }
    let manifest = manifest_folder();
    let beside = source_folder(literal);
    let in_manifest = manifest.as_ref().map(|folder| folder.join(path)).filter(|p| p.is_file());
    let in_beside = beside.as_ref().map(|folder| folder.join(path)).filter(|p| p.is_file());

    let (found, tracking) = match (in_beside, in_manifest) {
        (Some(a), Some(b)) if !is_same(&a, &b) => {
            return Err(unreadable(format!("there are two files `{written}`"))
                .note(format!("one beside this source file: {}", shown(&a, &written)))
                .note(format!("one in the package's folder: {}", shown(&b, &written)))
                .help("write one of them as a path from the package's folder, or rename one"));
        }
        // The literal is the user's own, so that the compiler resolves it beside the source file.
        (Some(found), _) => (
            found,
            quote!(
                const _: &[u8] = include_bytes!(#literal);
            ),
        ),
        (None, Some(found)) => {
            let below = format!("/{written}");
            (
                found,
                quote!(
                    const _: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), #below));
                ),
            )
        }
        // Editors expand macros without saying where the source file is.
        (None, None) if beside.is_none() => match manifest.as_deref().map(|m| search(m, path)) {
            Some(found) if found.len() == 1 => (found.into_iter().collect(), TokenStream::new()),
            _ => return Err(not_found(&written, beside.as_deref(), manifest.as_deref())),
        },
        (None, None) => return Err(not_found(&written, beside.as_deref(), manifest.as_deref())),
    };
    let name = shown(&found, &written);
    let bytes =
        fs::read(&found).map_err(|error| unreadable(format!("{name} cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        unreadable(format!("{name} is not UTF-8: line {line} has a byte that is no character"))
            .help("save it as UTF-8")
    })?;
    Ok(Located { file: SourceFile::new(name, text), tracking })
}

fn manifest_folder() -> Option<PathBuf> {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}

/// The folder of the source file. Inside a `macro_rules!` the literal still is the caller's.
fn source_folder(literal: &LitStr) -> Option<PathBuf> {
    // Relative to where the compiler runs, which is the workspace's folder for its members.
    let file = literal.span().unwrap().local_file()?;
    Some(env::current_dir().ok()?.join(file).parent()?.to_owned())
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

/// The path as the compiler shows its own: relative to where it runs, so that it can be clicked.
fn shown(found: &Path, written: &str) -> String {
    let folder = env::current_dir().and_then(|folder| folder.canonicalize());
    let relative = match (folder, found.canonicalize()) {
        (Ok(folder), Ok(found)) => found.strip_prefix(folder).ok().map(Path::to_owned),
        _ => None,
    };
    relative.map_or_else(|| written.to_owned(), |path| path.display().to_string())
}

fn not_found(written: &str, beside: Option<&Path>, manifest: Option<&Path>) -> Diagnostic {
    let diagnostic = unreadable(format!("there is no file `{written}`"))
        .note("it is looked for beside this source file and in the package's folder");
    let folders = [beside, manifest].into_iter().flatten();
    let parent = Path::new(written).parent().unwrap_or(Path::new(""));
    let mut others: Vec<String> = folders
        .filter_map(|folder| fs::read_dir(folder.join(parent)).ok())
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_description(Path::new(name)))
        .map(|name| parent.join(name).display().to_string())
        .collect();
    others.sort();
    others.dedup();
    others.truncate(8);
    if others.is_empty() {
        diagnostic
    } else {
        diagnostic.help(format!("there is `{}`", others.join("`, `")))
    }
}

fn is_description(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// All files below `folder` whose path ends as it was written.
fn search(folder: &Path, written: &Path) -> Vec<PathBuf> {
    let wanted: PathBuf =
        written.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if path.is_dir() && !hidden && entry.file_name() != "target" && depth < SEARCH_DEPTH {
                folders.push((path, depth + 1));
            } else if path.ends_with(&wanted) && path.is_file() {
                found.push(path);
            }
        }
    }
    found
}
