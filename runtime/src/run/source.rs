//! A source and its resources without their types: what a loader works with.

use std::{
    borrow::Cow,
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_core::Stream;
use serde_json::Value;

use super::{
    between, slices,
    stream::{Member, Run},
};
use crate::{
    Checkpoint, Client, Error, Fetch, FromRecord, Record, Rejected, Resource, Slice, Timestamp,
    Transfer,
    decode::rejected::Unfit,
    error::mask::Mask,
    fetch::{
        fetched::{Fetched, PageMetadata},
        from_record::{RawPage, Undecodable},
        options::Options,
    },
    plan::{Link, ResourcePlan, SourcePlan},
};

/// A source: a client and the resources that it serves. Generated clients implement it.
pub trait Source: Send + Sync {
    /// The source's name.
    fn name(&self) -> &str;

    /// Its resources, in the file's order.
    fn resources(&self) -> Vec<AnyResource>;
}

/// One resource of a [`Source`], its record type forgotten.
#[derive(Clone)]
pub struct AnyResource {
    plan: Cow<'static, ResourcePlan>,
    address: Option<String>,
    origin: Origin,
}

/// Where pages come from.
#[derive(Clone)]
enum Origin {
    Engine(Arc<Engine>),
    /// A function from outside this crate.
    Other(Arc<dyn Fn(Start) -> AnyPages + Send + Sync>),
}

/// How the engine fetches a resource whose type is forgotten.
#[derive(Clone)]
pub(crate) struct Engine {
    pub(crate) client: Client,
    pub(crate) plan: Link<ResourcePlan>,
    options: Options,
    decode: Decode,
}

/// How the records of a page are decoded, which most likely has so many, as
/// [`FromRecord::decode`] does it.
type Decode = fn(
    &RawPage<'_>,
    usize,
    Option<&mut Vec<Unfit>>,
) -> Result<(Box<dyn Records>, u64), Undecodable>;

impl Engine {
    /// What is asked for in a fetch that begins like this.
    pub(crate) fn options(&self, start: Start) -> Options {
        let Start { resume, set_aside, is_strict, appends } = start;
        let mut options = self.options.clone();
        options.resume = resume.or(options.resume);
        options.set_aside |= set_aside;
        options.is_strict |= is_strict;
        options.appends |= appends;
        options
    }

    /// Whether it may be fetched together with others: what it is refined by would be asked of
    /// them, too, or bounds it alone.
    pub(crate) fn is_plain(&self) -> bool {
        let Options { params, max_pages, limit, arguments, of_parent, slice, .. } = &self.options;
        let is_bounded = max_pages.is_some() || limit.is_some();
        let is_whole = !is_bounded && of_parent.is_none() && slice.is_none();
        is_whole && params.is_empty() && arguments.is_empty()
    }

    /// A page that was fetched, and how many records it has.
    pub(crate) fn decode(
        &self,
        member: &Member,
        mask: &Mask,
        mut fetched: Box<Fetched>,
    ) -> Result<(AnyPage, usize), Error> {
        let mut unfit = fetched.unfit.take();
        let page = RawPage { plan: &self.plan, fetched: &fetched };
        match (self.decode)(&page, member.likely, unfit.as_mut()) {
            Ok((records, discarded)) => {
                let PageMetadata { number, checkpoint, transfer, rejected, .. } =
                    fetched.around(unfit, mask);
                let count = records.len();
                let page = AnyPage { records, number, checkpoint, transfer, rejected, discarded };
                Ok((page, count))
            }
            Err(Undecodable(fault)) => Err(fetched.fault(fault)),
        }
    }
}

/// Where and how a fetch of an [`AnyResource`] begins.
///
/// ```
/// use rest_source::{Checkpoint, Start};
///
/// let start = Start::default().resume(Some(Checkpoint::default())).strict(true);
/// assert!(start.is_strict && !start.appends);
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Start {
    /// Continue after the page that this checkpoint came with.
    pub resume: Option<Checkpoint>,
    /// Whether records that cannot be decoded are set aside, in [`AnyPage::rejected`], where they
    /// would fail the fetch; see
    /// [`Fetch::set_aside`](crate::Fetch::set_aside).
    pub set_aside: bool,
    /// Whether a page that contradicts that everything has come fails the fetch: status 204, `null`
    /// in place of the records, a page without records before the total is reached, a total that
    /// changes, links or page cursors that end before as much has come as the response announces. For
    /// loads that take what does not come for deleted.
    pub is_strict: bool,
    /// Whether a resumed fetch fails that cannot tell which records have come, where it would give some
    /// a second time with a warning. For loads that append.
    pub appends: bool,
}

impl Start {
    /// Sets [`resume`](Start#structfield.resume).
    #[must_use]
    pub fn resume(self, resume: Option<Checkpoint>) -> Start {
        Start { resume, ..self }
    }

    /// Sets [`set_aside`](Start#structfield.set_aside).
    #[must_use]
    pub fn set_aside(self, set_aside: bool) -> Start {
        Start { set_aside, ..self }
    }

    /// Sets [`is_strict`](Start#structfield.is_strict).
    #[must_use]
    pub fn strict(self, is_strict: bool) -> Start {
        Start { is_strict, ..self }
    }

    /// Sets [`appends`](Start#structfield.appends).
    #[must_use]
    pub fn appends(self, appends: bool) -> Start {
        Start { appends, ..self }
    }
}

/// The pages of an [`AnyResource`].
pub type AnyPages = Pin<Box<dyn Stream<Item = Result<AnyPage, Error>> + Send>>;

/// A page whose record type is forgotten.
#[non_exhaustive]
pub struct AnyPage {
    /// The records, in the server's order.
    pub records: Box<dyn Records>,
    /// The page's number in this fetch, from 1; a fetch that is resumed continues to count.
    pub number: u64,
    /// Where a fetch continues after this page.
    pub checkpoint: Checkpoint,
    /// What it took to fetch it.
    pub transfer: Transfer,
    /// The records that cannot be decoded, if they are set aside.
    pub rejected: Vec<Rejected>,
    /// How many records the `schema_contract` leaves out, `discard_row`.
    pub discarded: u64,
}

impl AnyPage {
    /// A page of these records. Nothing is said of its transfer, and no record is set aside or left out.
    pub fn new(records: Box<dyn Records>, number: u64, checkpoint: Checkpoint) -> AnyPage {
        AnyPage {
            records,
            number,
            checkpoint,
            transfer: Transfer::default(),
            rejected: Vec::new(),
            discarded: 0,
        }
    }
}

/// A list of records of one type, read through [`Record`].
pub trait Records: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at `index`, which is below [`len`](Records::len).
    fn get(&self, index: usize) -> &dyn Record;
}

