//! Where drivers are found.

use std::path::Path;

use adbc_core::{
    LOAD_FLAG_SEARCH_ENV, LOAD_FLAG_SEARCH_SYSTEM, LOAD_FLAG_SEARCH_USER,
    error::Result as AdbcResult, options::AdbcVersion,
};
use adbc_driver_manager::ManagedDriver;

const VERSION: AdbcVersion = AdbcVersion::V110;

/// Loads a driver: the library or the manifest at a path, or what has this name among the manifests and libraries in
/// the folders of drivers and of the system. `entry` is the function that makes the driver, if it is not called
/// after the library.
pub(crate) fn load_driver(driver: &Path, entry: Option<&[u8]>) -> AdbcResult<ManagedDriver> {
    let search = LOAD_FLAG_SEARCH_ENV | LOAD_FLAG_SEARCH_USER | LOAD_FLAG_SEARCH_SYSTEM;
    let load = |name: &Path| ManagedDriver::load_from_name(name, entry, VERSION, search, None);
    if is_path(driver) {
        // A manifest is found by its absolute path alone.
        return load(&std::path::absolute(driver).unwrap_or_else(|_| driver.to_owned()));
    }
    // What the projects of the drivers call the library.
    load(driver).or_else(|error| {
        load(Path::new(&format!("adbc_driver_{}", driver.display()))).map_err(|_| error)
    })
}

/// Whether a driver is named by the path of its library or manifest.
pub(super) fn is_path(driver: &Path) -> bool {
    driver.extension().is_some() || driver.components().count() > 1
}
