#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Inferred {
    #[default(false)]
    pub data_selector: bool,
    #[default(false)]
    pub paginator: bool,
}
#[derive(Clone, Copy, PartialEq, Eq)]
#[default(DAY)]
pub struct Window {
    #[default(1)]
    pub count: u32,
    #[default(Unit::Day)]
    pub unit: Unit,
}
#[derive(Clone, Copy, PartialEq, Eq)]
#[default(EVOLVE)]
pub struct SchemaContract {
    #[default(Contract::Evolve)]
    pub tables: Contract,
    #[default(Contract::Evolve)]
    pub columns: Contract,
    #[default(Contract::Evolve)]
    pub data_type: Contract,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct ApiKey {
    #[default(Template::EMPTY)]
    pub name: Template,
    #[default(Template::EMPTY)]
    pub key: Template,
    #[default(KeyLocation::Header)]
    pub location: KeyLocation,
    #[default(List::Borrowed(&[]))]
    pub body_path: List<Template>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Argument {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(DataType::Text)]
    pub data_type: DataType,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct AuthChoice {
    #[default(Template::EMPTY)]
    pub choose: Template,
    #[default(List::Borrowed(&[]))]
    pub options: List<(Str, Auth)>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Batch {
    #[default(1)]
    pub size: u64,
    #[default(Str::Borrowed(","))]
    pub separator: Str,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Batched {
    #[default(Selector::ROOT)]
    pub field: Selector,
    #[default(Batch::DEFAULT)]
    pub batch: Batch,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Bearer {
    #[default(Template::EMPTY)]
    pub token: Template,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Column {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(DataType::Text)]
    pub data_type: DataType,
    #[default(false)]
    pub inferred: bool,
    #[default(true)]
    pub nullable: bool,
    #[default(None)]
    pub description: Option<Str>,
    #[default(None)]
    pub precision: Option<u32>,
    #[default(None)]
    pub scale: Option<u32>,
    #[default(true)]
    pub timezone: bool,
    #[default(false)]
    pub unique: bool,
    #[default(false)]
    pub sort: bool,
    #[default(false)]
    pub hard_delete: bool,
    #[default(None)]
    pub dedup_sort: Option<DedupSort>,
    #[default(List::Borrowed(&[]))]
    pub fields: List<Column>,
    #[default(None)]
    pub items: Option<Link<Column>>,
    #[default(List::Borrowed(&[]))]
    pub words: List<Str>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Compare {
    #[default(Operand::Literal(Literal::Null))]
    pub left: Operand,
    #[default(Comparison::Equal)]
    pub comparison: Comparison,
    #[default(Operand::Literal(Literal::Null))]
    pub right: Operand,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Condition {
    #[default(Template::EMPTY)]
    pub choose: Template,
    #[default(Str::Borrowed(""))]
    pub option: Str,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Csv {
    #[default(Str::Borrowed(","))]
    pub delimiter: Str,
    #[default(Some(Str::Borrowed("\"")))]
    pub quote: Option<Str>,
    #[default(None)]
    pub columns: Option<List<Str>>,
    #[default(0)]
    pub skip_lines: u64,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Cursor {
    #[default(Selector::ROOT)]
    pub cursor_path: Selector,
    #[default(List::Borrowed(&[]))]
    pub cursor_paths: List<(Str, Selector)>,
    #[default(Place::Param(Template::EMPTY))]
    pub place: Place,
    #[default(false)]
    pub sends_members: bool,
    #[default(None)]
    pub initial_cursor: Option<Template>,
    #[default(None)]
    pub page_size: Option<PageSize>,
    #[default(FirstPageParams::None)]
    pub first_page_params: FirstPageParams,
    #[default(End::NONE)]
    pub end: End,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Each {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(List::Borrowed(&[]))]
    pub values: List<JsonTemplate>,
    #[default(None)]
    pub column: Option<Str>,
    #[default(None)]
    pub batch: Option<Batch>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Formatted {
    #[default(Bound::StartValue)]
    pub bound: Bound,
    #[default(TimeFormat::Named(NamedFormat::Iso))]
    pub format: TimeFormat,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct HeaderCursor {
    #[default(Template::EMPTY)]
    pub header: Template,
    #[default(Template::EMPTY)]
    pub cursor_param: Template,
    #[default(None)]
    pub place: Option<Place>,
    #[default(None)]
    pub initial_cursor: Option<Template>,
    #[default(None)]
    pub page_size: Option<PageSize>,
    #[default(FirstPageParams::None)]
    pub first_page_params: FirstPageParams,
    #[default(End::NONE)]
    pub end: End,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct HeaderLink {
    #[default(Template::EMPTY)]
    pub rel: Template,
    #[default(None)]
    pub header: Option<Template>,
    #[default(List::Borrowed(&[]))]
    pub link_params: List<(Str, Template)>,
    #[default(None)]
    pub base_path: Option<Selector>,
    #[default(End::NONE)]
    pub end: End,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Hmac {
    #[default(Template::EMPTY)]
    pub key: Template,
    #[default(BinaryEncoding::Text)]
    pub key_encoding: BinaryEncoding,
    #[default(Hash::Sha256)]
    pub algorithm: Hash,
    #[default(Template::EMPTY)]
    pub sign: Template,
    #[default(BinaryEncoding::Hex)]
    pub encoding: BinaryEncoding,
    #[default(TimestampFormat::Epoch)]
    pub timestamp: TimestampFormat,
    #[default(List::Borrowed(&[]))]
    pub headers: List<(Template, Template)>,
    #[default(List::Borrowed(&[]))]
    pub params: List<(Template, Template)>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct HttpBasic {
    #[default(Template::EMPTY)]
    pub username: Template,
    #[default(Template::EMPTY)]
    pub password: Template,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Included {
    #[default(Selector::ROOT)]
    pub field: Selector,
    #[default(Str::Borrowed(""))]
    pub column: Str,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Input {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(Str::Borrowed(""))]
    pub setter: Str,
    #[default(List::Borrowed(&[]))]
    pub variables: List<Str>,
    #[default(List::Borrowed(&[]))]
    pub needed_if: List<Condition>,
    #[default(SettingType::Text)]
    pub data_type: SettingType,
    #[default(None)]
    pub default: Option<Template>,
    #[default(false)]
    pub optional: bool,
    #[default(false)]
    pub declared: bool,
    #[default(None)]
    pub description: Option<Str>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct JsonLink {
    #[default(Selector::ROOT)]
    pub next_url_path: Selector,
    #[default(None)]
    pub base_path: Option<Selector>,
    #[default(End::NONE)]
    pub end: End,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct JsonPath {
    #[default(Str::Borrowed("$"))]
    pub text: Str,
    #[default(List::Borrowed(&[]))]
    pub segments: List<Segment>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Jsonl {
    #[default(None)]
    pub data_selector: Option<Selector>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Jwt {
    #[default(JwtAlgorithm::Rs256)]
    pub algorithm: JwtAlgorithm,
    #[default(Template::EMPTY)]
    pub key: Template,
    #[default(BinaryEncoding::Text)]
    pub key_encoding: BinaryEncoding,
    #[default(None)]
    pub service_account: Option<Template>,
    #[default(List::Borrowed(&[]))]
    pub header: List<(Template, JsonTemplate)>,
    #[default(List::Borrowed(&[]))]
    pub claims: List<(Template, Claim)>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct JwtAuth {
    #[default(Jwt::DEFAULT)]
    pub jwt: Jwt,
    #[default(SendAs::TOKEN)]
    pub send: SendAs,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Login {
    #[default(Method::Post)]
    pub method: Method,
    #[default(Template::EMPTY)]
    pub path: Template,
    #[default(List::Borrowed(&[]))]
    pub params: List<Param>,
    #[default(List::Borrowed(&[]))]
    pub headers: List<(Template, Template)>,
    #[default(None)]
    pub body: Option<Body>,
    #[default(None)]
    pub auth: Option<SendAs>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct OAuth2 {
    #[default(Template::EMPTY)]
    pub access_token_url: Template,
    #[default(Grant::ClientCredentials)]
    pub grant: Grant,
    #[default(Template::EMPTY)]
    pub client_id: Template,
    #[default(Template::EMPTY)]
    pub client_secret: Template,
    #[default(None)]
    pub access_token: Option<Template>,
    #[default(List::Borrowed(&[]))]
    pub request_data: List<(Template, JsonTemplate)>,
    #[default(Duration::from_secs(3600))]
    pub default_expiration: Duration,
    #[default(ClientAuth::SecretPost)]
    pub client_auth: ClientAuth,
    #[default(List::Borrowed(&[]))]
    pub request_headers: List<(Template, Template)>,
    #[default(false)]
    pub request_json: bool,
    #[default(Str::Borrowed("client_id"))]
    pub client_id_param: Str,
    #[default(Str::Borrowed("client_secret"))]
    pub client_secret_param: Str,
    #[default(Str::Borrowed("refresh_token"))]
    pub refresh_token_param: Str,
    #[default(OAuth2::ACCESS_TOKEN)]
    pub access_token_path: Selector,
    #[default(OAuth2::REFRESH_TOKEN)]
    pub refresh_token_path: Selector,
    #[default(OAuth2::EXPIRES_IN)]
    pub expires_in_path: Selector,
    #[default(None)]
    pub expires_at_path: Option<Selector>,
    #[default(SendAs::TOKEN)]
    pub send: SendAs,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Offset {
    #[default(Configurable::Known(0))]
    pub offset: Configurable<u64>,
    #[default(Place::Param(Template::EMPTY))]
    pub place: Place,
    #[default(PageSize::DEFAULT)]
    pub page_size: PageSize,
    #[default(None)]
    pub total_path: Option<Selector>,
    #[default(None)]
    pub maximum_offset: Option<Configurable<u64>>,
    #[default(None)]
    pub offset_step: Option<Configurable<u64>>,
    #[default(None)]
    pub total_header: Option<Template>,
    #[default(End::NONE)]
    pub end: End,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct PageNumber {
    #[default(Configurable::Known(0))]
    pub base_page: Configurable<u64>,
    #[default(Configurable::Known(0))]
    pub page: Configurable<u64>,
    #[default(Place::Param(Template::EMPTY))]
    pub place: Place,
    #[default(None)]
    pub total_path: Option<Selector>,
    #[default(None)]
    pub maximum_page: Option<Configurable<u64>>,
    #[default(None)]
    pub page_size: Option<PageSize>,
    #[default(None)]
    pub total_header: Option<Template>,
    #[default(End::NONE)]
    pub end: End,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct PageSize {
    #[default(Place::Param(Template::EMPTY))]
    pub place: Place,
    #[default(Configurable::Known(0))]
    pub records: Configurable<u64>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Param {
    #[default(Template::EMPTY)]
    pub name: Template,
    #[default(Template::EMPTY)]
    pub value: Template,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Query {
    #[default(Node::Current)]
    pub from: Node,
    #[default(List::Borrowed(&[]))]
    pub segments: List<Segment>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct RateLimit {
    #[default(1)]
    pub requests: u32,
    #[default(Unit::Second)]
    pub per: Unit,
    #[default(1)]
    pub burst: u32,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct RateLimitHeaders {
    #[default(None)]
    pub remaining: Option<Str>,
    #[default(Str::Borrowed(""))]
    pub reset: Str,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct RecordFilter {
    #[default(Str::Borrowed(""))]
    pub text: Str,
    #[default(Filter::All(List::Borrowed(&[])))]
    pub filter: Filter,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct RecordForm {
    #[default(List::Borrowed(&[]))]
    pub rows: List<Row>,
    #[default(List::Borrowed(&[]))]
    pub with: List<With>,
    #[default(List::Borrowed(&[]))]
    pub steps: List<ProcessingStep>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct ResponseAction {
    #[default(None)]
    pub statuses: Option<(u16, u16)>,
    #[default(None)]
    pub content: Option<Str>,
    #[default(None)]
    pub filter: Option<BodyFilter>,
    #[default(Action::Raise)]
    pub action: Action,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct ResponseFormat {
    #[default(Syntax::Json)]
    pub syntax: Syntax,
    #[default(None)]
    pub files: Option<Str>,
    #[default(None)]
    pub encoding: Option<Encoding>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Row {
    #[default(Selector::ROOT)]
    pub values: Selector,
    #[default(Names::Fixed(List::Borrowed(&[])))]
    pub names: Names,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Scd2 {
    #[default(None)]
    pub validity_columns: Option<(Str, Str)>,
    #[default(None)]
    pub active_record_timestamp: Option<Str>,
    #[default(None)]
    pub boundary_timestamp: Option<Str>,
    #[default(None)]
    pub row_version_column: Option<Str>,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Session {
    #[default(Login::DEFAULT)]
    pub login: Login,
    #[default(TokenPlace::Body(Selector::ROOT))]
    pub token: TokenPlace,
    #[default(None)]
    pub expires_in_path: Option<Selector>,
    #[default(None)]
    pub expires_at_path: Option<Selector>,
    #[default(None)]
    pub default_expiration: Option<Duration>,
    #[default(List::Borrowed(&[401, 403]))]
    pub renew_on: List<u16>,
    #[default(SendAs::TOKEN)]
    pub send: SendAs,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct Slice {
    #[default(None)]
    pub start: Option<i64>,
    #[default(None)]
    pub end: Option<i64>,
    #[default(1)]
    pub step: i64,
}
#[derive(Clone, PartialEq, Eq)]
#[default(DEFAULT)]
pub struct With {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(0)]
    pub depth: u32,
    #[default(Selector::ROOT)]
    pub path: Selector,
    #[default(false)]
    pub is_key: bool,
}
#[derive(Clone, PartialEq, Eq)]
#[default(NONE)]
pub struct End {
    #[default(None)]
    pub stop_after_empty_page: Option<bool>,
    #[default(None)]
    pub stop_after_short_page: Option<bool>,
    #[default(None)]
    pub maximum_empty_pages: Option<Configurable<u64>>,
    #[default(None)]
    pub has_more_path: Option<Selector>,
    #[default(None)]
    pub end_path: Option<Selector>,
    #[default(Total::Detected)]
    pub total: Total,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct Crossed {
    #[default(Link::Static(NO_PARENT))]
    pub plan: Link<ResourcePlan>,
    #[default(List::Borrowed(&[]))]
    pub fields: List<(Str, Selector)>,
    #[default(List::Borrowed(&[]))]
    pub include: List<Included>,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct Endpoint {
    #[default(Method::Get)]
    pub method: Method,
    #[default(Template::EMPTY)]
    pub path: Template,
    #[default(List::Borrowed(&[]))]
    pub params: List<Param>,
    #[default(List::Borrowed(&[]))]
    pub headers: List<(Template, Template)>,
    #[default(None)]
    pub body: Option<Body>,
    #[default(None)]
    pub auth: Option<Auth>,
    #[default(ResponseFormat::DEFAULT)]
    pub response_format: ResponseFormat,
    #[default(None)]
    pub data_selector: Option<Selector>,
    #[default(true)]
    pub data_selector_required: bool,
    #[default(RecordForm::DEFAULT)]
    pub records: RecordForm,
    #[default(Paginator::Auto)]
    pub paginator: Paginator,
    #[default(Inferred::DEFAULT)]
    pub inferred: Inferred,
    #[default(List::Borrowed(&[]))]
    pub response_actions: List<ResponseAction>,
    #[default(None)]
    pub incremental: Option<Incremental>,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct Incremental {
    #[default(Selector::ROOT)]
    pub cursor_path: Selector,
    #[default(NextRun::Cursor)]
    pub next_run: NextRun,
    #[default(None)]
    pub data_type: Option<DataType>,
    #[default(None)]
    pub initial_value: Option<Configurable<Str>>,
    #[default(None)]
    pub end_value: Option<Configurable<Str>>,
    #[default(LastValue::Max)]
    pub last_value: LastValue,
    #[default(None)]
    pub primary_key: Option<List<Str>>,
    #[default(None)]
    pub row_order: Option<RowOrder>,
    #[default(None)]
    pub lag: Option<Configurable<Distance>>,
    #[default(Configurable::Known(Window::DAY))]
    pub future_tolerance: Configurable<Window>,
    #[default(OnMissing::Raise)]
    pub on_missing: OnMissing,
    #[default(Edge::Closed)]
    pub range_start: Edge,
    #[default(Edge::Open)]
    pub range_end: Edge,
    #[default(None)]
    pub start_param: Option<Template>,
    #[default(None)]
    pub end_param: Option<Template>,
    #[default(None)]
    pub cursor_format: Option<TimeFormat>,
    #[default(None)]
    pub param_format: Option<TimeFormat>,
    #[default(None)]
    pub window: Option<Configurable<Distance>>,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct Parent {
    #[default(Link::Static(NO_PARENT))]
    pub plan: Link<ResourcePlan>,
    #[default(List::Borrowed(&[]))]
    pub include: List<Included>,
    #[default(List::Borrowed(&[]))]
    pub batches: List<Batched>,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct ResourcePlan {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(Str::Borrowed(""))]
    pub table_name: Str,
    #[default(true)]
    pub selected: bool,
    #[default(None)]
    pub parent: Option<Parent>,
    #[default(List::Borrowed(&[]))]
    pub crossed: List<Crossed>,
    #[default(List::Borrowed(&[]))]
    pub for_each: List<Each>,
    #[default(List::Borrowed(&[]))]
    pub arguments: List<Argument>,
    #[default(Endpoint::DEFAULT)]
    pub endpoint: Endpoint,
    #[default(List::Borrowed(&[]))]
    pub columns: List<Column>,
    #[default(List::Borrowed(&[]))]
    pub primary_key: List<Str>,
    #[default(List::Borrowed(&[]))]
    pub merge_key: List<Str>,
    #[default(WriteDisposition::Append)]
    pub write_disposition: WriteDisposition,
    #[default(MergeStrategy::Default)]
    pub merge_strategy: MergeStrategy,
    #[default(SchemaContract::EVOLVE)]
    pub schema_contract: SchemaContract,
    #[default(None)]
    pub max_table_nesting: Option<u32>,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct Retry {
    #[default(List::Borrowed(&[429, 500, 502, 503, 504]))]
    pub statuses: List<u16>,
    #[default(3)]
    pub max_retries: u32,
    #[default(2.0)]
    pub backoff_factor: f64,
    #[default(Duration::from_secs(60))]
    pub max_delay: Duration,
    #[default(Duration::from_secs(300))]
    pub max_elapsed: Duration,
}
#[derive(Clone, PartialEq)]
#[default(DEFAULT)]
pub struct SourcePlan {
    #[default(Str::Borrowed(""))]
    pub name: Str,
    #[default(Template::EMPTY)]
    pub base_url: Template,
    #[default(List::Borrowed(&[]))]
    pub headers: List<(Template, Template)>,
    #[default(Auth::None)]
    pub auth: Auth,
    #[default(List::Borrowed(&[]))]
    pub secrets: List<Input>,
    #[default(List::Borrowed(&[]))]
    pub config: List<Input>,
    #[default(Retry::DEFAULT)]
    pub retry: Retry,
    #[default(SourcePlan::TIMEOUT)]
    pub timeout: Duration,
    #[default(SourcePlan::CONCURRENCY)]
    pub concurrency: u32,
    #[default(None)]
    pub rate_limit: Option<RateLimit>,
    #[default(None)]
    pub rate_limit_headers: Option<RateLimitHeaders>,
    #[default(List::Borrowed(&[]))]
    pub allowed_hosts: List<Template>,
    #[default(List::Borrowed(&[]))]
    pub settings: List<(ClientSetting, Template)>,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    #[word("ignore")]
    Ignore,
    #[word("retry")]
    Retry,
    #[word("restart")]
    Restart,
    #[word("raise")]
    Raise,
    #[word("accept")]
    Accept,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthValue {
    #[word("token")]
    Token,
    #[word("signature")]
    Signature,
    #[word("timestamp")]
    Timestamp,
    #[word("nonce")]
    Nonce,
    #[word("method")]
    Method,
    #[word("path")]
    Path,
    #[word("query")]
    Query,
    #[word("target")]
    Target,
    #[word("host")]
    Host,
    #[word("url")]
    Url,
    #[word("body")]
    Body,
    #[word("body_sha256")]
    BodySha256,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryEncoding {
    #[word("text")]
    Text,
    #[word("hex")]
    Hex,
    #[word("base64")]
    Base64,
    #[word("base64url")]
    Base64Url,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    #[word("initial_value")]
    InitialValue,
    #[word("start_value")]
    StartValue,
    #[word("last_value")]
    LastValue,
    #[word("end_value")]
    EndValue,
    #[word("lag")]
    Lag,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cast {
    #[word("integer", "bigint")]
    Integer,
    #[word("double")]
    Double,
    #[word("decimal")]
    Decimal,
    #[word("text")]
    Text,
    #[word("bool")]
    Bool,
    #[word("timestamp")]
    Timestamp,
    #[word("date")]
    Date,
    #[word("json")]
    Json,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientSetting {
    #[word("timeout")]
    Timeout,
    #[word("concurrency")]
    Concurrency,
    #[word("retry.statuses")]
    RetryStatus,
    #[word("retry.max_retries")]
    MaxRetries,
    #[word("retry.backoff_factor")]
    BackoffFactor,
    #[word("retry.max_delay")]
    MaxDelay,
    #[word("retry.max_elapsed")]
    MaxElapsed,
    #[word("rate_limit.requests")]
    Requests,
    #[word("rate_limit.burst")]
    Burst,
    #[word("rate_limit_headers.remaining")]
    RemainingHeader,
    #[word("rate_limit_headers.reset")]
    ResetHeader,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contract {
    #[word("evolve")]
    Evolve,
    #[word("freeze")]
    Freeze,
    #[word("discard_row")]
    DiscardRow,
    #[word("discard_value")]
    DiscardValue,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataType {
    #[word("text")]
    Text,
    #[word("bigint")]
    Bigint,
    #[word("double")]
    Double,
    #[word("bool")]
    Bool,
    #[word("timestamp")]
    Timestamp,
    #[word("date")]
    Date,
    #[word("time")]
    Time,
    #[word("decimal")]
    Decimal,
    #[word("wei")]
    Wei,
    #[word("json")]
    Json,
    #[word("binary")]
    Binary,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DedupSort {
    #[word("asc")]
    Ascending,
    #[word("desc")]
    Descending,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    #[word("closed")]
    Closed,
    #[word("open")]
    Open,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    #[word("utf-8")]
    Utf8,
    #[word("utf-16le")]
    Utf16Le,
    #[word("utf-16be")]
    Utf16Be,
    #[word("windows-1252")]
    Windows1252,
    #[word("iso-8859-1")]
    Iso8859_1,
    #[word("iso-8859-2")]
    Iso8859_2,
    #[word("iso-8859-3")]
    Iso8859_3,
    #[word("iso-8859-4")]
    Iso8859_4,
    #[word("iso-8859-5")]
    Iso8859_5,
    #[word("iso-8859-6")]
    Iso8859_6,
    #[word("iso-8859-7")]
    Iso8859_7,
    #[word("iso-8859-8")]
    Iso8859_8,
    #[word("iso-8859-9")]
    Iso8859_9,
    #[word("iso-8859-10")]
    Iso8859_10,
    #[word("iso-8859-13")]
    Iso8859_13,
    #[word("iso-8859-14")]
    Iso8859_14,
    #[word("iso-8859-15")]
    Iso8859_15,
    #[word("iso-8859-16")]
    Iso8859_16,
    #[word("windows-1250")]
    Windows1250,
    #[word("windows-1251")]
    Windows1251,
    #[word("windows-1253")]
    Windows1253,
    #[word("windows-1254")]
    Windows1254,
    #[word("windows-1255")]
    Windows1255,
    #[word("windows-1256")]
    Windows1256,
    #[word("windows-1257")]
    Windows1257,
    #[word("windows-1258")]
    Windows1258,
    #[word("windows-874")]
    Windows874,
    #[word("ibm866")]
    Ibm866,
    #[word("koi8-r")]
    Koi8R,
    #[word("koi8-u")]
    Koi8U,
    #[word("macintosh")]
    Macintosh,
    #[word("gbk")]
    Gbk,
    #[word("gb18030")]
    Gb18030,
    #[word("big5")]
    Big5,
    #[word("euc-jp")]
    EucJp,
    #[word("iso-2022-jp")]
    Iso2022Jp,
    #[word("shift_jis")]
    ShiftJis,
    #[word("euc-kr")]
    EucKr,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hash {
    #[word("sha1")]
    Sha1,
    #[word("sha256")]
    Sha256,
    #[word("sha384")]
    Sha384,
    #[word("sha512")]
    Sha512,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JwtAlgorithm {
    #[word("RS256")]
    Rs256,
    #[word("RS384")]
    Rs384,
    #[word("RS512")]
    Rs512,
    #[word("PS256")]
    Ps256,
    #[word("PS384")]
    Ps384,
    #[word("PS512")]
    Ps512,
    #[word("ES256")]
    Es256,
    #[word("ES384")]
    Es384,
    #[word("EdDSA")]
    EdDsa,
    #[word("HS256")]
    Hs256,
    #[word("HS384")]
    Hs384,
    #[word("HS512")]
    Hs512,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyLocation {
    #[word("header")]
    Header,
    #[word("query", "param")]
    Query,
    #[word("cookie")]
    Cookie,
    #[word("body")]
    Body,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LastValue {
    #[word("max")]
    Max,
    #[word("min")]
    Min,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    #[word("GET")]
    Get,
    #[word("POST")]
    Post,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamedFormat {
    #[word("iso")]
    Iso,
    #[word("epoch")]
    Epoch,
    #[word("epoch_ms")]
    EpochMs,
    #[word("epoch_us")]
    EpochUs,
    #[word("epoch_ns")]
    EpochNs,
    #[word("rfc2822")]
    Rfc2822,
    #[word("microsoft_json", "/Date(…)/")]
    MicrosoftJson,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnMissing {
    #[word("raise")]
    Raise,
    #[word("include")]
    Include,
    #[word("exclude")]
    Exclude,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageValue {
    #[word("offset")]
    Offset,
    #[word("page")]
    Page,
    #[word("limit")]
    Limit,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowOrder {
    #[word("asc")]
    Ascending,
    #[word("desc")]
    Descending,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunCursor {
    #[word("run_time")]
    RunTime,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettingType {
    #[word("text")]
    Text,
    #[word("integer")]
    Integer,
    #[word("boolean")]
    Boolean,
    #[word("list")]
    List,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimestampFormat {
    #[word("epoch")]
    Epoch,
    #[word("epoch_ms")]
    EpochMs,
    #[word("iso")]
    Iso,
    #[word("iso_ms")]
    IsoMs,
    #[word("http")]
    Http,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    #[word("second")]
    Second,
    #[word("minute")]
    Minute,
    #[word("hour")]
    Hour,
    #[word("day")]
    Day,
    #[word("week")]
    Week,
    #[word("month")]
    Month,
    #[word("year")]
    Year,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WriteDisposition {
    #[word("append")]
    Append,
    #[word("replace")]
    Replace,
    #[word("merge")]
    Merge,
    #[word("skip")]
    Skip,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i128);
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EpochUnit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relative {
    pub distance: Window,
    pub is_before: bool,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    Current,
    Root,
}
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    Number(f64),
    Time(Window),
}
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(pub List<Part>);
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatMistake {
    pub begin: usize,
    pub end: usize,
    pub message: String,
    pub help: String,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    None,
    Bearer(Bearer),
    ApiKey(ApiKey),
    HttpBasic(HttpBasic),
    OAuth2(OAuth2),
    Session(Session),
    Jwt(JwtAuth),
    Hmac(Hmac),
    Choice(AuthChoice),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Json(JsonTemplate),
    Form(List<(Template, Template)>),
    Text(Template),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyFilter {
    Holds(Filter),
    NotJson,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    One(Step),
    Slice(Slice),
    Wildcard,
    Filter(Filter),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    Value(JsonTemplate),
    Time(i64),
    TokenUrl,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientAuth {
    SecretPost,
    SecretBasic,
    None,
    PrivateKeyJwt(Jwt),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Configurable<T> {
    Known(T),
    Template(Template),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    All(List<Filter>),
    Any(List<Filter>),
    Not(Link<Filter>),
    Exists(Query),
    Compare(Compare),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstPageParams {
    None,
    All,
    Named(List<Template>),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    ClientCredentials,
    RefreshToken(Template),
    JwtBearer(Jwt),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonTemplate {
    Literal(Str),
    Text(Template),
    List(List<JsonTemplate>),
    Object(List<(Template, JsonTemplate)>),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    Null,
    Bool(bool),
    Number(Str),
    Text(Str),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeStrategy {
    Default,
    DeleteInsert,
    Upsert,
    InsertOnly,
    Scd2(Scd2),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    Fixed(List<Str>),
    Sent(Selector),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextRun {
    Cursor,
    RunTime,
    Response(Selector),
    Page,
    PageAt(Selector),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    Literal(Literal),
    Value(Query),
    Length(Query),
    Count(Query),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Sent(Vec<Str>),
    Made(Option<usize>),
    Removed(usize),
    Missing,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paginator {
    Auto,
    SinglePage,
    JsonLink(JsonLink),
    HeaderLink(HeaderLink),
    HeaderCursor(HeaderCursor),
    Cursor(Cursor),
    Offset(Offset),
    PageNumber(PageNumber),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(Str),
    Secret(Str),
    Config(Str),
    Argument(Str),
    Parent(Selector),
    Incremental(Bound),
    Formatted(Formatted),
    PageCursor(Selector),
    Paginator(PageValue),
    Auth(AuthValue),
    Param(Str),
    Record(Selector),
    Each(Str),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Param(Template),
    Body(List<Template>),
    Text,
    Json,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessingStep {
    Filter(RecordFilter),
    Exclude(List<FieldPath>),
    Include(List<FieldPath>),
    Rename(List<(FieldPath, FieldPath)>),
    Add(List<(FieldPath, JsonTemplate)>),
    Cast(List<(FieldPath, Cast)>),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    Children(List<Choice>),
    Descendants(List<Choice>),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    Keys(List<Str>),
    JsonPath(JsonPath),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendAs {
    Bearer(Bearer),
    ApiKey(ApiKey),
    HttpBasic(HttpBasic),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Name(Str),
    Index(i64),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    Json,
    Jsonl(Jsonl),
    Csv(Csv),
    Xml,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeFormat {
    Named(NamedFormat),
    Strftime(Str),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPlace {
    Body(Selector),
    Header(Str),
    Cookie(Str),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Total {
    Detected,
    None,
    At(Selector),
    Header(Template),
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentForm {}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {}
#[derive(Debug)]
pub enum Link<T: 'static> {
    Static(&'static T),
    Shared(Arc<T>),
}
#[doc(hidden)]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct NonExhaustive();
#[doc(hidden)]
pub mod code {
    pub trait Code {
        fn write_code(&self, code: &mut String);
        fn code(&self) -> String {}
    }
}
#[doc(hidden)]
pub mod printable {
    #[doc(hidden)]
    #[must_use]
    pub fn is_control(c: char) -> bool {}
    #[doc(hidden)]
    #[must_use]
    pub fn json(text: &str) -> Cow<'_, str> {}
    #[doc(hidden)]
    #[must_use]
    pub fn line(text: &str) -> Cow<'_, str> {}
    #[doc(hidden)]
    #[must_use]
    pub fn lines(text: &str) -> Cow<'_, str> {}
    #[doc(hidden)]
    #[must_use]
    pub fn quoted(text: &str) -> String {}
    #[doc(hidden)]
    #[must_use]
    pub fn scalar(text: &str) -> String {}
    #[doc(hidden)]
    pub struct Lines<'a>(pub &'a mut dyn fmt::Write);
}
pub fn plan_constant(resource: &str) -> String {}
pub trait Code {
    fn write_code(&self, code: &mut String);
    fn code(&self) -> String {}
}
pub type FieldPath = List<Str>;
pub type List<T> = Cow<'static, [T]>;
pub type Str = Cow<'static, str>;
impl<T: Code> Code for Configurable<T> {}
impl<T: Eq> Eq for Link<T> {}
impl<T: PartialEq> PartialEq for Link<T> {}
impl<T> Clone for Link<T> {}
impl<T> Configurable<T> {
    pub const fn known(&self) -> Option<&T> {}
}
impl<T> Deref for Link<T> {
    type Target = T;
}
impl<T> From<&'static T> for Link<T> {}
impl<T> From<T> for Configurable<T> {}
impl<T> From<T> for Link<T> {}
impl Body {
    pub fn each_template<'a>(&'a self, visit: &mut dyn FnMut(&'a Template)) {}
}
impl Cast {
    pub const fn data_type(self) -> DataType {}
}
impl ClientSetting {
    pub const MOST_RETRIES: u32 = _;
    pub const DAY: f64 = _;
}
impl Code for Link<Column> {}
impl Code for Link<Filter> {}
impl Code for Link<ResourcePlan> {}
impl Code for Template {}
impl Column {
    pub const fn new(name: &'static str, data_type: DataType) -> Column {}
    pub const fn described(
        name: &'static str,
        data_type: DataType,
        description: &'static str,
    ) -> Column {}
    #[must_use]
    pub const fn inferred(mut self) -> Column {}
    #[must_use]
    pub const fn required(mut self) -> Column {}
    pub fn is_stored_as(&self, other: &Column) -> bool {}
    pub fn nested(&self) -> &[Column] {}
}
impl DataType {
    pub const MAX_WEI_DIGITS: usize = _;
}
impl Endpoint {
    pub const fn new(
        path: &'static [Part],
        data_selector: Option<Selector>,
        paginator: Paginator,
    ) -> Endpoint {}
    pub fn each_template<'a>(&'a self, visit: &mut dyn FnMut(&'a Template)) {}
    pub fn parent_fields(&self) -> Vec<&Selector> {}
}
impl EpochUnit {
    pub fn of(number: f64) -> Option<EpochUnit> {}
    pub fn name(self) -> &'static str {}
}
impl Filter {
    pub fn looks_at_root(&self) -> bool {}
    pub fn each_query<'a>(&'a self, visit: &mut dyn FnMut(&'a Query)) {}
}
impl From<&'static str> for Configurable<Str> {}
impl From<&'static str> for Template {}
impl From<Str> for Template {}
impl From<String> for Configurable<Str> {}
impl From<String> for Template {}
impl FromStr for Distance {
    type Err = ();
}
impl FromStr for Window {
    type Err = ();
}
impl Input {
    pub fn is_needed(&self, setting: impl Fn(&str) -> Option<String>) -> bool {}
}
impl JsonTemplate {
    pub fn each_template<'a>(&'a self, visit: &mut dyn FnMut(&'a Template)) {}
}
impl JwtAlgorithm {
    pub const fn is_hmac(self) -> bool {}
}
impl Moment {
    pub fn is_missing(text: &str) -> bool {}
    pub fn is_meant_by(text: &str) -> bool {}
}
impl Moment {
    pub fn read(text: &str) -> Option<Moment> {}
}
impl MomentForm {
    pub fn read(text: &str) -> Option<(Moment, MomentForm)> {}
}
impl MomentForm {
    pub fn utc() -> MomentForm {}
    pub fn date() -> MomentForm {}
    pub fn seconds() -> MomentForm {}
    pub fn is_date(&self) -> bool {}
    pub fn is_number(&self) -> bool {}
    pub fn offset(&self) -> i32 {}
    pub fn resolution(&self) -> i128 {}
    #[must_use]
    pub fn rounded_up(&self, moment: Moment) -> Moment {}
    #[must_use]
    pub fn rounded_down(&self, moment: Moment) -> Moment {}
    pub fn write(&self, moment: Moment) -> String {}
}
impl Notation {
    pub fn of(format: &TimeFormat) -> Notation {}
    pub fn format(&self) -> &TimeFormat {}
    pub fn form(&self) -> &MomentForm {}
    pub fn is_number(&self) -> bool {}
    pub fn epoch_unit(&self) -> Option<EpochUnit> {}
    pub fn is_all_digits(&self) -> bool {}
    pub fn is_partial(&self) -> bool {}
    pub fn read(&self, text: &str) -> Option<Moment> {}
    pub fn sample(&self, text: &str) -> Option<(Moment, MomentForm)> {}
}
impl OAuth2 {
    pub const ACCESS_TOKEN: Selector = _;
    pub const REFRESH_TOKEN: Selector = _;
    pub const EXPIRES_IN: Selector = _;
}
impl Paginator {
    pub const fn end(&self) -> &End {}
}
impl Paginator {
    pub fn name(&self) -> &'static str {}
}
impl RecordForm {
    pub fn is_plain(&self) -> bool {}
    pub fn origin(&self, path: &[Str], end: usize) -> Origin {}
    pub fn end(&self, path: &[Str], start: usize) -> Option<Vec<Str>> {}
    pub fn sent(&self, column: &Str) -> Option<Str> {}
    pub fn sent_columns<'a>(&self, columns: &'a [Column]) -> Cow<'a, [Column]> {}
}
impl Relative {
    pub fn read(text: &str) -> Option<Relative> {}
    pub fn seconds(self) -> i64 {}
    pub fn is_begun(text: &str) -> bool {}
    pub const FORMS: &'static str = _;
    pub fn meant_by(text: &str) -> Option<String> {}
}
impl ResourcePlan {
    pub fn included(&self) -> impl Iterator<Item = &Str> {}
    pub fn line(&self) -> Vec<&ResourcePlan> {}
    pub const fn new(
        name: &'static str,
        endpoint: Endpoint,
        columns: &'static [Column],
    ) -> ResourcePlan {}
}
impl Selector {
    pub const ROOT: Selector = _;
    pub fn is_single(&self) -> bool {}
    pub fn first_key(&self) -> Option<&str> {}
}
impl SendAs {
    pub const TOKEN: SendAs = _;
}
impl SettingType {
    pub const fn expected(self) -> &'static str {}
}
impl SourcePlan {
    pub const CONCURRENCY: u32 = _;
    pub const TIMEOUT: Duration = _;
    pub fn new(name: impl Into<Str>, base_url: impl Into<Str>) -> SourcePlan {}
}
impl SourcePlan {
    pub fn set(
        &mut self,
        setting: ClientSetting,
        text: &str,
    ) -> Result<(), &'static str> {}
}
impl Syntax {
    pub const fn name(&self) -> &'static str {}
}
impl Template {
    pub const EMPTY: Template = _;
    pub const TOKEN: Template = _;
    pub fn text(text: impl Into<Str>) -> Template {}
    pub fn as_text(&self) -> Option<&str> {}
    pub fn filled(&self, setting: &dyn Fn(&str) -> Option<String>) -> Option<String> {}
}
impl TimeFormat {
    pub fn read(text: &str) -> Result<TimeFormat, FormatMistake> {}
    pub fn disorder(&self) -> Option<(&'static str, &'static str)> {}
    pub fn gap(&self) -> Option<(&'static str, &'static str)> {}
    pub fn ambiguity(&self) -> Option<(String, &'static str)> {}
}
impl TimeFormat {
    pub fn suggested(texts: &[&str]) -> Vec<TimeFormat> {}
}
impl Unit {
    pub fn counted(name: &str) -> Option<Unit> {}
    pub fn seconds(self) -> i64 {}
}
impl Window {
    pub fn read(text: &str) -> Option<Window> {}
}
impl Window {
    pub fn seconds(self) -> i64 {}
    pub fn is_whole_in(self, form: &MomentForm) -> bool {}
}
impl fmt::Display for Names {}
impl fmt::Display for Selector {}
impl fmt::Display for TimeFormat {}
impl fmt::Write for Lines<'_> {}
