//! Source descriptions as files: found, read, and understood.

use std::{
    collections::HashSet,
    fs,
    io::{self, Read, Write as _},
    mem,
    path::{Path, PathBuf},
};

use clap::Args;
use heck::ToSnakeCase;
use rest_source_codegen::{
    Code, Diagnostic, LintLevels, MAX_BYTES, Output, SourceFile, check, closest,
};
use walkdir::{DirEntry, WalkDir};

use crate::{
    failure::Failure,
    outcome::Outcome,
    report::{self, Checked},
};

/// What is longer than a description may be is not read further: a pipe may have no end.
const MOST: u64 = MAX_BYTES as u64 + 1;

/// Which source of a dlt project file.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SourceArgument {
    /// The source that is meant, if the file is dlt's project file, `dlt.yml`, with several
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
}

/// Reads and checks the file at `path`, or standard input for `-`, and of a project file all
/// sources or the one that is chosen.
pub(crate) fn checked(path: &Path, source: &SourceArgument, lints: LintLevels) -> Checked {
    match read(path, source) {
        Ok(file) => Checked { diagnostics: check(&file, lints), file },
        Err(unreadable) => *unreadable,
    }
}

/// Reads and compiles the file at `path`. Its diagnostics go to standard error; errors are
/// a failure.
pub(crate) fn compile(
    path: &Path,
    source: &SourceArgument,
    module: &str,
    lints: LintLevels,
) -> Result<(SourceFile, Output), Failure> {
    let (checked, output) = match read(path, source) {
        Ok(file) => {
            let mut output = rest_source_codegen::compile(&file, module, lints);
            let diagnostics = mem::take(&mut output.diagnostics);
            (Checked { file, diagnostics }, Some(output))
        }
        Err(unreadable) => (*unreadable, None),
    };
    report::complain(&checked);
    match (checked.outcome(), output) {
        (Outcome::Success, Some(output)) => Ok((checked.file, output)),
        (outcome, _) => Err(Failure::Description(outcome)),
    }
}

/// The files that the arguments name; of a folder, all that may be descriptions.
pub(crate) fn files(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    for argument in arguments {
        if !argument.is_dir() {
            files.push(argument.clone());
            continue;
        }
        let below = WalkDir::new(argument).sort_by_file_name().into_iter();
        let below = below.filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry));
        // A folder that cannot be entered is an error, not an empty one.
        let below: Result<Vec<DirEntry>, _> = below.collect();
        let below = below
            .map_err(|error| Failure::user(error.to_string(), "name the files in it to check"))?;
        let before = files.len();
        files.extend(below.into_iter().map(DirEntry::into_path).filter(|path| may_describe(path)));
        if files.len() == before {
            return Err(Failure::user(
                format!("there are no descriptions in `{}`", argument.display()),
                "in a folder, files that end in .yaml, .yml or .json are checked",
            ));
        }
    }
    // `check api/ api/payments.yaml` means each file once, and `check .` no `./` in front of each.
    let mut seen = HashSet::new();
    let files = files.into_iter().map(|file| match file.strip_prefix(".") {
        Ok(below) => below.to_owned(),
        Err(_) => file,
    });
    Ok(files.filter(|file| seen.insert(file.clone())).collect())
}

/// The module's name that was chosen, or that of the source, or that of the file.
pub(crate) fn module(
    chosen: Option<String>,
    source: &SourceArgument,
    file: &Path,
) -> Result<String, Failure> {
    let help = "letters, digits and `_`, as in `--module payments_api`";
    match chosen {
        Some(name) if is_module_name(&name) => Ok(name),
        Some(name) => Err(Failure::user(format!("`{name}` cannot be the name of a module"), help)),
        None => {
            let named = source.source.as_deref().or_else(|| file.file_stem()?.to_str());
            named.and_then(module_name).ok_or_else(|| {
                let message = match &source.source {
                    Some(name) => format!("no module can be named after `{name}`"),
                    None => format!("no module can be named after `{}`", file.display()),
                };
                Failure::user(message, format!("name one: {help}"))
            })
        }
    }
}

/// The name of the module for the code of a file or source: `payments_api` of
/// `payments-api`. `None` if no Rust name can be made of it.
pub fn module_name(of: &str) -> Option<String> {
    let name = of.to_snake_case();
    let name =
        if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name };
    is_module_name(&name).then_some(name)
}

/// Whether a module can have this name.
pub(crate) fn is_module_name(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

fn is_left_out(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || (entry.file_type().is_dir() && name == "target")
}

fn may_describe(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"))
        && path.is_file()
}

fn read(path: &Path, source: &SourceArgument) -> Result<SourceFile, Box<Checked>> {
    let name =
        if path == Path::new("-") { "<stdin>".to_owned() } else { path.display().to_string() };
    let unreadable = |message: String, help: &str| {
        let diagnostic = Diagnostic::of_file(Code::UnreadableFile, message).help(help);
        Box::new(Checked { file: SourceFile::new(&name, ""), diagnostics: vec![diagnostic] })
    };
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().take(MOST).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        let mut bytes = Vec::new();
        fs::File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes)).map(|_| bytes)
    };
    let bytes = bytes.map_err(|error| {
        let help = match similar(path) {
            Some(meant) => format!("did you mean `{}`?", meant.display()),
            None => "the path is relative to the folder that you are in".to_owned(),
        };
        unreadable(format!("this file cannot be read: {error}"), &help)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        let message = format!("this file is not UTF-8: line {line} has an invalid byte");
        unreadable(message, "save it as UTF-8")
    })?;
    let file = SourceFile::new(name, text);
    Ok(match &source.source {
        Some(name) => file.with_source(name),
        None => file,
    })
}

/// The file in the same folder that was probably meant.
fn similar(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    let list = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(list).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    let names: Vec<String> = entries
        .filter(|path| may_describe(path))
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    let meant = closest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(folder.join(meant))
}

/// Replaces the file atomically, so that an interruption leaves the old one.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    // Behind a symbolic link it is the file that is replaced.
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    // Nothing that is there already is written to.
    let result = fs::File::create_new(&new)?
        .write_all(text.as_bytes())
        .and_then(|()| fs::set_permissions(&new, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&new, &path));
    if result.is_err() {
        let _ = fs::remove_file(&new);
    }
    result
}
