//! What a user asks of a resource before it is fetched.

use std::{fmt, marker::PhantomData, sync::Arc};

use serde::Serialize;

use super::slices;
use crate::{
    Checkpoint, Client, Error, FromRecord, Pages, RecordStream, Resource, Slice,
    error::{Kind, Misread},
    fetch::options::Options,
    plan::{Link, ResourcePlan},
};

/// A fetch of a resource: refined by its methods, then begun as [`pages`](Fetch::pages) or
/// [`stream`](Fetch::stream), or carried out by [`all`](Fetch::all) or [`one`](Fetch::one).
///
/// Nothing is sent before the stream is first polled. While a page is in use the next one is
/// already fetched, and no more than that one; dropping the stream cancels its request.
///
/// ```
/// use rest_source::{Client, Error, Fetch, Resource};
///
/// async fn sample<T: Resource>(client: &Client) -> Result<Vec<T>, Error> {
///     Fetch::<T>::new(client).param("status", "paid").page_size(20).limit(20).all().await
/// }
/// ```
#[must_use = "nothing is fetched before records or pages are asked for"]
pub struct Fetch<T> {
    client: Client,
    plan: Link<ResourcePlan>,
    options: Options,
    record: PhantomData<fn() -> T>,
}

impl<T: Resource> Fetch<T> {
    /// A fetch of everything that the resource has.
    pub fn new(client: &Client) -> Fetch<T> {
        Fetch::of_plan(client, Link::Static(T::PLAN))
    }
}

impl<T: FromRecord> Fetch<T> {
    /// A fetch of everything that the resource of this plan has; for plans that are made at run time,
    /// with [`serde_json::Value`] as records.
    pub fn of_plan(client: &Client, plan: impl Into<Link<ResourcePlan>>) -> Fetch<T> {
        let (client, plan) = (client.clone(), plan.into());
        Fetch { client, plan, options: Options::default(), record: PhantomData }
    }

    /// The plan of the resource that is fetched.
    pub fn plan(&self) -> &Link<ResourcePlan> {
        &self.plan
    }

    pub(crate) fn into_parts(self) -> (Client, Link<ResourcePlan>, Options) {
        (self.client, self.plan, self.options)
    }

    /// Sends the query parameter `name=value` with every request, in place of one with this
    /// name that the file or an earlier call has set. The paginator's page cursor goes over it. Where
    /// the server gives the next address, it is that which says what the next request has.
    #[expect(clippy::needless_pass_by_value, reason = "a call reads better with a value")]
    pub fn param(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let name = name.into();
        self.options.params.retain(|(set, _)| *set != name);
        self.options.params.push((name, value.to_string()));
        self
    }

    /// Fills the gap `{name}` of the path. Generated functions take such values as arguments.
    pub fn argument(
        mut self,
        name: impl Into<String>,
        value: impl Into<serde_json::Value>,
    ) -> Self {
        self.options.arguments.push((name.into(), value.into()));
        self
    }

    /// Asks the server for pages of this many records, by the parameter that the file's paginator
    /// names for it. A server may send fewer. Fails for a paginator that has no such parameter, and for
    /// `auto`, which does not know it: there [`param`](Fetch::param) sets the one that the server has.
    pub fn page_size(mut self, records: u64) -> Self {
        self.options.page_size = Some(records);
        self
    }

