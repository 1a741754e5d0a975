#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp {}
#[derive(Clone, Default)]
pub struct Extra {}
#[derive(Clone)]
pub struct AnyResource {}
#[derive(Clone)]
pub struct Client();
#[derive(Clone)]
pub struct Json();
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transfer {
    pub bytes: u64,
    pub retries: u32,
    pub elapsed: Duration,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    Config,
    Auth,
    Status,
    Connect,
    Timeout,
    Broken,
    Redirect,
    TooLarge,
    Decode,
    Undecided,
    Stuck,
    Incomplete,
    WouldRepeat,
    Parent,
    Cancelled,
    Other,
}
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FieldRef<'a> {
    Null,
    Text(&'a str),
    Bigint(i64),
    Double(f64),
    Bool(bool),
    Timestamp(Timestamp),
    DateTime(DateTime),
    Date(Date),
    Time(Time),
    Decimal(Decimal),
    Wei(&'a Wei),
    Json(&'a Json),
    Binary(&'a [u8]),
    Record(&'a dyn Record),
    List(&'a dyn List),
}
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Start {
    pub resume: Option<Checkpoint>,
    pub set_aside: bool,
    pub is_strict: bool,
    pub appends: bool,
}
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Checkpoint {}
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Detected {
    pub data_selector: Option<String>,
    pub paginator: Option<String>,
}
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    pub record: String,
    pub number: u64,
    pub field: Option<String>,
    pub reason: String,
}
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slice {}
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    pub records: Vec<T>,
    pub number: u64,
    pub checkpoint: Checkpoint,
    pub transfer: Transfer,
    pub detected: Detected,
    pub rejected: Vec<Rejected>,
    pub discarded: u64,
}
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SentRequest {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    pub status: Option<u16>,
    pub elapsed: Duration,
}
#[derive(Debug, Clone)]
pub struct TokenFile {}
#[derive(Debug)]
#[non_exhaustive]
pub enum FieldMut<'a> {
    Text(Place<'a, String>),
    Bigint(Place<'a, i64>),
    Double(Place<'a, f64>),
    Bool(Place<'a, bool>),
    Timestamp(Place<'a, Timestamp>),
    DateTime(Place<'a, DateTime>),
    Date(Place<'a, Date>),
    Time(Place<'a, Time>),
    Decimal(Place<'a, Decimal>),
    Wei(Place<'a, Wei>),
    Json(Place<'a, Json>),
    Binary(Place<'a, Vec<u8>>),
    Word(&'a mut dyn WordPlace),
    Record(&'a mut dyn RecordPlace),
    List(&'a mut dyn ListPlace),
    Nothing,
}
#[derive(Debug)]
pub enum Place<'a, T> {
    Nullable(&'a mut Option<T>),
    Required(&'a mut T),
}
#[doc(hidden)]
pub mod __private {
    #[derive(Debug, Clone)]
    pub struct Tree {}
    #[derive(Debug)]
    pub struct StandIn;
    #[doc(hidden)]
    pub fn is_deleted(record: &dyn Record) -> bool {}
    #[must_use = "dropping the pages stops the fetch"]
    pub struct SourcePages<T> {}
    pub fn decode<T: Resource>(body: &str, likely: usize) -> Result<Vec<T>, Error> {}
    pub mod v1 {
        #[derive(Debug, Clone, Copy, PartialEq)]
        #[non_exhaustive]
        pub enum FieldRef<'a> {
            Null,
            Text(&'a str),
            Bigint(i64),
            Double(f64),
            Bool(bool),
            Timestamp(Timestamp),
            DateTime(DateTime),
            Date(Date),
            Time(Time),
            Decimal(Decimal),
            Wei(&'a Wei),
            Json(&'a Json),
            Binary(&'a [u8]),
            Record(&'a dyn Record),
            List(&'a dyn List),
        }
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum FieldMut<'a> {
            Text(Place<'a, String>),
            Bigint(Place<'a, i64>),
            Double(Place<'a, f64>),
            Bool(Place<'a, bool>),
            Timestamp(Place<'a, Timestamp>),
            DateTime(Place<'a, DateTime>),
            Date(Place<'a, Date>),
            Time(Place<'a, Time>),
            Decimal(Place<'a, Decimal>),
            Wei(Place<'a, Wei>),
            Json(Place<'a, Json>),
            Binary(Place<'a, Vec<u8>>),
            Word(&'a mut dyn WordPlace),
            Record(&'a mut dyn RecordPlace),
            List(&'a mut dyn ListPlace),
            Nothing,
        }
        pub fn deserialize<'de, T: Resource, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<T, D::Error> {}
        pub fn deserialize_nested<'de, T: Record + Default, D: Deserializer<'de>>(
            columns: &[Column],
            contract: SchemaContract,
            deserializer: D,
        ) -> Result<T, D::Error> {}
        pub fn deserialize_word<'de, T: Word, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<T, D::Error> {}
        pub fn serialize<S: Serializer>(
            record: &dyn Record,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {}
        pub trait Field: Send + Sync + 'static {
            fn field(&self) -> FieldRef<'_>;
            fn field_mut(&mut self) -> FieldMut<'_>;
        }
        pub trait FieldValue: Sized + Send + Sync + 'static {
            fn value(&self) -> FieldRef<'_>;
            fn place(place: &mut Self) -> FieldMut<'_>;
            fn nullable_place(place: &mut Option<Self>) -> FieldMut<'_>;
        }
        pub trait Word: Send + Sync + 'static {
            fn as_str(&self) -> &str;
            fn of(word: &str) -> Self;
        }
        pub use serde;
    }
    pub type ResourcePage<T> = (String, Result<Page<T>, Error>);
}
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder {}
#[must_use = "nothing is fetched before records or pages are asked for"]
pub struct Fetch<T> {}
#[must_use = "streams fetch nothing until they are polled"]
pub struct Pages<T> {}
#[must_use = "streams fetch nothing until they are polled"]
pub struct RecordStream<T> {}
#[non_exhaustive]
pub struct AnyPage {
    pub records: Box<dyn Records>,
    pub number: u64,
    pub checkpoint: Checkpoint,
    pub transfer: Transfer,
    pub rejected: Vec<Rejected>,
    pub discarded: u64,
}
pub mod guide {
    pub mod auth {}
    pub mod checkpoints {}
    pub mod children {}
    pub mod errors {}
    pub mod formats {}
    pub mod http_client {}
    pub mod incremental {}
    pub mod lists {}
    pub mod pagination {}
    pub mod rate_limits {}
    pub mod records {}
    pub mod retry {}
    pub mod settings {}
    pub mod slices {}
}
pub struct AnyRecord {}
pub struct Error();
pub struct NextRequest<'a>();
pub struct Outgoing<'a> {}
pub struct PageResponse<'a> {}
pub trait Authenticate: Send + Sync + 'static {
    fn authenticate(
        &self,
        request: &mut Outgoing<'_>,
    ) -> impl Future<Output = Result<(), Error>> + Send;
    fn renew(&self) -> impl Future<Output = Result<bool, Error>> + Send {}
}
pub trait Budget: Send + Sync + 'static {
    fn acquire(&self) -> BudgetFuture<'_>;
    fn hold(&self, wait: Duration) -> BudgetFuture<'_>;
}
pub trait Field: Send + Sync + 'static {
    fn field(&self) -> FieldRef<'_>;
    fn field_mut(&mut self) -> FieldMut<'_>;
}
pub trait FieldValue: Sized + Send + Sync + 'static {
    fn value(&self) -> FieldRef<'_>;
    fn place(place: &mut Self) -> FieldMut<'_>;
    fn nullable_place(place: &mut Option<Self>) -> FieldMut<'_>;
}
pub trait FromRecord: sealed::Sealed + Sized + Send + Sync + 'static {
    #[doc(hidden)]
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<Self>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable>;
}
pub trait List: Send + Sync {
    fn len(&self) -> usize;
    fn is_empty(&self) -> bool {}
    fn get(&self, index: usize) -> FieldRef<'_>;
}
pub trait ListPlace {
    fn clear(&mut self) -> bool;
    fn fill(&mut self);
    fn add(&mut self) -> FieldMut<'_>;
}
pub trait Paginate: Send + Sync {
    fn ask(&self, request: &mut NextRequest<'_>);
    fn advance(&mut self, response: &PageResponse<'_>) -> Result<bool, Fault>;
    fn state(&self) -> Value;
    fn restore(&mut self, state: Value) -> Result<(), Fault>;
}
pub trait Record: Send + Sync + 'static {
    fn columns(&self) -> &[Column];
    fn field(&self, index: usize) -> FieldRef<'_>;
    fn field_mut(&mut self, index: usize) -> FieldMut<'_>;
    fn extra(&self) -> &Extra;
    fn extra_mut(&mut self) -> &mut Extra;
}
pub trait RecordPlace {
    fn clear(&mut self) -> bool;
    fn fill(&mut self) -> &mut dyn Record;
}
pub trait Records: Send + Sync {
    fn len(&self) -> usize;
    fn is_empty(&self) -> bool {}
    fn get(&self, index: usize) -> &dyn Record;
}
pub trait Resource: Record + Default {
    const PLAN: &'static ResourcePlan;
}
pub trait Source: Send + Sync {
    fn name(&self) -> &str;
    fn resources(&self) -> Vec<AnyResource>;
}
pub trait TokenStore: Send + Sync + 'static {
    fn load(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<Option<SecretString>, Error>> + Send;
    fn keep(
        &self,
        name: &str,
        token: &SecretString,
    ) -> impl Future<Output = Result<(), Error>> + Send;
    fn lock(&self, name: &str) -> impl Future<Output = Result<TokenLock, Error>> + Send {}
}
pub trait Word: Send + Sync + 'static {
    fn as_str(&self) -> &str;
    fn of(word: &str) -> Self;
}
pub trait WordPlace {
    fn clear(&mut self) -> bool;
    fn fill(&mut self, word: &str);
}
pub type AnyPages = Pin<Box<dyn Stream<Item = Result<AnyPage, Error>> + Send>>;
pub type BudgetFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;
pub type TokenLock = Box<dyn Any + Send>;
pub use jiff::civil::Date;
pub use jiff::civil::DateTime;
pub use jiff::civil::Time;
pub use jiff;
pub use num_bigint::BigInt as Wei;
pub use num_bigint;
pub use reqwest;
pub use rest_source_macros::rest_source;
pub use rest_source_plan as plan;
pub use rust_decimal::Decimal;
pub use rust_decimal;
pub use secrecy::ExposeSecret;
pub use secrecy::SecretString;
pub use secrecy;
pub use serde_json;
impl<'a> FromIterator<(&'a str, &'a str)> for Extra {}
impl<'a> Outgoing<'a> {
    pub fn method(&self) -> &str {}
    pub fn url(&self) -> &str {}
    pub fn body(&self) -> &[u8] {}
    pub fn header(&self, name: &str) -> Option<&str> {}
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Error> {}
    pub fn set_param(&mut self, name: &str, value: &str) {}
}
impl<'a> PageResponse<'a> {
    pub fn body(&self) -> &'a str {}
    pub fn status(&self) -> u16 {}
    pub fn headers(&self) -> &'a HeaderMap {}
    pub fn url(&self) -> &'a Url {}
    pub fn records(&self) -> &[&'a RawValue] {}
}
impl<'de> Deserialize<'de> for Extra {}
impl<'de> Deserialize<'de> for Json {}
impl<'de> Deserialize<'de> for Timestamp {}
impl<T: FromRecord> Fetch<T> {
    pub fn of_plan(client: &Client, plan: impl Into<Link<ResourcePlan>>) -> Fetch<T> {}
    pub fn plan(&self) -> &Link<ResourcePlan> {}
    pub fn param(mut self, name: impl Into<String>, value: impl ToString) -> Self {}
    pub fn argument(
        mut self,
        name: impl Into<String>,
        value: impl Into<serde_json::Value>,
    ) -> Self {}
    pub fn page_size(mut self, records: u64) -> Self {}
    pub fn max_pages(mut self, pages: u64) -> Self {}
    pub fn limit(mut self, records: u64) -> Self {}
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {}
    pub fn of_parent(mut self, record: impl Serialize) -> Self {}
    pub fn set_aside(mut self) -> Self {}
    pub async fn slices(&self, most: usize) -> Result<Vec<Slice>, Error> {}
    pub fn slice(mut self, slice: &Slice) -> Self {}
    pub fn joined(
        &self,
        ended: impl IntoIterator<Item = (Slice, Checkpoint)>,
    ) -> Result<Checkpoint, Error> {}
    pub fn pages(self) -> Pages<T> {}
    pub fn stream(self) -> RecordStream<T> {}
    pub async fn all(self) -> Result<Vec<T>, Error> {}
    pub async fn one(self) -> Result<Option<T>, Error> {}
}
impl<T: FromRecord> Pages<T> {
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {}
}
impl<T: FromRecord> RecordStream<T> {
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {}
}
impl<T: FromRecord> SourcePages<T> {
    pub fn new(
        client: &Client,
        plans: impl IntoIterator<Item = impl Into<Link<ResourcePlan>>>,
        refine: impl Fn(Fetch<T>) -> Fetch<T>,
    ) -> Result<SourcePages<T>, Error> {}
    pub async fn next(&mut self) -> Option<ResourcePage<T>> {}
}
impl<T: FromRecord> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;
}
impl<T: FromRecord> Stream for RecordStream<T> {
    type Item = Result<T, Error>;
}
impl<T: Resource> Fetch<T> {
    pub fn new(client: &Client) -> Fetch<T> {}
}
impl<T> Clone for Fetch<T> {}
impl<T> Unpin for RecordStream<T> {}
impl<T> fmt::Debug for Fetch<T> {}
impl<T> fmt::Debug for Pages<T> {}
impl<T> fmt::Debug for RecordStream<T> {}
impl<T> fmt::Debug for SourcePages<T> {}
impl AnyPage {
    pub fn new(
        records: Box<dyn Records>,
        number: u64,
        checkpoint: Checkpoint,
    ) -> AnyPage {}
}
impl AnyResource {
    pub fn of<T: Resource>(client: &Client) -> AnyResource {}
    pub fn of_fetch<T: FromRecord + Record>(fetch: Fetch<T>) -> AnyResource {}
    pub fn new(
        plan: Cow<'static, ResourcePlan>,
        open: impl Fn(Start) -> AnyPages + Send + Sync + 'static,
    ) -> AnyResource {}
    #[must_use]
    pub fn at(mut self, address: impl Into<String>) -> AnyResource {}
    pub fn address(&self) -> Option<&str> {}
    pub fn refined_by(&self) -> Vec<(String, String)> {}
    pub fn source(&self) -> Option<&SourcePlan> {}
    pub fn setting(&self, name: &str) -> Option<&str> {}
    pub fn plan(&self) -> &ResourcePlan {}
    pub fn pages(&self, start: Start) -> AnyPages {}
    pub async fn slices(&self, start: Start, most: usize) -> Result<Vec<Slice>, Error> {}
    pub fn slice(&self, slice: &Slice) -> Result<AnyResource, Error> {}
    pub fn is_slice(&self) -> bool {}
    pub fn reach(
        &self,
        delay: Option<Duration>,
    ) -> Result<(Option<Timestamp>, Timestamp), Error> {}
    pub fn between(
        &self,
        from: Option<Timestamp>,
        until: Timestamp,
    ) -> Result<AnyResource, Error> {}
    pub fn joined(
        &self,
        start: Start,
        ended: impl IntoIterator<Item = (Slice, Checkpoint)>,
    ) -> Result<Checkpoint, Error> {}
}
impl Checkpoint {
    pub fn is_end(&self) -> bool {}
    pub fn since(&self, earlier: &Checkpoint) -> Option<Checkpoint> {}
    #[must_use]
    pub fn joined(mut self, earlier: Checkpoint) -> Checkpoint {}
    pub fn entries(&self) -> usize {}
    #[must_use]
    pub fn restart() -> Checkpoint {}
    pub fn begins_run(&self) -> bool {}
    #[must_use]
    pub fn next_run(&self) -> Option<Checkpoint> {}
}
impl Client {
    pub fn base_url(&self) -> String {}
    pub fn rate_limit(&self) -> Option<&RateLimit> {}
}
impl ClientBuilder {
    pub fn new(plan: Cow<'static, SourcePlan>) -> ClientBuilder {}
    pub fn secret(
        mut self,
        name: impl Into<String>,
        value: impl Into<SecretString>,
    ) -> Self {}
    pub fn config(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {}
    pub fn config_list(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {}
    pub fn from_env(mut self) -> Self {}
    pub fn base_url(mut self, url: impl Into<String>) -> Self {}
    pub fn timeout(mut self, timeout: Option<Duration>) -> Self {}
    pub fn paginator(
        mut self,
        resource: impl Into<String>,
        paginator: impl Paginate + Clone + 'static,
    ) -> Self {}
    pub fn max_body_bytes(mut self, bytes: u64) -> Self {}
    pub fn max_page_records(mut self, records: u64) -> Self {}
    pub fn auth(mut self, auth: impl Authenticate) -> Self {}
    pub fn token_store(mut self, store: impl TokenStore) -> Self {}
    pub fn budget(mut self, budget: impl Budget) -> Self {}
    pub fn on_request(
        mut self,
        look: impl Fn(&SentRequest) + Send + Sync + 'static,
    ) -> Self {}
    pub fn http(
        mut self,
        configure: impl Fn(
            reqwest::ClientBuilder,
        ) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {}
    pub fn build(self) -> Result<Client, Error> {}
}
impl Default for Json {}
impl Display for Json {}
impl Display for Timestamp {}
impl Eq for Extra {}
impl Eq for Json {}
impl Error {
    pub fn kind(&self) -> ErrorKind {}
    pub fn is_transient(&self) -> bool {}
    pub fn is_auth(&self) -> bool {}
    pub fn is_undecided(&self) -> bool {}
    pub fn is_cancelled(&self) -> bool {}
}
impl Error {
    pub fn other(source: impl Into<Source>) -> Error {}
    pub fn is_config(&self) -> bool {}
    pub fn is_status(&self) -> bool {}
    pub fn is_redirect(&self) -> bool {}
    pub fn leads_away(&self) -> bool {}
    pub fn is_incomplete(&self) -> bool {}
    pub fn needs_restart(&self) -> bool {}
    pub fn would_repeat(&self) -> bool {}
    pub fn is_too_large(&self) -> bool {}
    pub fn is_connect(&self) -> bool {}
    pub fn is_timeout(&self) -> bool {}
    pub fn is_broken(&self) -> bool {}
    pub fn is_decode(&self) -> bool {}
    pub fn is_stuck(&self) -> bool {}
    pub fn resource(&self) -> Option<&str> {}
    pub fn page(&self) -> Option<u64> {}
    pub fn record(&self) -> Option<u64> {}
    pub fn field(&self) -> Option<&str> {}
    pub fn response_format(&self) -> Option<&str> {}
    pub fn status(&self) -> Option<u16> {}
    pub fn url(&self) -> Option<&str> {}
    pub fn tries(&self) -> Option<u32> {}
    pub fn elapsed(&self) -> Option<Duration> {}
}
impl Extra {
    pub fn is_empty(&self) -> bool {}
    pub fn len(&self) -> usize {}
    pub fn get(&self, name: &str) -> Option<Value> {}
    pub fn raw(&self, name: &str) -> Option<&str> {}
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, &str)> {}
    pub fn as_json(&self) -> &str {}
    pub fn members_of(json: &str) -> Vec<(Cow<'_, str>, &str)> {}
}
impl FieldRef<'_> {
    pub fn write_json(self, writer: impl io::Write) -> io::Result<()> {}
}
impl From<&Found> for Detected {}
impl From<NoToken> for Error {}
impl From<Value> for Json {}
impl From<jiff::Timestamp> for Timestamp {}
impl FromRecord for AnyRecord {}
impl FromStr for Json {
    type Err = serde_json::Error;
}
impl FromStr for Timestamp {
    type Err = jiff::Error;
}
impl Json {
    pub fn as_str(&self) -> &str {}
    pub fn as_text(&self) -> Option<Cow<'_, str>> {}
    pub fn text_of(json: &str) -> Option<Cow<'_, str>> {}
    pub fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {}
}
impl NextRequest<'_> {
    pub fn set_param(&mut self, name: &str, value: impl fmt::Display) {}
    pub fn set_body(&mut self, path: &[&str], value: impl Into<Value>) {}
    pub fn set_url(&mut self, url: Url) {}
    pub fn url(&self) -> Url {}
}
impl PartialEq for AnyRecord {}
impl PartialEq for Extra {}
impl PartialEq for Json {}
impl Record for AnyRecord {}
impl Rejected {
    pub fn new(
        record: impl Into<String>,
        number: u64,
        reason: impl Into<String>,
    ) -> Rejected {}
    #[must_use]
    pub fn in_field(self, field: impl Into<String>) -> Rejected {}
}
impl Serialize for Extra {}
impl Serialize for FieldRef<'_> {}
impl Serialize for Json {}
impl Serialize for Timestamp {}
impl Slice {
    pub fn resource(&self) -> &str {}
    pub fn number(&self) -> u64 {}
    pub fn count(&self) -> u64 {}
    pub fn uncut(&self) -> Option<&str> {}
    pub fn checkpoint(&self) -> &Checkpoint {}
    #[must_use]
    pub fn resume(self, checkpoint: Checkpoint) -> Slice {}
}
impl StandIn {
    #[must_use]
    pub fn stream(self) -> StandIn {}
    pub async fn try_next(&mut self) -> Result<Option<()>, Error> {}
}
impl Start {
    #[must_use]
    pub fn resume(self, resume: Option<Checkpoint>) -> Start {}
    #[must_use]
    pub fn set_aside(self, set_aside: bool) -> Start {}
    #[must_use]
    pub fn strict(self, is_strict: bool) -> Start {}
    #[must_use]
    pub fn appends(self, appends: bool) -> Start {}
}
impl Timestamp {
    pub fn from_nanosecond(nanoseconds: i128) -> Option<Timestamp> {}
    pub fn from_utc(time: DateTime) -> Option<Timestamp> {}
    pub fn to_utc(self) -> Option<DateTime> {}
    pub fn to_jiff(self) -> Option<jiff::Timestamp> {}
    pub fn as_second(self) -> i64 {}
    pub fn as_nanosecond(self) -> i128 {}
    pub fn subsec_nanosecond(self) -> u32 {}
}
impl TokenFile {
    pub fn new(path: impl Into<PathBuf>) -> TokenFile {}
    pub fn path(&self) -> &Path {}
    pub async fn settled(&self) {}
}
impl TokenStore for TokenFile {}
impl Transfer {
    pub fn new(bytes: u64, retries: u32, elapsed: Duration) -> Transfer {}
}
impl Tree {
    pub fn of(resources: impl IntoIterator<Item = AnyResource>) -> Vec<Tree> {}
    pub fn resources(&self) -> &[AnyResource] {}
    pub fn pages(&self, starts: Vec<Start>) -> Vec<AnyPages> {}
}
impl fmt::Debug for AnyRecord {}
impl fmt::Debug for AnyResource {}
impl fmt::Debug for Client {}
impl fmt::Debug for ClientBuilder {}
impl fmt::Debug for Error {}
impl fmt::Debug for Extra {}
impl fmt::Debug for Json {}
impl fmt::Debug for NextRequest<'_> {}
impl fmt::Debug for Outgoing<'_> {}
impl fmt::Debug for PageResponse<'_> {}
impl fmt::Debug for Timestamp {}
impl fmt::Display for Error {}
impl fmt::Display for Slice {}
impl std::error::Error for Error {}
