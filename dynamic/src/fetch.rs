//! Which resources of a description are fetched, and how.

use std::{io, sync::Arc};

use rest_source::{
    __private::SourcePages,
    AnyRecord, AnyResource, Budget, Client, FromRecord, Page, SecretString, SentRequest, Slice,
    Source, Start, TokenFile,
    plan::{Link, ResourcePlan, SourcePlan, WriteDisposition},
};
use rest_source_codegen::Output;
use serde_json::value::RawValue;

use crate::{Caller, Checkpoints, Failure, Report, choice};

/// A fetch of resources of a description.
///
/// ```no_run
/// use rest_source_dynamic::Fetch;
/// use rest_source_codegen::{LintLevels, SourceFile, compile};
///
/// # async fn all() -> Result<(), Box<dyn std::error::Error>> {
/// let file = SourceFile::new("payments.yaml", std::fs::read_to_string("payments.yaml")?);
/// let output = compile(&file, "payments", LintLevels::default());
/// let fetch = Fetch::of(&output).resource("payments").limit(10);
/// let report = fetch.run(|arrival| {
///     for record in &arrival.page.records {
///         println!("{}: {record}", arrival.resource);
///     }
///     Ok(())
/// });
/// assert!(report.await?.is_complete());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Fetch {
    pub(crate) source: SourcePlan,
    pub(crate) plans: Vec<Link<ResourcePlan>>,
    pub(crate) resources: Vec<String>,
    limit: Option<u64>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) arguments: Vec<(String, String)>,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) secrets: Vec<(String, SecretString)>,
    pub(crate) caller: Caller,
    /// The client of an earlier fetch, which all clones share.
    pub(crate) connected: Option<Client>,
    pub(crate) base_url: Option<String>,
    pub(crate) max_page_records: Option<u64>,
    pub(crate) max_body_bytes: Option<u64>,
    checkpoints: Checkpoints,
    pub(crate) on_request: Option<OnRequest>,
    pub(crate) tokens: Option<TokenFile>,
    pub(crate) budget: Option<Arc<dyn Budget>>,
}

type OnRequest = Arc<dyn Fn(&SentRequest) + Send + Sync>;

/// A fetched page.
#[derive(Debug)]
#[non_exhaustive]
pub struct Arrival<'a> {
    /// The resource that it is a page of.
    pub resource: &'a str,
    /// The page; each of its records is one line of JSON.
    pub page: &'a Page<Box<RawValue>>,
    /// The checkpoints of a fetch that resumes after this page.
    pub checkpoints: &'a Checkpoints,
}

/// The resources of a [`Fetch`], for a loader.
#[derive(Debug)]
pub struct FetchSource {
    name: String,
    resources: Vec<AnyResource>,
}

impl Source for FetchSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn resources(&self) -> Vec<AnyResource> {
        self.resources.clone()
    }
}

impl Fetch {
    /// A fetch of what this description selects. Its diagnostics are not looked at: a description
    /// with mistakes is not one to be fetched.
    pub fn of(output: &Output) -> Fetch {
        let resources = output.source.resources.iter();
        Fetch {
            source: output.source.plan.clone(),
            plans: resources.map(|resource| resource.plan.clone()).collect(),
            resources: Vec::new(),
            limit: None,
            params: Vec::new(),
            arguments: Vec::new(),
            settings: Vec::new(),
            secrets: Vec::new(),
            caller: Caller::default(),
            connected: None,
            base_url: None,
            max_page_records: None,
            max_body_bytes: None,
            checkpoints: Checkpoints::new(),
            on_request: None,
            tokens: None,
            budget: None,
        }
    }

    /// Fetches the resource of this name, and of the others only those that are named too.
    #[must_use]
    pub fn resource(mut self, name: impl Into<String>) -> Fetch {
        self.resources.push(name.into());
        self
    }

    /// Ends each resource when this many of its records have come.
    #[must_use]
    pub fn limit(mut self, records: u64) -> Fetch {
        self.limit = Some(records);
        self
    }

    /// Sends the query parameter `name=value` with every request.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Fetch {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Fills the placeholder `{name}` of paths. A resource all of whose arguments are given is fetched
    /// like one that needs none.
    #[must_use]
    pub fn argument(mut self, name: impl Into<String>, value: impl Into<String>) -> Fetch {
        self.arguments.push((name.into(), value.into()));
        self
    }

    /// Sets a setting, `{config.name}`, which otherwise comes from the environment.
    #[must_use]
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Fetch {
        self.settings.push((name.into(), value.into()));
        self
    }

    /// Sets a secret, `{secrets.name}`, which otherwise comes from the environment.
    #[must_use]
    pub fn secret(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Fetch {
        self.secrets.push((name.into(), value.into()));
        self
    }

    /// Words its errors for this caller.
    #[must_use]
    pub fn called_from(mut self, caller: Caller) -> Fetch {
        self.caller = caller;
        self
    }

    /// The same with its client made: its clones share connections, tokens and the rate limit.
    ///
    /// # Errors
    ///
    /// When a secret or setting is missing or unknown, or there can be no such client.
    pub fn connected(mut self) -> Result<Fetch, Failure> {
        self.connected = Some(self.client()?);
        Ok(self)
    }

    /// Sends requests to this address instead of the description's `base_url`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Fetch {
        self.base_url = Some(url.into());
        self
    }

