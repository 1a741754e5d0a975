//! A database that is open, and which vendor's it is.

use std::{collections::HashSet, path::Path};

use adbc_core::{
    Connection as _, Database as _, Driver as _,
    error::{Error as AdbcError, Result as AdbcResult, Status},
    options::{InfoCode, OptionDatabase},
};
use adbc_driver_manager::{ManagedConnection, ManagedDatabase};
use arrow_array::{Array as _, RecordBatch, cast::AsArray as _};

use super::{
    address::Address,
    connection::Connection,
    driver::{is_path, load_driver},
    error::{Cause, cause},
    vendor::Vendor,
};
use crate::{Error, ErrorKind};

/// A database, by way of its driver.
pub(super) struct Opened {
    pub(super) address: Address,
    /// What the driver calls the vendor: `PostgreSQL`.
    pub(super) vendor: String,
    database: ManagedDatabase,
}

impl Opened {
    pub(super) fn at(address: Address) -> Result<Opened, Error> {
        let mut driver = load_driver(Path::new(&address.driver), None)
            .map_err(|error| missing(&address, &error))?;
        let options = address.options.iter().map(|(name, value)| {
            let name = match &**name {
                "uri" => OptionDatabase::Uri,
                "username" => OptionDatabase::Username,
                "password" => OptionDatabase::Password,
                name => OptionDatabase::Other(name.to_owned()),
            };
            (name, value.as_str().into())
        });
        let opened = driver.new_database_with_opts(options);
        let opened =
            opened.and_then(|database| Ok((vendor(&database.new_connection()?)?, database)));
        let (vendor, database) = opened.map_err(|error| cannot_open(&address, &error))?;
        Ok(Opened { address, vendor, database })
    }

    /// A connection to it.
    pub(super) fn connect<V: Vendor>(&self) -> Result<Connection<V>, Error> {
        let connected = self.database.new_connection();
        let connected = connected.map_err(|error| cannot_open(&self.address, &error))?;
        Ok(Connection::new(connected))
    }
}

fn cannot_open(address: &Address, error: &AdbcError) -> Error {
    let Cause(text) = cause(error);
    // A server that has answered will say the same again.
    let is_transient = error.status == Status::IO && !text.contains("FATAL");
    let message = format!("{address} cannot be opened");
    let error = Error::caused_by(ErrorKind::Destination, message, Cause(address.masked(&text)));
    if is_transient { error.transient() } else { error }
}

/// The error of a driver that is not where drivers are found.
fn missing(address: &Address, error: &AdbcError) -> Error {
    let driver = &address.driver;
    let (message, advice) = if is_path(Path::new(driver)) {
        let message = format!("the ADBC driver {driver} cannot be loaded");
        (message, "name the path of a driver's library or manifest, or a driver".to_owned())
    } else {
        let advice = format!(
            "install it with `dbc install {driver}`; or name the path of its library instead, \
             `adbc:/…/libadbc_driver_{driver}.so?…`, which `pip install adbc-driver-{driver}` brings, or its \
             folder in `ADBC_DRIVER_PATH`"
        );
        (format!("the ADBC driver `{driver}` is not installed"), advice)
    };
    Error::caused_by(ErrorKind::Destination, message, cause(error)).with_advice(advice)
}

/// The name of the vendor.
fn vendor(connection: &ManagedConnection) -> AdbcResult<String> {
    let codes = HashSet::from([InfoCode::VendorName]);
    for batch in connection.get_info(Some(codes))? {
        if let Some(name) = name(&batch?) {
            return Ok(name);
        }
    }
    Ok(String::new())
}

/// The text in the first row's value, a union of types of which the first is text.
fn name(batch: &RecordBatch) -> Option<String> {
    let values = batch.column_by_name("info_value")?.as_union_opt()?;
    let texts = (!values.is_empty()).then(|| values.value(0))?;
    let texts = texts.as_string_opt::<i32>()?;
    (texts.len() == 1 && texts.is_valid(0)).then(|| texts.value(0).to_owned())
}
