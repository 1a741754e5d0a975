#[derive(Clone)]
pub struct Fetch {}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Caller {
    #[default]
    CommandLine,
    Python,
}
#[derive(Debug)]
#[non_exhaustive]
pub enum Paging {
    Continues(Box<Raw>),
    Repeats,
    Ends,
    Contradicted(String),
    Refuted(Box<Raw>, String),
    Fails(Error),
    Unknown,
}
#[derive(Debug)]
#[non_exhaustive]
pub struct Arrival<'a> {
    pub resource: &'a str,
    pub page: &'a Page<Box<RawValue>>,
    pub checkpoints: &'a Checkpoints,
}
#[derive(Debug)]
#[non_exhaustive]
pub struct Probed {
    pub plan: Link<ResourcePlan>,
    pub request: Option<SentRequest>,
    pub page: Result<Option<Raw>, Error>,
    pub paging: Paging,
    pub response_format: Option<&'static str>,
}
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    pub resources: Vec<ResourceReport>,
    pub checkpoints: Checkpoints,
}
#[derive(Debug)]
#[non_exhaustive]
pub struct ResourceReport {
    pub name: String,
    pub records: u64,
    pub pages: u64,
    pub retries: u64,
    pub error: Option<rest_source::Error>,
}
#[derive(Debug)]
pub enum Failure {
    Refused { message: String, help: String },
    Client(rest_source::Error),
    Output(io::Error),
}
#[derive(Debug)]
pub struct FetchSource {}
pub fn appends_again(plan: &ResourcePlan) -> bool {}
pub type Checkpoints = BTreeMap<String, Checkpoint>;
impl Error for Failure {}
impl Fetch {
    pub async fn probe(
        mut self,
        mut on_probed: impl FnMut(Probed),
    ) -> Result<(), Failure> {}
}
impl Fetch {
    pub fn of(output: &Output) -> Fetch {}
    #[must_use]
    pub fn resource(mut self, name: impl Into<String>) -> Fetch {}
    #[must_use]
    pub fn limit(mut self, records: u64) -> Fetch {}
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Fetch {}
    #[must_use]
    pub fn argument(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Fetch {}
    #[must_use]
    pub fn setting(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Fetch {}
    #[must_use]
    pub fn secret(
        mut self,
        name: impl Into<String>,
        value: impl Into<SecretString>,
    ) -> Fetch {}
    #[must_use]
    pub fn called_from(mut self, caller: Caller) -> Fetch {}
    pub fn connected(mut self) -> Result<Fetch, Failure> {}
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Fetch {}
    #[must_use]
    pub fn max_page_records(mut self, records: u64) -> Fetch {}
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: u64) -> Fetch {}
    #[must_use]
    pub fn resume(mut self, checkpoints: Checkpoints) -> Fetch {}
    #[must_use]
    pub fn tokens(mut self, file: TokenFile) -> Fetch {}
    #[must_use]
    pub fn budget(mut self, budget: Arc<dyn Budget>) -> Fetch {}
    pub fn token_file(&self) -> Option<&TokenFile> {}
    #[must_use]
    pub fn on_request(
        mut self,
        look: impl Fn(&SentRequest) + Send + Sync + 'static,
    ) -> Fetch {}
    #[must_use]
    pub fn replacing(mut self) -> Fetch {}
    pub fn name(&self) -> &str {}
    pub fn plans(&self) -> &[Link<ResourcePlan>] {}
    pub fn settings(&self) -> Vec<(String, String)> {}
    pub fn chosen(&self) -> Result<Vec<String>, Failure> {}
    pub fn left_out(&self) -> Vec<(String, Vec<String>)> {}
    pub fn resources(&self) -> Result<Vec<AnyResource>, Failure> {}
    pub async fn slices(&self, most: usize) -> Result<Vec<Slice>, Failure> {}
    pub fn slice(&self, slice: &Slice) -> Result<AnyResource, Failure> {}
    pub async fn run(
        self,
        mut on_page: impl FnMut(&Arrival<'_>) -> io::Result<()>,
    ) -> Result<Report, Failure> {}
    pub fn into_source(self) -> Result<FetchSource, Failure> {}
    pub fn records(
        &self,
        resource: &str,
    ) -> Result<rest_source::Fetch<Box<RawValue>>, Failure> {}
}
impl Fetch {
    pub fn rate_limit(&self) -> Result<Option<RateLimit>, Failure> {}
}
impl Report {
    pub fn is_complete(&self) -> bool {}
}
impl Source for FetchSource {}
impl fmt::Display for Failure {}
