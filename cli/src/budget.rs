//! The budget of requests that processes share, as the command line says it.

use std::{sync::Arc, time::Duration};

use clap::Args;
use rest_source_dynamic::{Failure, Fetch};
use rest_source_load::PostgresBudget;

use crate::address::{Address, resolved};

const FORMS: &str = "`env:BUDGET_URL`, or `postgres://user@host/database` without a password";

/// The arguments that name a budget.
#[derive(Debug, Args)]
pub(crate) struct BudgetArguments {
    /// Share the description's `rate_limit` with other processes, by a row of this PostgreSQL database:
    /// `env:VARIABLE` with its address, or `postgres://USER@HOST/DATABASE`
    #[arg(long, value_name = "DATABASE")]
    budget: Option<Address>,
    /// The budget among those of the database: processes that share one name it alike [default: the name of the source]
    #[arg(long, value_name = "NAME", requires = "budget")]
    budget_name: Option<String>,
}

impl BudgetArguments {
    /// The fetch with the budget that they name, if they do.
    pub(crate) fn share(&self, fetch: Fetch) -> Result<Fetch, Failure> {
        match &self.budget {
            Some(address) => share(fetch, &address.0, self.budget_name.as_deref()),
            None => Ok(fetch),
        }
    }
}

/// The fetch with the `rate_limit` of its description as a budget of this name, which it shares with others by the
/// database at this address, as `--budget` takes it. Without a name it has that of the source.
///
/// # Errors
///
/// When the description has no `rate_limit`, the address cannot be understood, the environment variable that it names is
/// not set, or the fetch could not begin.
pub fn share(fetch: Fetch, address: &str, name: Option<&str>) -> Result<Fetch, Failure> {
    let refused = |message: String, help: String| Failure::Refused { message, help };
    let limit = fetch.rate_limit()?.ok_or_else(|| {
        refused(
            "the description has no `rate_limit`, so that there is no budget to share".to_owned(),
            "write what the API allows, `client: {rate_limit: {requests: 100, per: second}}`"
                .to_owned(),
        )
    })?;
    let address = resolved(address, "set it to the address of the database that has the budget")?;
    let name = name.unwrap_or(fetch.name());
    let per = Duration::from_secs(limit.per.seconds().unsigned_abs());
    let budget = PostgresBudget::at(&address, name, limit.requests, per)
        .map_err(|error| refused(format!("the budget: {error}"), format!("write it as {FORMS}")))?;
    Ok(fetch.budget(Arc::new(budget)))
}