impl<T: Record> Records for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> &dyn Record {
        &self[index]
    }
}

impl AnyResource {
    /// The resource of record type `T`, fetched by `client`.
    pub fn of<T: Resource>(client: &Client) -> AnyResource {
        AnyResource::of_fetch(Fetch::<T>::new(client))
    }

    /// The resource of this fetch, as it is refined: with its parameters, say. Of a plan that is made
    /// at run time it is a `Fetch` of [`AnyRecord`](crate::AnyRecord)s.
    pub fn of_fetch<T: FromRecord + Record>(fetch: Fetch<T>) -> AnyResource {
        let (client, plan, options) = fetch.into_parts();
        let decode: Decode = |page, likely, unfit| {
            let mut records = Vec::<T>::with_capacity(likely);
            let discarded = T::decode(page, &mut records, unfit)?;
            Ok((Box::new(records), discarded))
        };
        AnyResource::of_engine(Engine { client, plan, options, decode })
    }

    /// Apart, so that programs do not compile it for each of their resources.
    fn of_engine(engine: Engine) -> AnyResource {
        let plan = match &engine.plan {
            Link::Static(plan) => Cow::Borrowed(*plan),
            Link::Shared(plan) => Cow::Owned((**plan).clone()),
        };
        let address = Some(engine.client.base_url());
        AnyResource { plan, address, origin: Origin::Engine(Arc::new(engine)) }
    }

    /// A resource whose pages come from `open`.
    pub fn new(
        plan: Cow<'static, ResourcePlan>,
        open: impl Fn(Start) -> AnyPages + Send + Sync + 'static,
    ) -> AnyResource {
        AnyResource { plan, address: None, origin: Origin::Other(Arc::new(open)) }
    }

    /// The same resource, said to be served at this address. A loader does not continue at one
    /// address what it began at another.
    #[must_use]
    pub fn at(mut self, address: impl Into<String>) -> AnyResource {
        self.address = Some(address.into());
        self
    }

    /// The base URL of the server that serves it, without secrets. `None` for one that is made by
    /// [`new`](AnyResource::new) and not told by [`at`](AnyResource::at).
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The query parameters and arguments that its fetch is refined by, as names and JSON text. A
    /// loader does not continue with others what it began with these.
    pub fn refined_by(&self) -> Vec<(String, String)> {
        let Some(engine) = self.engine() else { return Vec::new() };
        let Options { params, arguments, of_parent, slice, .. } = &engine.options;
        let of_parent = of_parent.iter().flatten();
        let of_parent = of_parent.map(|record| ("of_parent".to_owned(), record.clone()));
        let params = params.iter().map(|(name, value)| (name, Value::from(value.as_str())));
        let arguments = arguments.iter().map(|(name, value)| (name, value.clone()));
        let named = params.chain(arguments).map(|(name, value)| (name.clone(), value.to_string()));
        let slice = slice.iter().map(|slice| {
            let of = format!("{} of {}", slice.number(), slice.count());
            ("slice".to_owned(), Value::from(of).to_string())
        });
        named.chain(of_parent).chain(slice).collect()
    }

