//! A source whose pages are in memory and that fails where a test says, and a database to load into.

use std::{
    borrow::Cow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::{StreamExt, stream};
use rest_source::{
    AnyPage, AnyPages, AnyResource, Checkpoint, Extra, Field, FieldMut, FieldRef, Record, Records,
    Source, Start, Transfer,
    plan::{
        Column, DataType, Endpoint, Paginator, ResourcePlan, Selector, Str, Template,
        WriteDisposition,
    },
};
use rest_source_load::{Error, Pipeline, RunReport, Sqlite};
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;

pub(crate) type Cell = Box<dyn Field + Send + Sync>;

/// One record's cells, of any types that are fields.
macro_rules! row {
    ($($cell:expr),* $(,)?) => {
        vec![$(Box::new($crate::support::cell($cell)) as $crate::support::Cell),*]
    };
}
pub(crate) use row;

/// The value of a `json` column.
macro_rules! json {
    ($($json:tt)+) => { rest_source::Json::from(serde_json::json!($($json)+)) };
}
pub(crate) use json;

/// `&str` as a field, and everything else as it is.
pub(crate) fn cell<T: IntoField>(value: T) -> T::Field {
    value.into_field()
}

pub(crate) trait IntoField {
    type Field: Field;
    fn into_field(self) -> Self::Field;
}

impl IntoField for &str {
    type Field = Option<String>;
    fn into_field(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl IntoField for i64 {
    type Field = Option<i64>;
    fn into_field(self) -> Option<i64> {
        Some(self)
    }
}

impl<T> IntoField for Option<T>
where
    Option<T>: Field,
{
    type Field = Option<T>;
    fn into_field(self) -> Option<T> {
        self
    }
}

struct Row {
    columns: Arc<[Column]>,
    cells: Vec<Cell>,
    extra: Extra,
}

impl Record for Row {
    fn columns(&self) -> &[Column] {
        &self.columns
    }
    fn field(&self, index: usize) -> FieldRef<'_> {
        self.cells[index].field()
    }
    fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
        self.cells[index].field_mut()
    }
    fn extra(&self) -> &Extra {
        &self.extra
    }
    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

/// The records of a page, shared by every fetch of it.
struct Shared(Arc<Vec<Row>>);

impl Records for Shared {
    fn len(&self) -> usize {
        self.0.len()
    }
    fn get(&self, index: usize) -> &dyn Record {
        &self.0[index]
    }
}

/// A resource with its pages. Its clones share where it fails.
#[derive(Clone)]
pub(crate) struct Resource {
    pub(crate) plan: ResourcePlan,
    pub(crate) address: Option<&'static str>,
    pages: Vec<Arc<Vec<Row>>>,
    /// The page that cannot be fetched, from 1; 0 for none.
    pub(crate) fails_at: Arc<AtomicU64>,
    pub(crate) fetched: Arc<AtomicU64>,
    delay: Option<Duration>,
    /// Whether a run gives only the pages that the last one has not given.
    is_incremental: bool,
}

impl Resource {
    pub(crate) fn new(name: &str, write_disposition: WriteDisposition) -> Resource {
        Resource {
            plan: ResourcePlan {
                name: Cow::Owned(name.to_owned()),
                table_name: Cow::Owned(name.to_owned()),
                endpoint: Endpoint {
                    path: Template::text(format!("/{name}")),
                    ..Endpoint::new(&[], Some(Selector::ROOT), Paginator::SinglePage)
                },
                write_disposition,
                ..ResourcePlan::new(
                    "",
                    Endpoint::new(&[], Some(Selector::ROOT), Paginator::SinglePage),
                    &[],
                )
            },
            address: None,
            pages: Vec::new(),
            fails_at: Arc::default(),
            fetched: Arc::default(),
            delay: None,
            is_incremental: false,
        }
    }

    pub(crate) fn column(mut self, name: &str, data_type: DataType) -> Resource {
        let name = Cow::Owned(name.to_owned());
        self.plan.columns.to_mut().push(Column { name, ..Column::new("", data_type) });
        self
    }

    pub(crate) fn primary_key(mut self, columns: &[&str]) -> Resource {
        self.plan.primary_key = names(columns);
        self
    }

    pub(crate) fn merge_key(mut self, columns: &[&str]) -> Resource {
        self.plan.merge_key = names(columns);
        self
    }

    pub(crate) fn page(self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Resource {
        self.page_with_extra(rows.into_iter().map(|cells| (cells, Extra::default())))
    }

    pub(crate) fn page_with_extra(
        mut self,
        rows: impl IntoIterator<Item = (Vec<Cell>, Extra)>,
    ) -> Resource {
        let columns: Arc<[Column]> = self.plan.columns.to_vec().into();
        let rows = rows.into_iter().map(|(cells, extra)| {
            assert_eq!(cells.len(), columns.len());
            Row { columns: Arc::clone(&columns), cells, extra }
        });
        self.pages.push(Arc::new(rows.collect()));
        self
    }

    /// A run gives only the pages that the last complete one has not given.
    pub(crate) fn incremental(mut self) -> Resource {
        self.is_incremental = true;
        self
    }

    /// How long each page takes.
    pub(crate) fn delay(mut self, delay: Duration) -> Resource {
        self.delay = Some(delay);
        self
    }

    /// The page that cannot be fetched, from 1; 0 for none.
    pub(crate) fn fail_at(&self, page: usize) {
        self.fails_at.store(page as u64, Ordering::Relaxed);
    }

    fn any(&self) -> AnyResource {
        let (pages, delay) = (self.pages.clone(), self.delay);
        let is_incremental = self.is_incremental;
        let (fails_at, fetched) = (Arc::clone(&self.fails_at), Arc::clone(&self.fetched));
        let open = move |start: Start| -> AnyPages {
            let (pages, fails_at, fetched) =
                (pages.clone(), Arc::clone(&fails_at), Arc::clone(&fetched));
            let done = start.resume.as_ref().map_or(0, page_of);
            let last = pages.len();
            Box::pin(stream::iter(pages.into_iter().enumerate().skip(done)).then(
                move |(index, records)| {
                    let (fails_at, fetched) = (Arc::clone(&fails_at), Arc::clone(&fetched));
                    async move {
                        if let Some(delay) = delay {
                            tokio::time::sleep(delay).await;
                        }
                        let number = index as u64 + 1;
                        if fails_at.load(Ordering::Relaxed) == number {
                            return Err(rest_source::Error::other(format!("page {number} broke")));
                        }
                        fetched.fetch_add(1, Ordering::Relaxed);
                        let checkpoint = checkpoint(index + 1, index + 1 == last, is_incremental);
                        let mut page = AnyPage::new(Box::new(Shared(records)), number, checkpoint);
                        page.transfer = Transfer::new(1_500, 1, Duration::from_millis(1));
                        Ok(page)
                    }
                },
            ))
        };
        let resource = AnyResource::new(Cow::Owned(self.plan.clone()), open);
        match self.address {
            Some(address) => resource.at(address),
            None => resource,
        }
    }
}

fn names(columns: &[&str]) -> Cow<'static, [Str]> {
    columns.iter().map(|name| Cow::Owned((*name).to_owned())).collect()
}

fn checkpoint(page: usize, end: bool, is_incremental: bool) -> Checkpoint {
    let mut checkpoint = serde_json::json!({ "page": page });
    if !end {
        checkpoint["page_cursor"] = page.to_string().into();
    }
    if is_incremental {
        checkpoint["range"] = serde_json::json!({ "last_value": page });
    }
    serde_json::from_value(checkpoint).unwrap()
}

fn page_of(checkpoint: &Checkpoint) -> usize {
    let json = serde_json::to_value(checkpoint).unwrap();
    let done = if checkpoint.begins_run() { &json["range"]["start"] } else { &json["page"] };
    usize::try_from(done.as_u64().unwrap()).unwrap()
}

/// A source of these resources.
pub(crate) struct Shop(pub(crate) Vec<Resource>);

impl Source for Shop {
    fn name(&self) -> &'static str {
        "shop"
    }
    fn resources(&self) -> Vec<AnyResource> {
        self.0.iter().map(Resource::any).collect()
    }
}

/// A database file of its own for one test.
pub(crate) struct Database {
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

impl Database {
    pub(crate) fn new() -> Database {
        let folder = TempDir::new().unwrap();
        Database { path: folder.path().join("shop.db"), _folder: folder }
    }

    /// A pipeline that commits after every page.
    pub(crate) fn pipeline(&self) -> Pipeline<Sqlite> {
        Pipeline::new("test", Sqlite::at(&self.path)).batch_rows(1)
    }

    pub(crate) async fn load(&self, resource: &Resource) -> Result<RunReport, Error> {
        self.pipeline().run(&Shop(vec![resource.clone()])).await
    }

    pub(crate) fn connection(&self) -> Connection {
        Connection::open(&self.path).unwrap()
    }

    pub(crate) fn execute(&self, sql: &str) {
        self.connection().execute_batch(sql).unwrap();
    }

    /// The rows of a query: one text for each, its values with `|` between.
    pub(crate) fn query(&self, sql: &str) -> Vec<String> {
        query(&self.connection(), sql)
    }
}

/// The rows of a query: one text for each, its values with `|` between.
pub(crate) fn query(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells: Vec<_> = (0..columns).map(|index| text(row.get_unwrap(index))).collect();
        Ok(cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn text(value: Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => text,
        Value::Blob(bytes) => format!("{bytes:?}"),
    }
}
