//! A folder of Parquet files, and how a test looks into it: by the files that the manifest lists.

use std::{
    collections::HashSet,
    fs::File,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::AsArray,
    types::{
        Date32Type, Decimal128Type, Float64Type, Int64Type, Time64NanosecondType,
        TimestampMicrosecondType, TimestampNanosecondType,
    },
};
use arrow_schema::{DataType, TimeUnit};
use jiff::{
    Span,
    civil::{Time, date},
};
use parquet::{arrow::arrow_reader::ParquetRecordBatchReaderBuilder, file::reader::ChunkReader};
use rest_source_load::{Parquet, ParquetTable};
use tempfile::TempDir;

use crate::suite::Place;

/// A folder of Parquet files.
pub(crate) struct ParquetPlace {
    pub(crate) path: PathBuf,
    _folder: Option<TempDir>,
}

impl Place for ParquetPlace {
    type Destination = Parquet;

    const CALLED: &str = "Parquet";

    const KEEPS_UNIQUE: bool = false;

    const SHARES_TABLES: bool = false;

    /// Each commit waits for the disk.
    const PAGES: i64 = 300;

    async fn new() -> ParquetPlace {
        let folder = TempDir::new().unwrap();
        ParquetPlace { path: folder.path().join("shop"), _folder: Some(folder) }
    }

    fn name(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    fn named(name: &str) -> ParquetPlace {
        ParquetPlace { path: name.into(), _folder: None }
    }

    fn destination(&self) -> Parquet {
        Parquet::at(&self.path)
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let mut rows: Vec<_> =
            self.cells(table, columns).await.iter().map(|row| row.join("|")).collect();
        rows.sort();
        rows
    }

    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String> {
        if self.table(table).await.is_none() {
            return Vec::new();
        }
        let rows = self.cells(table, columns).await;
        let distinct = |column: usize| {
            let values = rows.iter().map(|row| &row[column]).filter(|value| *value != "NULL");
            values.collect::<HashSet<_>>().len()
        };
        let counts = [rows.len()].into_iter().chain((0..columns.len()).map(distinct));
        counts.map(|count| count.to_string()).collect()
    }

    async fn delete(&self, table: &str) {
        std::fs::remove_dir_all(self.path.join(table)).unwrap();
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        let table = self.table(table).await.unwrap();
        let batches = batches(File::open(&table.files[0].path).unwrap());
        batches[0].column_by_name(column).unwrap().data_type().to_string()
    }

    async fn runs(&self, columns: &[&str]) -> Vec<String> {
        runs(&self.path, columns)
    }

    /// When the load is complete, readers get one file.
    async fn check(&self) {
        assert_eq!(self.table("numbers").await.unwrap().files.len(), 1);
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        let columns = self.table(table).await.map(|table| table.columns).unwrap_or_default();
        columns.into_iter().map(|column| column.name).collect()
    }
}

impl ParquetPlace {
    pub(crate) async fn table(&self, name: &str) -> Option<ParquetTable> {
        let tables = self.destination().tables().await.unwrap();
        tables.into_iter().find(|table| table.name == name)
    }

    /// The cells of the table's rows. If a file has gone since it was listed, the next list counts.
    async fn cells(&self, table: &str, columns: &[&str]) -> Vec<Vec<String>> {
        'lists: loop {
            let Some(table) = self.table(table).await else { return Vec::new() };
            let mut rows = Vec::new();
            for file in &table.files {
                match File::open(&file.path) {
                    Err(error) if error.kind() == ErrorKind::NotFound => continue 'lists,
                    file => rows.extend(cells_of(file.unwrap(), columns)),
                }
            }
            return rows;
        }
    }

    /// The names of the data files in the folder of a table, whether they count or not.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let files = std::fs::read_dir(self.path.join(folder)).into_iter().flatten();
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// What runs have done in a folder, sorted: these columns.
pub(crate) fn runs(folder: &Path, columns: &[&str]) -> Vec<String> {
    let mut history = Vec::new();
    let folder = folder.join("_rest_source/runs");
    for file in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        let run: u64 = name.strip_suffix(".json").unwrap().parse().unwrap();
        let json = std::fs::read(file.path()).unwrap();
        let entries: Vec<serde_json::Value> = serde_json::from_slice(&json).unwrap();
        history.extend(entries.iter().map(|entry| {
            let cell = |name: &&str| match *name {
                "run" => run.to_string(),
                name => entry[name].to_string().replace('"', "").replace("null", "NULL"),
            };
            columns.iter().map(cell).collect::<Vec<_>>().join("|")
        }));
    }
    history.sort();
    history
}

/// The cells of a file's rows.
pub(crate) fn cells_of(file: impl ChunkReader + 'static, columns: &[&str]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for batch in batches(file) {
        let columns: Vec<_> = columns.iter().map(|name| batch.column_by_name(name)).collect();
        let row = |row| columns.iter().map(|column| text(*column, row)).collect();
        rows.extend((0..batch.num_rows()).map(row));
    }
    rows
}

/// The batches of a file.
pub(crate) fn batches(file: impl ChunkReader + 'static) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    reader.build().unwrap().map(Result::unwrap).collect()
}

fn text(column: Option<&ArrayRef>, row: usize) -> String {
    let Some(column) = column.filter(|column| column.is_valid(row)) else {
        return "NULL".to_owned();
    };
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => format!("{:?}", column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => u8::from(column.as_boolean().value(row)).to_string(),
        DataType::Binary => format!("{:?}", column.as_binary::<i32>().value(row)),
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().value(row);
            (date(1970, 1, 1) + Span::new().days(days)).to_string()
        }
        DataType::Time64(TimeUnit::Nanosecond) => {
            let nanoseconds = column.as_primitive::<Time64NanosecondType>().value(row);
            (Time::midnight() + Span::new().nanoseconds(nanoseconds)).to_string()
        }
        DataType::Decimal128(..) => column.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Timestamp(TimeUnit::Microsecond, zone) => {
            let microseconds = column.as_primitive::<TimestampMicrosecondType>().value(row);
            moment(Span::new().microseconds(microseconds), zone.as_deref())
        }
        DataType::Timestamp(TimeUnit::Nanosecond, zone) => {
            let nanoseconds = column.as_primitive::<TimestampNanosecondType>().value(row);
            moment(Span::new().nanoseconds(nanoseconds), zone.as_deref())
        }
        other => unreachable!("a column of the type {other}"),
    }
}

fn moment(since: Span, zone: Option<&str>) -> String {
    let time = date(1970, 1, 1).at(0, 0, 0, 0) + since;
    match zone {
        Some("UTC") => format!("{time}+00:00"),
        Some(zone) => unreachable!("a column in the zone {zone}"),
        None => time.to_string(),
    }
}