    /// The plan of the source that it is one of. `None` for one whose pages come from elsewhere.
    pub fn source(&self) -> Option<&SourcePlan> {
        self.engine().map(|engine| &*engine.client.inner().plan)
    }

    /// The value of a setting, `{config.name}`, with which it is fetched. A loader does not continue
    /// with one what it began with another. `None` too of one that is optional and has no value; one that
    /// is relative to a run is as it was set, `now - 2 years`.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.engine()?.client.inner().inputs.config(name).ok().flatten()
    }

    /// Where its records come from and what describes them.
    pub fn plan(&self) -> &ResourcePlan {
        &self.plan
    }

    /// Begins to fetch.
    pub fn pages(&self, start: Start) -> AnyPages {
        match &self.origin {
            Origin::Engine(engine) => {
                let (client, plan) = (engine.client.clone(), engine.plan.clone());
                let run = Run::of_one(client, plan, engine.options(start));
                Box::pin(Untyped { run, engine: Arc::clone(engine) })
            }
            Origin::Other(open) => open(start),
        }
    }

    /// Cuts its fetch into at most `most` slices, as [`Fetch::slices`] does.
    ///
    /// # Errors
    ///
    /// As for [`Fetch::slices`]; if its pages come from elsewhere.
    pub async fn slices(&self, start: Start, most: usize) -> Result<Vec<Slice>, Error> {
        let engine = self.sliceable()?;
        slices::cut(&engine.client, &engine.plan, &engine.options(start), most).await
    }

    /// The same resource, of which only this slice is fetched, see [`Fetch::slice`]. A
    /// [start](Start) without a checkpoint begins where the slice does.
    ///
    /// # Errors
    ///
    /// If its pages come from elsewhere. That the slice is one of another fetch is an error of the first page.
    pub fn slice(&self, slice: &Slice) -> Result<AnyResource, Error> {
        let engine = self.sliceable()?;
        let options = Options { slice: Some(Arc::new(slice.clone())), ..engine.options.clone() };
        Ok(self.refined(Engine { options, ..engine.clone() }))
    }

    /// Whether only a slice of it is fetched.
    pub fn is_slice(&self) -> bool {
        self.engine().is_some_and(|engine| engine.options.slice.is_some())
    }

    /// From where to where it can be read as a stream now: the first moment of its
    /// [`incremental`](crate::guide::incremental) range, if it has one, and the last one at which a part may end.
    /// That is so long ago that records of it are there: `delay`, or a minute.
    ///
    /// # Errors
    ///
    /// If parts of its range would have records in common, or neither of them one that is there: the error says why.
    pub fn reach(&self, delay: Option<Duration>) -> Result<(Option<Timestamp>, Timestamp), Error> {
        let engine = self.sliceable()?;
        between::reach(&engine.client, &engine.plan, delay)
    }

    /// The same resource, of which only the records of its range from one moment on to before another one are
    /// fetched. It leaves no state, and fetches the same range again whenever it is fetched.
    ///
    /// # Errors
    ///
    /// As for [`reach`](AnyResource::reach).
    pub fn between(&self, from: Option<Timestamp>, until: Timestamp) -> Result<AnyResource, Error> {
        let engine = self.sliceable()?;
        let plan = between::part(&engine.client, &engine.plan, from, until)?;
        Ok(self.refined(Engine { plan: Link::from(plan), ..engine.clone() }))
    }

    /// The checkpoint of the whole fetch, of the last checkpoints of all of its slices, see
    /// [`Fetch::joined`].
    ///
    /// # Errors
    ///
    /// As for [`Fetch::joined`].
    pub fn joined(
        &self,
        start: Start,
        ended: impl IntoIterator<Item = (Slice, Checkpoint)>,
    ) -> Result<Checkpoint, Error> {
        let engine = self.sliceable()?;
        slices::joined(&engine.client, &engine.plan, &engine.options(start), ended)
    }

    /// The same resource, fetched in another way.
    fn refined(&self, engine: Engine) -> AnyResource {
        AnyResource { address: self.address.clone(), ..AnyResource::of_engine(engine) }
    }

    fn sliceable(&self) -> Result<&Engine, Error> {
        self.engine().map(|engine| &**engine).ok_or_else(|| {
            let what = "its pages come from a function, which can be neither cut into slices nor read as a stream";
            Error::config(what).of_resource(&self.plan.name)
        })
    }

    /// How the engine fetches it, unless its pages come from elsewhere.
    pub(crate) fn engine(&self) -> Option<&Arc<Engine>> {
        match &self.origin {
            Origin::Engine(engine) => Some(engine),
            Origin::Other(_) => None,
        }
    }
}

/// Pages whose record type is forgotten.
struct Untyped {
    run: Run,
    engine: Arc<Engine>,
}

impl Stream for Untyped {
    type Item = Result<AnyPage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Untyped { run, engine } = &mut *self;
        run.poll_one(cx, |_, member, mask, fetched| engine.decode(member, mask, fetched))
    }
}

impl fmt::Debug for AnyResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyResource")
            .field("address", &self.address)
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}
