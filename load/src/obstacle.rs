//! What is in the way of opening a file of a database, as far as the database does not tell.

use std::{fs::File, io, path::Path};

/// What is in the way of opening a file, and what to do about it.
pub(crate) fn obstacle(file: &Path) -> String {
    if file.is_dir() {
        return "it is a folder; name a file in it".to_owned();
    }
    let folder = file.parent().unwrap_or(file);
    match folder.metadata() {
        Ok(found) if !found.is_dir() => return format!("{} is not a folder", folder.display()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return format!("the folder {} does not exist; create it first", folder.display());
        }
        Err(error) => return format!("the folder {} cannot be used: {error}", folder.display()),
    }
    // A file that exists is not opened to see why: closing it again would take the locks from any
    // other connection of this process.
    match File::create_new(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            format!("no file of this name can be created in {}: {error}", folder.display())
        }
        _ => "see whether this program may read and write it".to_owned(),
    }
}
