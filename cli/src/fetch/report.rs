//! What came of a fetch.

use std::{error::Error, fmt, io};

use rest_source::Page;

use super::Checkpoints;

/// What came of a fetch.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// Each resource that was to be fetched, in the order of the description.
    pub resources: Vec<ResourceReport>,
    /// Where the next fetch continues: behind what has come if something failed, else where the
    /// next run of incremental resources begins.
    pub checkpoints: Checkpoints,
}

/// What came of one resource.
#[derive(Debug)]
#[non_exhaustive]
pub struct ResourceReport {
    /// Its name.
    pub name: String,
    /// How many records have come.
    pub records: u64,
    /// How many pages have come.
    pub pages: u64,
    /// How often requests were sent again.
    pub retries: u64,
    /// Why there are no more, if that is not because there are none.
    pub error: Option<rest_source::Error>,
}

impl Report {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Report {
        let resources = names.map(|name| ResourceReport {
            name: name.to_owned(),
            records: 0,
            pages: 0,
            retries: 0,
            error: None,
        });
        Report { resources: resources.collect(), checkpoints: Checkpoints::new() }
    }

    /// Whether everything has come.
    pub fn is_complete(&self) -> bool {
        self.resources.iter().all(|resource| resource.error.is_none())
    }

    /// Whether a resource has failed.
    pub(super) fn has_failed(&self) -> bool {
        self.resources.iter().any(|resource| resource.error.is_some())
    }

    pub(super) fn add<T>(&mut self, resource: &str, page: &Page<T>) {
        if let Some(resource) = self.of_resource(resource) {
            resource.records += page.records.len() as u64;
            resource.pages += 1;
            resource.retries += u64::from(page.transfer.retries);
        }
    }

    pub(super) fn fail(&mut self, resource: &str, error: rest_source::Error) {
        if let Some(resource) = self.of_resource(resource) {
            resource.error = Some(error);
        }
    }

    fn of_resource(&mut self, name: &str) -> Option<&mut ResourceReport> {
        self.resources.iter_mut().find(|resource| resource.name == name)
    }
}

/// Why a fetch has not begun, or could not go on.
#[derive(Debug)]
pub enum Failure {
    /// It was asked for something that cannot be.
    Refused {
        /// What is wrong.
        message: String,
        /// How to mend it.
        help: String,
    },
    /// There can be no such client or fetch.
    Client(rest_source::Error),
    /// What has come could not be handed over.
    Output(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused { message, help } => write!(f, "{message}: {help}"),
            Failure::Client(error) => error.fmt(f),
            Failure::Output(error) => error.fmt(f),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Failure::Refused { .. } => None,
            Failure::Client(error) => Some(error),
            Failure::Output(error) => Some(error),
        }
    }
}
