#[cfg(feature = "arrow")]
pub use arrow_array;
#[cfg(feature = "arrow")]
pub use arrow_schema;
#[cfg(feature = "parquet")]
pub use object_store;
#[derive(Clone)]
pub struct AnyDestination();
#[derive(Clone)]
pub struct Parquet {}
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changes {
    pub new: Option<u64>,
    pub updated: Option<u64>,
    pub unchanged: Option<u64>,
}
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    pub rows: u64,
    pub rejected: u64,
    pub discarded: u64,
    pub repeated: u64,
    pub changes: Changes,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OnBadRecord {
    #[default]
    Fail,
    Quarantine,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Status {
    Running,
    Interrupted,
    Failed,
    Loaded,
    Complete,
    Reset,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    Source,
    Record,
    Schema,
    Busy,
    WouldDouble,
    Destination,
    Incomplete,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    Started,
    Fetched,
    Committed,
    Ended,
}
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row<'r, 'a> {
    pub record: usize,
    pub values: &'r [Value<'a>],
}
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Places();
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Outcome {
    Running,
    Complete,
    Failed { error: String },
    Stopped,
}
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParquetColumn {
    pub name: String,
    pub data_type: String,
}
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParquetFile {
    pub path: String,
    pub rows: u64,
    pub bytes: u64,
}
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParquetTable {
    pub name: String,
    pub columns: Vec<ParquetColumn>,
    pub files: Vec<ParquetFile>,
}
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strategy {
    Append,
    Replace,
    Upsert,
    DeleteInsert,
    InsertOnly,
    Scd2(Scd2),
}
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    pub table: String,
    pub parent: Option<String>,
    pub column: String,
    pub data_type: DataType,
    pub is_declared: bool,
}
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    pub page: u64,
    pub record: u64,
    pub reason: String,
    pub json: String,
}
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    pub name: String,
    pub resource: String,
    pub columns: Vec<Column>,
    pub sharers: Vec<String>,
    pub write_disposition: WriteDisposition,
    pub merge_strategy: MergeStrategy,
    pub primary_key: Vec<String>,
    pub merge_key: Vec<String>,
    pub contract: SchemaContract,
    pub max_nesting: Option<u32>,
    pub others: Vec<String>,
    pub on_bad_record: OnBadRecord,
    pub variant: String,
    pub fingerprint: String,
    pub range_fingerprint: String,
}
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResourceState {
    pub pipeline: String,
    pub source: String,
    pub resource: String,
    pub variant: String,
    pub status: Status,
    pub checkpoint: Option<Checkpoint>,
    pub next_run: Option<Checkpoint>,
    pub rows: u64,
    pub records: u64,
    pub started_at: String,
    pub updated_at: String,
}
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    Bigint(i64),
    Double(f64),
    Bool(bool),
    Timestamp(Timestamp),
    DateTime(DateTime),
    Date(Date),
    Time(Time),
    Decimal(Decimal),
    Wei(Cow<'a, Wei>),
    Json(Cow<'a, str>),
    Binary(&'a [u8]),
}
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ResourceReport {
    pub resource: String,
    pub records: u64,
    pub rows: u64,
    pub changes: Changes,
    pub rejected: u64,
    pub discarded: u64,
    pub repeated: u64,
    pub pages: u64,
    pub retries: u64,
    pub bytes: u64,
    pub elapsed: Duration,
    pub resumed: bool,
    pub completed_before: bool,
    pub outcome: Outcome,
}
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct RunReport {
    pub pipeline: String,
    pub elapsed: Duration,
    pub resources: Vec<ResourceReport>,
}
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ArrowBatch {
    pub tables: Vec<ArrowTable>,
    pub checkpoint: Checkpoint,
}
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ArrowTable {
    pub name: String,
    pub rows: RecordBatch,
}
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Run {
    pub pipeline: String,
    pub source: String,
    pub tables: Vec<Table>,
    pub full_refresh: bool,
}
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TableShape {
    pub name: String,
    pub parent: Option<usize>,
    pub columns: Vec<Column>,
    pub is_declared: bool,
    pub declared_columns: usize,
}
#[derive(Debug, Clone)]
pub struct Adbc {}
#[derive(Debug, Clone)]
pub struct Delta {}
#[derive(Debug, Clone)]
pub struct DuckDb {}
#[derive(Debug, Clone)]
pub struct Postgres {}
#[derive(Debug, Clone)]
pub struct Shape {}
#[derive(Debug, Clone)]
pub struct Sqlite {}
#[derive(Debug, Clone)]
pub struct TerminalDisplay {}
#[derive(Debug, Default)]
pub struct TableRows<'a> {}
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    pub resource: String,
    pub error: Error,
}
#[derive(Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    pub event: Event,
    pub report: &'a ResourceReport,
    pub fetched: u64,
}
#[derive(Debug)]
#[non_exhaustive]
pub struct Rows<'a> {
    pub tables: Vec<TableRows<'a>>,
    pub rejected: Vec<Rejected>,
    pub discarded: u64,
    pub repeated: u64,
}
#[derive(Debug)]
pub struct DuckDbSession();
#[derive(Debug)]
pub struct DuckDbWriter();
#[derive(Debug)]
pub struct ParquetSession {}
#[derive(Debug)]
pub struct ParquetWriter {}
#[derive(Debug)]
pub struct PostgresBudget {}
#[derive(Debug)]
pub struct PostgresSession {}
#[derive(Debug)]
pub struct PostgresWriter {}
#[derive(Debug)]
pub struct SqliteSession();
#[derive(Debug)]
pub struct SqliteWriter();
#[derive(Debug)]
pub struct TerminalLine {}
#[must_use = "nothing is loaded before it is run"]
pub struct Pipeline<D> {}
#[must_use = "streams do nothing unless polled"]
pub struct ArrowBatches {}
#[non_exhaustive]
pub struct Batch {
    pub pages: Vec<AnyPage>,
    pub checkpoint: Option<Checkpoint>,
    pub next_run: Option<Checkpoint>,
}
pub const LIST_INDEX: &str = "_list_index";
pub const PARENT_ID: &str = "_parent_id";
pub const ROOT_ID: &str = "_root_id";
pub const ROW_HASH: &str = "_row_hash";
pub const ROW_ID: &str = "_row_id";
pub const VALID_FROM: &str = "_valid_from";
pub const VALID_TO: &str = "_valid_to";
pub fn terminal_progress() -> impl Fn(&Progress<'_>) + Send + Sync + 'static {}
pub fn variant(resource: &AnyResource) -> String {}
pub mod guide {
    pub mod dispositions {}
    pub mod guarantees {}
    pub mod tables {}
    pub mod types {}
}
pub struct AnySession();
pub struct AnyWriter();
pub struct Error();
pub trait Destination: Send + Sync {
    type Session: Session;
    fn begin(
        &self,
        run: Run,
    ) -> impl Future<Output = Result<Self::Session, Error>> + Send;
    fn batch_rows(&self) -> u64 {}
    fn batch_bytes(&self) -> u64 {}
    fn state(&self) -> impl Future<Output = Result<Vec<ResourceState>, Error>> + Send {}
    fn reset(
        &self,
        _pipeline: &str,
        _resource: Option<&str>,
    ) -> impl Future<Output = Result<u64, Error>> + Send {}
}
pub trait IntoArrow {
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error>;
    fn arrow_table(self, batch_rows: usize, start: Start) -> Result<ArrowBatches, Error>;
}
pub trait Session: Send + Sync {
    type Writer: Writer;
    fn completed(&self) -> &[String] {}
    fn open(
        &self,
        table: &Table,
    ) -> impl Future<Output = Result<Self::Writer, Error>> + Send;
    fn end(self, report: &RunReport) -> impl Future<Output = Result<(), Error>> + Send;
}
pub trait Writer: Send {
    fn checkpoint(&self) -> Option<&Checkpoint>;
    fn start_over(&self) -> String {}
    fn write(
        &mut self,
        batch: Batch,
    ) -> impl Future<Output = Result<Written, Error>> + Send;
}
impl<'a> TableRows<'a> {
    pub fn len(&self) -> usize {}
    pub fn is_empty(&self) -> bool {}
    pub fn row(&self, index: usize) -> Row<'_, 'a> {}
    pub fn iter(&self) -> impl Iterator<Item = Row<'_, 'a>> {}
}
impl<'a> Value<'a> {
    pub fn is_null(&self) -> bool {}
    pub fn write_text(&self, text: &mut String) {}
    pub fn text(&self) -> String {}
}
impl<'r, 'a> Row<'r, 'a> {
    pub fn value(&self, column: usize) -> &'r Value<'a> {}
}
impl<D: Destination> Pipeline<D> {
    pub fn new(name: impl Into<String>, destination: D) -> Pipeline<D> {}
    pub fn concurrency(mut self, resources: usize) -> Self {}
    pub fn batch_rows(mut self, rows: u64) -> Self {}
    pub fn batch_bytes(mut self, bytes: u64) -> Self {}
    pub fn full_refresh(mut self) -> Self {}
    pub fn resources(
        mut self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {}
    pub fn limit(mut self, records: u64) -> Self {}
    pub fn on_bad_record(mut self, on_bad_record: OnBadRecord) -> Self {}
    pub fn on_progress(
        mut self,
        tell: impl Fn(&Progress<'_>) + Send + Sync + 'static,
    ) -> Self {}
    pub async fn run(&self, source: &impl Source) -> Result<RunReport, Error> {}
    pub async fn run_until(
        &self,
        source: &impl Source,
        stop: impl Future<Output = ()>,
    ) -> Result<RunReport, Error> {}
}
impl Adbc {
    pub fn driver(name: impl Into<String>) -> Adbc {}
    pub fn from_url(url: impl AsRef<str>) -> Result<Adbc, Error> {}
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<String>) -> Adbc {}
    #[must_use]
    pub fn dataset(mut self, name: impl Into<String>) -> Adbc {}
}
impl AnyDestination {
    pub fn new(
        destination: impl Destination<Session: 'static> + 'static,
    ) -> AnyDestination {}
}
impl ArrowBatches {
    pub fn schemas(&self) -> Vec<(String, SchemaRef)> {}
}
impl Batch {
    pub fn records(&self) -> impl Iterator<Item = &dyn Record> {}
    pub fn rows(&self) -> u64 {}
    pub fn place(&self, mut index: usize) -> String {}
}
impl Budget for PostgresBudget {}
impl Changes {
    pub const NONE: Changes = _;
    pub fn added(rows: u64) -> Changes {}
    #[must_use]
    pub fn and(self, other: Changes) -> Changes {}
}
impl Default for TerminalDisplay {}
impl Delta {
    pub fn at(path: impl Into<PathBuf>) -> Delta {}
}
impl Destination for Adbc {
    type Session = AnySession;
}
impl Destination for AnyDestination {
    type Session = AnySession;
}
impl Destination for Delta {
    type Session = ParquetSession;
}
impl Destination for DuckDb {
    type Session = DuckDbSession;
}
impl Destination for Parquet {
    type Session = ParquetSession;
}
impl Destination for Postgres {
    type Session = PostgresSession;
}
impl Destination for Sqlite {
    type Session = SqliteSession;
}
impl DuckDb {
    pub fn at(path: impl Into<PathBuf>) -> DuckDb {}
    pub fn set_library(path: impl Into<PathBuf>) {}
}
impl Error {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {}
    pub fn caused_by(
        kind: ErrorKind,
        message: impl Into<String>,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Error {}
    #[must_use]
    pub fn transient(mut self) -> Error {}
    pub fn kind(&self) -> ErrorKind {}
    pub fn is_busy(&self) -> bool {}
    pub fn is_record(&self) -> bool {}
    pub fn is_schema(&self) -> bool {}
    pub fn is_source(&self) -> bool {}
    pub fn would_double(&self) -> bool {}
    pub fn is_destination(&self) -> bool {}
    pub fn is_transient(&self) -> bool {}
    pub fn source_error(&self) -> Option<&rest_source::Error> {}
    pub fn failures(&self) -> &[Failure] {}
    pub fn report(&self) -> Option<&RunReport> {}
}
impl Known {
    pub fn new(
        table: impl Into<String>,
        parent: Option<String>,
        column: impl Into<String>,
        data_type: DataType,
    ) -> Known {}
    #[must_use]
    pub fn declared(mut self, is_declared: bool) -> Known {}
}
impl Outcome {
    pub fn name(&self) -> &'static str {}
    pub fn error(&self) -> Option<&str> {}
}
impl Parquet {
    pub fn at(path: impl Into<PathBuf>) -> Parquet {}
    pub fn on(store: Arc<dyn ObjectStore>, prefix: impl Into<Path>) -> Parquet {}
    pub async fn tables(&self) -> Result<Vec<ParquetTable>, Error> {}
}
impl Parquet {
    pub fn is_store(scheme: &str) -> bool {}
    pub fn from_url(address: &str) -> Result<Parquet, Error> {}
}
impl Places {
    pub fn start(&self, resource: &AnyResource) -> Result<Start, Error> {}
    pub fn leave(
        &mut self,
        resource: &AnyResource,
        next_run: Checkpoint,
    ) -> Result<(), Error> {}
}
impl Postgres {
    pub fn at(url: impl AsRef<str>) -> Result<Postgres, Error> {}
    pub fn from_env(variable: &str) -> Result<Postgres, Error> {}
    #[must_use]
    pub fn dataset(mut self, name: impl Into<String>) -> Postgres {}
}
impl PostgresBudget {
    pub fn at(
        url: impl AsRef<str>,
        name: impl Into<String>,
        requests: u32,
        per: Duration,
    ) -> Result<PostgresBudget, Error> {}
}
impl Rows<'_> {
    pub fn written(&self) -> Written {}
}
impl RunReport {
    pub fn is_complete(&self) -> bool {}
    pub fn rows(&self) -> u64 {}
}
impl Session for AnySession {
    type Writer = AnyWriter;
}
impl Session for DuckDbSession {
    type Writer = DuckDbWriter;
}
impl Session for ParquetSession {
    type Writer = ParquetWriter;
}
impl Session for PostgresSession {
    type Writer = PostgresWriter;
}
impl Session for SqliteSession {
    type Writer = SqliteWriter;
}
impl Shape {
    #[must_use]
    pub fn reserving(mut self, names: &'static [&'static str]) -> Shape {}
    pub fn tables(&self) -> &[TableShape] {}
    pub fn rejected(&self) -> String {}
    pub fn has_children(&self) -> bool {}
}
impl Shape {
    pub fn add_known(&mut self, known: &[Known]) -> Result<(), Error> {}
    pub fn known(&self, place: usize) -> impl Iterator<Item = Known> {}
}
impl Shape {
    pub fn of(table: &Table, max_name: usize) -> Result<Shape, Error> {}
}
impl Shape {
    pub fn rows<'a>(&mut self, batch: &'a Batch) -> Result<Rows<'a>, Error> {}
    pub fn rows_if<'a>(
        &mut self,
        batch: &'a Batch,
        accept: &Accept<'_>,
    ) -> Result<Rows<'a>, Error> {}
}
impl Sqlite {
    pub fn at(path: impl Into<PathBuf>) -> Sqlite {}
}
impl Status {
    pub fn name(self) -> &'static str {}
}
impl StdError for Error {}
impl Stream for ArrowBatches {
    type Item = Result<ArrowBatch, Error>;
}
impl Table {
    pub fn of_plan(plan: &ResourcePlan) -> Result<Table, Error> {}
}
impl Table {
    pub fn strategy(&self) -> Strategy {}
    pub fn needs_everything(&self) -> bool {}
    pub fn takes_missing_for_deleted(&self) -> bool {}
    pub fn is_staged(&self) -> bool {}
}
impl TableShape {
    pub fn place(&self, column: &str) -> Option<usize> {}
}
impl TerminalDisplay {
    #[must_use]
    pub fn new() -> TerminalDisplay {}
    #[must_use]
    pub fn hidden() -> TerminalDisplay {}
    #[must_use]
    pub fn line(&self, name: &str, unit: &'static str) -> TerminalLine {}
    pub fn print<R>(&self, print: impl FnOnce() -> R) -> R {}
    pub fn clear(&self) {}
    pub fn progress(&self) -> impl Fn(&Progress<'_>) + Send + Sync + use<> {}
}
impl TerminalLine {
    pub fn set(&self, count: u64) {}
    pub fn note(&self, text: String) {}
}
impl Writer for AnyWriter {}
impl Writer for DuckDbWriter {}
impl Writer for ParquetWriter {}
impl Writer for PostgresWriter {}
impl Writer for SqliteWriter {}
impl Written {
    pub fn stored(rows: u64) -> Written {}
    pub fn records(&self) -> u64 {}
}
impl fmt::Debug for AnyDestination {}
impl fmt::Debug for ArrowBatches {}
impl fmt::Debug for Error {}
impl fmt::Debug for Parquet {}
impl fmt::Display for Error {}
impl fmt::Display for Failure {}
impl fmt::Display for RunReport {}
