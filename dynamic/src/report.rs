//! What came of a fetch.

use std::collections::BTreeMap;

use rest_source::{Checkpoint, Page};

/// Where each resource continues, by its name.
pub type Checkpoints = BTreeMap<String, Checkpoint>;

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
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Report {
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
    pub(crate) fn has_failed(&self) -> bool {
        self.resources.iter().any(|resource| resource.error.is_some())
    }

    pub(crate) fn add<T>(&mut self, resource: &str, page: &Page<T>) {
        if let Some(resource) = self.of_resource(resource) {
            resource.records += page.records.len() as u64;
            resource.pages += 1;
            resource.retries += u64::from(page.transfer.retries);
        }
    }

    pub(crate) fn fail(&mut self, resource: &str, error: rest_source::Error) {
        if let Some(resource) = self.of_resource(resource) {
            resource.error = Some(error);
        }
    }

    fn of_resource(&mut self, name: &str) -> Option<&mut ResourceReport> {
        self.resources.iter_mut().find(|resource| resource.name == name)
    }
}