    /// The largest number of records in a response, see
    /// [`ClientBuilder::max_page_records`](rest_source::ClientBuilder::max_page_records).
    #[must_use]
    pub fn max_page_records(mut self, records: u64) -> Fetch {
        self.max_page_records = Some(records);
        self
    }

    /// How many bytes the body of a response may have, see
    /// [`ClientBuilder::max_body_bytes`](rest_source::ClientBuilder::max_body_bytes).
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: u64) -> Fetch {
        self.max_body_bytes = Some(bytes);
        self
    }

    /// Resumes from the checkpoints of an earlier fetch.
    #[must_use]
    pub fn resume(mut self, checkpoints: Checkpoints) -> Fetch {
        self.checkpoints = checkpoints;
        self
    }

    /// Stores refresh tokens that the server rotates in this file, and begins with the newest.
    #[must_use]
    pub fn tokens(mut self, file: TokenFile) -> Fetch {
        self.tokens = Some(file);
        self
    }

    /// Shares the number of requests with other processes, see [`ClientBuilder::budget`](rest_source::ClientBuilder::budget).
    #[must_use]
    pub fn budget(mut self, budget: Arc<dyn Budget>) -> Fetch {
        self.budget = Some(budget);
        self
    }

    /// The file in which refresh tokens are stored.
    pub fn token_file(&self) -> Option<&TokenFile> {
        self.tokens.as_ref()
    }

    /// Passes every request to `look`, with secrets masked.
    #[must_use]
    pub fn on_request(mut self, look: impl Fn(&SentRequest) + Send + Sync + 'static) -> Fetch {
        self.on_request = Some(Arc::new(look));
        self
    }

    /// Loads by `replace` what each load would append once more: the resources with `append` or `skip` that
    /// are fetched as a whole each time. For tables that are loaded again and are to be what the server has.
    #[must_use]
    pub fn replacing(mut self) -> Fetch {
        let mut changed = self.plans.clone();
        for plan in &mut changed {
            let sharers = self.plans.iter().filter(|other| other.table_name == plan.table_name);
            // One that shares a table would take the rows of the others for gone.
            if appends_again(plan) && sharers.count() == 1 {
                let write_disposition = WriteDisposition::Replace;
                *plan = Link::from(ResourcePlan { write_disposition, ..(**plan).clone() });
            }
        }
        self.plans = changed;
        self
    }

    /// The source's name.
    pub fn name(&self) -> &str {
        &self.source.name
    }

    /// The plans of all resources of the description, also of those that are not fetched.
    pub fn plans(&self) -> &[Link<ResourcePlan>] {
        &self.plans
    }

    /// The settings that have a value, and which: one that was given, of the environment, or the default.
    pub fn settings(&self) -> Vec<(String, String)> {
        let names = self.source.config.iter().map(|input| &input.name);
        names.filter_map(|name| Some((name.to_string(), self.value_of(name)?))).collect()
    }

    /// The names of the resources that will be fetched.
    ///
    /// # Errors
    ///
    /// When a requested resource or argument does not exist.
    pub fn chosen(&self) -> Result<Vec<String>, Failure> {
        let chosen = choice::choose(&self.plans, &self.resources, &self.arguments, self.caller)?;
        Ok(chosen.iter().map(|plan| plan.name.to_string()).collect())
    }

    /// The resources that are skipped because their arguments are missing: the name of each, and its
    /// missing arguments.
    pub fn left_out(&self) -> Vec<(String, Vec<String>)> {
        choice::left_out(&self.plans, &self.resources, &self.arguments)
    }

    /// The resources that will be fetched, with their parameters and arguments.
    ///
    /// # Errors
    ///
    /// When the fetch could not begin, as for [`run`](Fetch::run).
    pub fn resources(&self) -> Result<Vec<AnyResource>, Failure> {
        let chosen = choice::choose(&self.plans, &self.resources, &self.arguments, self.caller)?;
        let client = self.client()?;
        Ok(chosen.into_iter().map(|plan| self.resource_of(&client, plan)).collect())
    }

    /// Cuts the fetch of each resource into at most so many slices, which other processes fetch by
    /// [`slice`](Fetch::slice); see [`rest_source::guide::slices`].
    ///
    /// # Errors
    ///
    /// When the fetch cannot begin, as for [`run`](Fetch::run); the first error of a request for a parent or for
    /// the first page.
    pub async fn slices(&self, most: usize) -> Result<Vec<Slice>, Failure> {
        let mut slices = Vec::new();
        for resource in self.resources()? {
            let start =
                Start::default().resume(self.checkpoints.get(&*resource.plan().name).cloned());
            slices.extend(resource.slices(start, most).await.map_err(Failure::Client)?);
        }
        Ok(slices)
    }

    /// The resource of a slice, of which only the slice is fetched. The fetch has to be made of the same
    /// description, with the same settings, parameters and arguments as the one that was cut.
    ///
    /// # Errors
    ///
    /// When the fetch cannot begin, as for [`run`](Fetch::run), or has no resource of this name.
    pub fn slice(&self, slice: &Slice) -> Result<AnyResource, Failure> {
        let names = [slice.resource().to_owned()];
        let chosen = choice::choose(&self.plans, &names, &self.arguments, self.caller)?;
        let client = self.client()?;
        let mut chosen = chosen.into_iter().map(|plan| self.resource_of(&client, plan));
        let resource = chosen.next().ok_or_else(|| {
            let what = format!("there is no resource `{}`", slice.resource());
            Failure::Client(rest_source::Error::other(what))
        })?;
        resource.slice(slice).map_err(Failure::Client)
    }

    /// Fetches, and hands each page to `on_page`. If one resource fails, the others continue; its error
    /// is in the report.
    ///
    /// # Errors
    ///
    /// When the fetch cannot begin: a secret is missing, a resource is not there. When `on_page`
    /// fails, with which the fetch ends.
    pub async fn run(
        self,
        mut on_page: impl FnMut(&Arrival<'_>) -> io::Result<()>,
    ) -> Result<Report, Failure> {
        let plans = choice::choose(&self.plans, &self.resources, &self.arguments, self.caller)?;
        let client = self.client()?;
        let pages = SourcePages::<Box<RawValue>>::new(&client, plans.clone(), |fetch| {
            let resume = self.checkpoints.get(&*fetch.plan().name).cloned();
            let fetch = self.refined(fetch);
            match resume {
                Some(checkpoint) => fetch.resume(checkpoint),
                None => fetch,
            }
        });
        let mut pages = pages.map_err(Failure::Client)?;
        let mut checkpoints = self.checkpoints;
        let mut report = Report::of(plans.iter().map(|plan| &*plan.name));
        while let Some((resource, page)) = pages.next().await {
            match page {
                Ok(page) => {
                    checkpoints.insert(resource.clone(), page.checkpoint.clone());
                    report.add(&resource, &page);
                    let arrival =
                        Arrival { resource: &resource, page: &page, checkpoints: &checkpoints };
                    match on_page(&arrival) {
                        // The reader has closed the output; a failure stays a failure.
                        Err(error)
                            if error.kind() == io::ErrorKind::BrokenPipe && report.has_failed() =>
                        {
                            break;
                        }
                        done => done.map_err(Failure::Output)?,
                    }
                }
                Err(error) => report.fail(&resource, error),
            }
        }
        if report.is_complete() {
            // The next fetch is another run.
            for plan in &plans {
                let last = checkpoints.remove(&*plan.name);
                if let Some(next) = last.and_then(|last| last.next_run()) {
                    checkpoints.insert(plan.name.to_string(), next);
                }
            }
        }
        report.checkpoints = checkpoints;
        Ok(report)
    }

    /// The same as a source, whose resources a loader fetches.
    ///
    /// # Errors
    ///
    /// When the fetch could not begin, as for [`run`](Fetch::run).
    pub fn into_source(self) -> Result<FetchSource, Failure> {
        let plans = choice::choose(&self.plans, &self.resources, &self.arguments, self.caller)?;
        let client = self.client()?;
        let resources = plans.into_iter().map(|plan| self.resource_of(&client, plan)).collect();
        Ok(FetchSource { name: self.source.name.to_string(), resources })
    }

    /// One resource as a fetch of its records as the server writes them, with their parameters, arguments and
    /// limit.
    ///
    /// # Errors
    ///
    /// When it is not there or an argument is missing, and when the fetch could not begin, as for
    /// [`run`](Fetch::run).
    pub fn records(&self, resource: &str) -> Result<rest_source::Fetch<Box<RawValue>>, Failure> {
        let plan = choice::choose_one(&self.plans, resource, &self.arguments, self.caller)?;
        let client = self.client()?;
        Ok(self.refined(rest_source::Fetch::of_plan(&client, plan)))
    }

    fn resource_of(&self, client: &Client, plan: Link<ResourcePlan>) -> AnyResource {
        let fetch = rest_source::Fetch::<AnyRecord>::of_plan(client, plan);
        AnyResource::of_fetch(self.refined(fetch))
    }

    /// The fetch of one resource with what holds for all of them.
    fn refined<T: FromRecord>(&self, mut fetch: rest_source::Fetch<T>) -> rest_source::Fetch<T> {
        if let Some(records) = self.limit {
            fetch = fetch.limit(records);
        }
        for (name, value) in &self.params {
            fetch = fetch.param(name, value);
        }
        for (name, value) in &self.arguments {
            fetch = fetch.argument(name, value.as_str());
        }
        fetch
    }
}

/// Whether each load of a resource appends all of its records once more.
pub fn appends_again(plan: &ResourcePlan) -> bool {
    let is_appended =
        matches!(plan.write_disposition, WriteDisposition::Append | WriteDisposition::Skip);
    // A range with an end leaves no place where the next run begins.
    let has_place = |plan: &&ResourcePlan| {
        plan.endpoint.incremental.as_ref().is_some_and(|range| range.end_value.is_none())
    };
    is_appended && !plan.line().iter().any(has_place)
}
