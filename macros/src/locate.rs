//! Finds the file that the attribute names.

use std::{
    env, fs,
    io::Read as _,
    path::{Component, Path, PathBuf},
};

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_codegen::{Diagnostic, MAX_BYTES, SourceFile, closest, either};
use syn::LitStr;

use crate::report::unreadable;

/// How deep below the package's folder an editor's guess goes.
const SEARCH_DEPTH: usize = 6;

/// A file that was found, and the item that makes cargo rebuild when it changes.
pub(crate) struct Located {
    pub(crate) file: SourceFile,
    pub(crate) tracking: TokenStream,
}

/// Finds and reads the file: in the folder of the source file or in the package's.
pub(crate) fn locate(literal: &LitStr) -> Result<Located, Diagnostic> {
    let written = literal.value();
    let path = Path::new(&written);
    if path.is_absolute() {
        let message = format!("`{written}` is an absolute path, which is another one elsewhere");
        return Err(unreadable(message)
            .help("write it relative to the package's folder or to this source file"));
    }
    let beside = source_folder(literal);
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let places = places(literal, beside.as_deref(), manifest.as_deref());
    let mut found: Vec<(PathBuf, TokenStream)> = Vec::new();
    for (folder, tracking) in &places {
        let candidate = folder.join(path);
        if candidate.is_file() && !found.iter().any(|(known, _)| is_same(known, &candidate)) {
            found.push((candidate, tracking.clone()));
        }
    }
    // Editors expand macros without saying where the source file is.
    if let (true, None, Some(manifest)) = (found.is_empty(), &beside, &manifest) {
        found.extend(search(manifest, path).into_iter().map(|path| (path, TokenStream::new())));
    }
    match <[_; 1]>::try_from(found) {
        Ok([(path, tracking)]) => {
            read(&path, &shown(&path, &written)).map(|file| Located { file, tracking })
        }
        Err(found) if found.is_empty() => Err(not_found(&written, &places)),
        Err(found) => {
            let diagnostic = unreadable(format!("`{written}` may be one of several files"))
                .help("write the path from the package's folder to one of them, or rename one");
            Err(found.iter().fold(diagnostic, |diagnostic, (path, _)| {
                diagnostic.note(format!("there is {}", shown(path, &written)))
            }))
        }
    }
}

/// The folders that a path may be relative to, each with the item that tracks a file there.
fn places(
    literal: &LitStr,
    beside: Option<&Path>,
    manifest: Option<&Path>,
) -> Vec<(PathBuf, TokenStream)> {
    let written = literal.value();
    let mut places = Vec::new();
    if let Some(beside) = beside {
        // The compiler resolves the user's own literal beside the source file too.
        places.push((
            beside.to_owned(),
            quote!(
                const _: &[u8] = include_bytes!(#literal);
            ),
        ));
    }
    if let Some(manifest) = manifest {
        let below = format!("/{written}");
        let path = quote!(concat!(env!("CARGO_MANIFEST_DIR"), #below));
        places.push((
            manifest.to_owned(),
            quote!(
                const _: &[u8] = include_bytes!(#path);
            ),
        ));
    }
    // Under trybuild the manifest is one that trybuild has made, and the source file's package is
    // the one above it.
    let package = beside.and_then(|beside| {
        let mut above = beside.ancestors().enumerate();
        above.find(|(_, folder)| folder.join("Cargo.toml").is_file())
    });
    if let Some((depth, folder)) = package {
        let path = "../".repeat(depth) + &written;
        let path = LitStr::new(&path, literal.span());
        places.push((
            folder.to_owned(),
            quote!(
                const _: &[u8] = include_bytes!(#path);
            ),
        ));
    }
    places
}

fn read(path: &Path, name: &str) -> Result<SourceFile, Diagnostic> {
    // What is longer than a description may be is not read further: a device may have no end.
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(SourceFile::from_bytes(name, bytes)),
        Err(error) => Err(unreadable(format!("{name} cannot be read: {error}"))),
    }
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

fn not_found(written: &str, places: &[(PathBuf, TokenStream)]) -> Diagnostic {
    let diagnostic = unreadable(format!("there is no file `{written}`"))
        .note("it is looked for beside this source file and in the package's folder");
    let parent = Path::new(written).parent().unwrap_or(Path::new(""));
    let mut others: Vec<String> = places
        .iter()
        .filter_map(|(folder, _)| fs::read_dir(folder.join(parent)).ok())
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_description(Path::new(name)))
        .map(|name| parent.join(name).display().to_string())
        .collect();
    others.sort();
    others.dedup();
    let diagnostic = match closest(written, others.iter().map(String::as_str)) {
        Some(meant) => return diagnostic.help(format!("did you mean `{meant}`?")),
        None if others.is_empty() => return diagnostic,
        None => diagnostic,
    };
    diagnostic.help(format!("there is {}", either(others.iter().map(String::as_str))))
}

fn is_description(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What editors need cannot be seen from outside: there the compiler knows the source file.
    #[test]
    fn an_editor_finds_the_file_by_its_end() {
        let package = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let path = package.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        for path in
            ["src/api/one.yaml", "target/one.yaml", ".git/one.yaml", "a/two.yaml", "b/two.yaml"]
        {
            write(path);
        }
        let found = |path: &str| search(package.path(), Path::new(path));
        assert_eq!(found("one.yaml"), [package.path().join("src/api/one.yaml")]);
        assert_eq!(found("./api/one.yaml"), [package.path().join("src/api/one.yaml")]);
        assert_eq!(found("two.yaml").len(), 2);
        assert!(found("three.yaml").is_empty());
    }
}
