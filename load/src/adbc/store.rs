//! The connection of a run to a database, and its transactions.

use std::{fmt, sync::Arc};

use super::{connection::Connection, opened::Opened, vendor::Vendor};
use crate::{
    Error,
    sql::{
        blocking::{self, done},
        catalog,
        failure::{Failed, failed},
        state,
    },
};

/// A vendor's database that is opened by its driver's name.
pub(super) trait Server: Vendor {
    /// What keeps other runs of the pipeline out while it lives, beside the connection.
    type Held: fmt::Debug + Send;

    /// The first statement of each transaction.
    const FIRST: Option<&'static str> = None;

    /// Sets a new connection up.
    fn set_up(db: &Connection<Self>, dataset: Option<&str>) -> Result<(), Error>
    where
        Self: Sized;

    /// Takes the lock of a pipeline, and sees to it that the loader's own tables are there.
    fn prepare(db: &Connection<Self>, opened: &Opened, pipeline: &str) -> Result<Self::Held, Error>
    where
        Self: Sized;
}

/// The connection of a run, and what keeps other runs out while it is open.
pub(super) struct Store<V: Server> {
    connection: Connection<V>,
    _held: V::Held,
}

impl<V: Server> blocking::Store for Store<V> {
    type Address = Arc<Opened>;
    type Connection = Connection<V>;

    const WORK: &'static str = "using a driver of ADBC";

    fn exists(opened: &Arc<Opened>) -> Result<bool, Error> {
        Self::read(opened, |db| done(catalog::exists(db, state::NAME)))
    }

    fn open(opened: &Arc<Opened>, pipeline: &str) -> Result<Store<V>, Error> {
        let connection = connect(opened)?;
        let held = V::prepare(&connection, opened, pipeline)?;
        Ok(Store { connection, _held: held })
    }

    fn read<T>(
        opened: &Arc<Opened>,
        read: impl Fn(&Connection<V>) -> Result<T, Failed>,
    ) -> Result<T, Error> {
        let cannot = format!("{} cannot be read", opened.address);
        read(&connect(opened)?).map_err(failed(cannot))
    }

    fn transact<T>(
        &mut self,
        work: impl FnOnce(&Connection<V>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.connection.transact(V::FIRST, work)
    }
}

fn connect<V: Server>(opened: &Opened) -> Result<Connection<V>, Error> {
    let connection = opened.connect()?;
    V::set_up(&connection, opened.address.dataset.as_deref())?;
    Ok(connection)
}

impl<V: Server> fmt::Debug for Store<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}
