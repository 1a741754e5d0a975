//! A budget of requests in one row, for clients in several processes.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rest_source::{Budget, BudgetFuture};
use tokio::time::{Instant, sleep};
use tokio_postgres::{
    Client, Row,
    error::SqlState,
    types::{ToSql, Type},
};

use super::{
    address::Address,
    connect::Connections,
    error::Tries,
    grants::{Decision, Grant, Limit, micros},
};
use crate::{
    Error, ErrorKind,
    sql::failure::{Failed, failed},
};

const TABLE: &str = "
SELECT pg_advisory_xact_lock(8241957702371920213);
CREATE TABLE IF NOT EXISTS _rest_source_budgets (
    name text PRIMARY KEY,
    requests bigint NOT NULL,
    per_us bigint NOT NULL,
    granted_until bigint[] NOT NULL DEFAULT '{}',
    granted bigint[] NOT NULL DEFAULT '{}',
    not_before bigint NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE _rest_source_budgets IS
    'requests that clients of rest_source share; times are microseconds since 1970';";

const READ: &str = "
SELECT requests, per_us, granted_until, granted, not_before, version,
       (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
FROM _rest_source_budgets WHERE name = $1";

const INSERT: &str = "
INSERT INTO _rest_source_budgets (name, requests, per_us) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING";

const GRANT: &str = "
UPDATE _rest_source_budgets SET granted_until = $3, granted = $4, version = version + 1
WHERE name = $1 AND version = $2";

const HOLD: &str = "
UPDATE _rest_source_budgets SET version = version + 1, not_before =
    greatest(not_before, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + $2)
WHERE name = $1";

/// A parameter of a statement.
type With<'a> = (&'a (dyn ToSql + Sync), Type);

/// How long one who was overtaken waits at most, before it asks again.
const OVERTAKEN: Duration = Duration::from_millis(10);

/// A [`Budget`] that clients in several processes share by one row of a PostgreSQL database.
///
/// No stretch of `per` sees more than `requests` of all clients with the same name together, and what one of
/// them is asked to wait for by the server, as `Retry-After` does, all wait for. A client leases a few requests
/// at a time, as many as it has lately needed, and has to send them within a twentieth of `per`, at most a
/// second, or longer where the database is far away. What it does not send by then is lost, and a lease counts for a little longer than `per`, since it is
/// not known when within it a request was sent: so all clients together send between 80 and 90 of 100
/// requests. The database's clock decides, so that those of the machines may differ.
///
/// The table `_rest_source_budgets` is created when it is needed, in the first schema of the user's search
/// path. A row has the name, the limit and what was granted lately.
///
/// ```no_run
/// use std::time::Duration;
/// use rest_source_load::PostgresBudget;
///
/// # fn client(builder: rest_source::ClientBuilder) -> Result<rest_source::Client, Box<dyn std::error::Error>> {
/// let url = "postgres://user:password@db.example.com/ops";
/// let budget = PostgresBudget::at(url, "payments", 100, Duration::from_secs(1))?;
/// let client = builder.budget(budget).build()?;
/// # Ok(client)
/// # }
/// ```
#[derive(Debug)]
pub struct PostgresBudget {
    connections: Connections,
    name: String,
    limit: Limit,
    lease: Mutex<Lease>,
    /// Held by who asks the database, in whose place others wait.
    asking: tokio::sync::Mutex<()>,
}

/// What this process was granted last.
#[derive(Debug, Clone, Copy)]
struct Lease {
    granted: u32,
    left: u32,
    ends: Instant,
}

impl PostgresBudget {
    /// The budget of this name at a URL: at most `requests` in each stretch of `per`. It is connected to when a
    /// request is to be sent.
    ///
    /// # Errors
    ///
    /// If the URL cannot be understood, or asks for what is not supported; if the limit admits nothing.
    pub fn at(
        url: impl AsRef<str>,
        name: impl Into<String>,
        requests: u32,
        per: Duration,
    ) -> Result<PostgresBudget, Error> {
        let refused = |what: &str| Err(Error::new(ErrorKind::Destination, what));
        if requests == 0 || per < Duration::from_millis(1) {
            return refused(
                "a budget of no requests, or within less than a millisecond, admits nothing",
            );
        }
        let address = Address::parse(url.as_ref())?;
        let lease = Lease { granted: 1, left: 0, ends: Instant::now() };
        Ok(PostgresBudget {
            connections: Connections::new(address, None),
            name: name.into(),
            limit: Limit { requests, per },
            lease: Mutex::new(lease),
            asking: tokio::sync::Mutex::new(()),
        })
    }

    /// Waits for a request of the lease, or for a new one.
    async fn lease(&self) -> Result<(), Error> {
        if self.take() {
            return Ok(());
        }
        let mut took = Duration::ZERO;
        let _asking = self.asking.lock().await;
        loop {
            // Who had its place before may have been granted more than it needed.
            if self.take() {
                return Ok(());
            }
            let wanted = self.wanted();
            // The database grants later than it is asked, so that a lease that is counted from here ends
            // before the database takes it to.
            let length = self.limit.lease(took);
            let asked = Instant::now();
            let answer = self.ask(wanted, length).await?;
            took = asked.elapsed();
            match answer {
                Some(Decision::Grant(granted, _)) => {
                    // A lease that ended before it arrived is requested again with a longer duration.
                    let (left, ends) = (granted, asked + length);
                    *self.state() = Lease { granted, left, ends };
                }
                Some(Decision::Wait(wait)) => {
                    let wait = Duration::from_micros(wait.unsigned_abs());
                    tracing::debug!(wait_ms = wait.as_millis(), "waiting for the shared budget");
                    sleep(wait).await;
                }
                None => sleep(OVERTAKEN.mul_f64(random())).await,
            }
        }
    }

    /// Takes a request of the lease, if there is one left.
    fn take(&self) -> bool {
        let mut lease = self.state();
        let is_left = lease.left > 0 && Instant::now() < lease.ends;
        if is_left {
            lease.left -= 1;
        }
        is_left
    }

    /// How many requests to ask for: twice as many as the last time if that was not enough, and as many as were
    /// needed if it was.
    fn wanted(&self) -> u32 {
        let Lease { granted, left, .. } = *self.state();
        let needed = match left {
            0 => granted.saturating_mul(2),
            left => granted - left,
        };
        needed.clamp(1, self.limit.largest())
    }

    /// Asks the database, again if its connection is lost. `None` if another client was faster.
    async fn ask(&self, wanted: u32, lease: Duration) -> Result<Option<Decision>, Error> {
        let mut tries = Tries::default();
        loop {
            match self.try_to_ask(wanted, lease).await {
                Ok(decision) => return Ok(decision),
                Err(error) => tries.again(error).await?,
            }
        }
    }

    async fn try_to_ask(&self, wanted: u32, lease: Duration) -> Result<Option<Decision>, Error> {
        let client = self.connections.take().await?;
        let decision = self.decision(&client, wanted, lease).await?;
        self.connections.keep(client);
        Ok(decision)
    }

    async fn decision(
        &self,
        client: &Client,
        wanted: u32,
        lease: Duration,
    ) -> Result<Option<Decision>, Error> {
        let cannot = || failed(format!("the budget `{}` cannot be asked", self.name));
        let Some(row) = self.row(client).await.map_err(cannot())? else { return Ok(None) };
        let (requests, per_us): (i64, i64) = (row.get(0), row.get(1));
        let own = (i64::from(self.limit.requests), micros(self.limit.per));
        if own != (requests, per_us) {
            let message = format!(
                "the budget `{}` has {requests} requests in {:?}, and this client would have {} in {:?}; give \
                 all clients the same limit, or this one another name, or delete the row of the table \
                 `_rest_source_budgets`",
                self.name,
                Duration::from_micros(per_us.unsigned_abs()),
                own.0,
                self.limit.per
            );
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let (at, granted): (Vec<i64>, Vec<i64>) = (row.get(2), row.get(3));
        let grants: Vec<Grant> = at.into_iter().zip(granted).collect();
        let (not_before, version, now): (i64, i64, i64) = (row.get(4), row.get(5), row.get(6));
        let decision = self.limit.decide(wanted, lease, grants, not_before, now);
        let Decision::Grant(_, grants) = &decision else { return Ok(Some(decision)) };
        let (at, granted): (Vec<i64>, Vec<i64>) = grants.iter().copied().unzip();
        let with: [With<'_>; 4] = [
            (&self.name, Type::TEXT),
            (&version, Type::INT8),
            (&at, Type::INT8_ARRAY),
            (&granted, Type::INT8_ARRAY),
        ];
        let changed = client.execute_typed(GRANT, &with).await.map_err(Failed::from);
        let changed = changed.map_err(cannot())?;
        Ok((changed == 1).then_some(decision))
    }

    /// The row, which is created if there is none: then there is none yet.
    async fn row(&self, client: &Client) -> Result<Option<Row>, Failed> {
        let name: [With<'_>; 1] = [(&self.name, Type::TEXT)];
        match client.query_typed(READ, &name).await {
            Ok(mut rows) if !rows.is_empty() => return Ok(rows.pop()),
            Ok(_) => {}
            Err(error) if is_missing(&error) => client.batch_execute(TABLE).await?,
            Err(error) => return Err(error.into()),
        }
        let (requests, per) = (i64::from(self.limit.requests), micros(self.limit.per));
        let with: [With<'_>; 3] =
            [(&self.name, Type::TEXT), (&requests, Type::INT8), (&per, Type::INT8)];
        client.execute_typed(INSERT, &with).await?;
        Ok(None)
    }

    /// Lets no client send for so long.
    async fn hold_all(&self, wait: Duration) -> Result<(), Error> {
        self.state().left = 0;
        let mut tries = Tries::default();
        loop {
            match self.try_to_hold(wait).await {
                Ok(()) => return Ok(()),
                Err(error) => tries.again(error).await?,
            }
        }
    }

    async fn try_to_hold(&self, wait: Duration) -> Result<(), Error> {
        let client = self.connections.take().await?;
        let held = self.try_hold(&client, micros(wait)).await;
        held.map_err(failed(format!("the budget `{}` cannot be held", self.name)))?;
        self.connections.keep(client);
        Ok(())
    }

    async fn try_hold(&self, client: &Client, wait: i64) -> Result<(), Failed> {
        let with: [With<'_>; 2] = [(&self.name, Type::TEXT), (&wait, Type::INT8)];
        // Who holds has asked before, so that there is a row, unless it was deleted.
        if client.execute_typed(HOLD, &with).await? == 0 {
            self.row(client).await?;
            client.execute_typed(HOLD, &with).await?;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, Lease> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Budget for PostgresBudget {
    fn acquire(&self) -> BudgetFuture<'_> {
        Box::pin(async { self.lease().await.map_err(rest_source::Error::other) })
    }

    fn hold(&self, wait: Duration) -> BudgetFuture<'_> {
        Box::pin(async move { self.hold_all(wait).await.map_err(rest_source::Error::other) })
    }
}

/// Whether there is no such table yet.
fn is_missing(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&SqlState::UNDEFINED_TABLE)
}

/// Between 0 and 1, another one in each process.
fn random() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let random = RandomState::new().hash_one(0_u8);
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