    /// Ends after this many pages, also when there are more. The server sees as many requests, and
    /// their retries, and no others.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.options.max_pages = Some(pages);
        self
    }

    /// Ends when this many records have come, also when there are more. The server sees no request
    /// beyond the page that has the last of them; that one is not read ahead, so this fetch is
    /// sequential. [`pages`](Fetch::pages) still gives that page whole, as its checkpoint continues
    /// after it.
    pub fn limit(mut self, records: u64) -> Self {
        self.options.limit = Some(records);
        self
    }

    /// Continues after the page that this checkpoint came with. The first request that the server
    /// sees is the one for the page after it; after the last page it sees none.
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {
        self.options.resume = Some(checkpoint);
        self
    }

    /// Fetches the children of this record of the parent only. The server sees no request for the
    /// parent. The record needs only the fields that the child takes from it: its key, mostly.
    ///
    /// ```
    /// use rest_source::{Client, Error, Fetch, Resource};
    ///
    /// async fn of_the_first<Comment: Resource>(client: &Client) -> Result<Vec<Comment>, Error> {
    ///     Fetch::new(client).of_parent(serde_json::json!({"id": 1})).all().await
    /// }
    /// ```
    pub fn of_parent(mut self, record: impl Serialize) -> Self {
        let record = serde_json::to_string(&record);
        self.options.of_parent = Some(record.map_err(|error| {
            format!("the record of the parent cannot be written as JSON: {error}").into()
        }));
        self
    }

    /// Sets records that cannot be decoded aside, where they would fail the fetch: a value that does
    /// not fit its column, a field that is missing and may not be, an incremental cursor without a
    /// place in its range, a field that `schema_contract: freeze` does not let in. They are in
    /// [`Page::rejected`](crate::Page::rejected), each with its text and what is wrong with it, and do
    /// not count as records. From [`stream`](Fetch::stream) and [`all`](Fetch::all), which do not show
    /// them, they are told by an event of `tracing`. What is wrong with a whole page still fails
    /// it. The server sees no difference.
    pub fn set_aside(mut self) -> Self {
        self.options.set_aside = true;
        self
    }

    /// Cuts the fetch into at most `most` slices, which other processes can fetch at the same time; see the
    /// [guide](crate::guide::slices). All slices together give the records of the whole fetch, each once, and
    /// in their order those of the whole fetch. What cannot be cut is one slice, which
    /// [says why](Slice::uncut); what has nothing to fetch has none.
    ///
    /// The server sees the requests for the parents, if the resource has any, and for the first page, if pages
    /// are counted. With [`resume`](Fetch::resume) and the checkpoint of a
    /// [next run](Checkpoint::next_run), the slices are of that run.
    ///
    /// # Errors
    ///
    /// The first error of these requests; outside of a Tokio runtime.
    pub async fn slices(&self, most: usize) -> Result<Vec<Slice>, Error> {
        slices::cut(&self.client, &self.plan, &self.options, most).await
    }

    /// Fetches this slice only. It has to be one of the same fetch: of the same description, server, settings
    /// and parameters, which is an error before anything is requested if it is not. With
    /// [`resume`](Fetch::resume) it continues after a page of the slice.
    pub fn slice(mut self, slice: &Slice) -> Self {
        self.options.slice = Some(Arc::new(slice.clone()));
        self
    }

    /// The checkpoint of the whole fetch, of the last checkpoints of all of its slices. Its
    /// [`next_run`](Checkpoint::next_run) begins after what all of them have seen. The fetch is the one whose
    /// [`slices`](Fetch::slices) they are, with the same checkpoint to resume from.
    ///
    /// # Errors
    ///
    /// If a slice is missing, is not one of this fetch, or has a checkpoint that is not that of its last page.
    pub fn joined(
        &self,
        ended: impl IntoIterator<Item = (Slice, Checkpoint)>,
    ) -> Result<Checkpoint, Error> {
        slices::joined(&self.client, &self.plan, &self.options, ended)
    }

    /// The pages, each with the checkpoint that continues after it. The server sees one request for
    /// each, and one more is under way while a page is in use.
    pub fn pages(self) -> Pages<T> {
        Pages::new(self.client, self.plan, self.options)
    }

    /// The records of all pages, one by one. The server sees the same requests as for
    /// [`pages`](Fetch::pages).
    pub fn stream(self) -> RecordStream<T> {
        RecordStream::new(self.pages())
    }

    /// All records at once. The server sees the same requests as for [`pages`](Fetch::pages); the
    /// records of all pages are kept in memory.
    ///
    /// # Errors
    ///
    /// The first error of the fetch; the records that came before it are dropped.
    pub async fn all(self) -> Result<Vec<T>, Error> {
        let mut stream = self.stream();
        let mut all = Vec::new();
        while let Some(record) = stream.try_next().await? {
            all.push(record);
        }
        Ok(all)
    }

    /// The single record that the resource has, or `None` if it has none or the server answers with
    /// status 404. The server sees one request, unless a page is empty and says that it is not the
    /// last one.
    ///
    /// # Errors
    ///
    /// When there are several records; else the first error of the fetch.
    pub async fn one(self) -> Result<Option<T>, Error> {
        let resource = self.plan.name.clone();
        // A second record is enough to know.
        let limit = self.options.limit.unwrap_or(2).min(2);
        let mut stream = self.limit(limit).stream();
        let record = match stream.try_next().await {
            Ok(record) => record,
            Err(error) if error.status() == Some(404) && error.page() == Some(1) => None,
            Err(error) => return Err(error),
        };
        if record.is_some() && stream.try_next().await?.is_some() {
            let what = "expected a single record, found several".to_owned();
            let misread = Misread { what, ..Misread::default() };
            return Err(Error::new(Kind::Decode(misread)).of_resource(&resource));
        }
        Ok(record)
    }
}

impl<T> Clone for Fetch<T> {
    fn clone(&self) -> Self {
        let (client, plan) = (self.client.clone(), self.plan.clone());
        Fetch { client, plan, options: self.options.clone(), record: PhantomData }
    }
}

impl<T> fmt::Debug for Fetch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A parameter may have a secret as its value.
        let options = self.client.inner().mask.apply(&format!("{:?}", self.options));
        f.debug_struct("Fetch")
            .field("resource", &self.plan.name)
            .field("options", &format_args!("{options}"))
            .finish_non_exhaustive()
    }
}
