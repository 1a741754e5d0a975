//! Data files: writing rows into them, and reading rows from them.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use ::parquet::{
    arrow::{
        ArrowWriter, ParquetRecordBatchStreamBuilder, ProjectionMask,
        arrow_reader::{ArrowReaderOptions, RowSelection},
        async_reader::ParquetRecordBatchStream,
    },
    basic::Compression,
    errors::ParquetError,
    file::properties::WriterProperties,
};
use arrow_array::{ArrayRef, RecordBatch, new_null_array};
use arrow_schema::{ArrowError, SchemaRef};
use futures_util::TryStreamExt;

use super::{manifest::DataFile, reader::Reader, store::Store};
use crate::{Error, rows::Unique};

/// The size at which a file is full, in bytes. So large that readers lose little time between files,
/// and so small that one is made in memory and is soon rewritten if a row of it changes.
const FULL: usize = 32 << 20;

/// How many rows are in a group within a file. Readers take groups in parallel, and hold one in memory.
const GROUP: usize = 122_880;

/// How many rows are read at once.
const ROWS: usize = 8_192;

/// Paths for files that no other has.
#[derive(Debug)]
pub(super) struct Names {
    run: u64,
    /// What makes them unique, and those that have been given since they were last taken.
    given: Mutex<(Unique, Vec<String>)>,
}

impl Names {
    pub(super) fn new(run: u64) -> Names {
        Names { run, given: Mutex::new((Unique::new(), Vec::new())) }
    }

    fn next(&self, folder: &str) -> String {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let (unique, paths) = &mut *given;
        let path = format!("{folder}/{:06}-{}.parquet", self.run, unique.next());
        paths.push(path.clone());
        path
    }

    /// The paths that have been given since the last time: some files are superfluous before they
    /// are ever committed.
    pub(super) fn take(&self) -> Vec<String> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut given.1)
    }

    /// Whether a file was named so. The form is such that no other file has it by chance.
    pub(super) fn are_of(name: &str) -> bool {
        let parts = name.strip_suffix(".parquet").and_then(|name| name.split_once('-'));
        parts.is_some_and(|(run, unique)| {
            run.len() >= 6
                && run.bytes().all(|byte| byte.is_ascii_digit())
                && unique.len() == 32
                && unique.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        })
    }
}

/// Writes rows into files of a folder, another one whenever one is full.
pub(super) struct Output<'a> {
    store: &'a Store,
    names: &'a Names,
    folder: String,
    schema: SchemaRef,
    writer: Option<ArrowWriter<Vec<u8>>>,
    rows: u64,
    files: Vec<DataFile>,
}

impl<'a> Output<'a> {
    pub(super) fn new(
        store: &'a Store,
        names: &'a Names,
        folder: String,
        schema: SchemaRef,
    ) -> Output<'a> {
        Output { store, names, folder, schema, writer: None, rows: 0, files: Vec::new() }
    }

    /// Writes rows whose columns are those of the files.
    pub(super) async fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let cannot = || self.store.failed(|| "rows cannot be encoded".to_owned());
        let writer = match &mut self.writer {
            Some(writer) => writer,
            writer @ None => writer.insert(open(&self.schema).map_err(cannot())?),
        };
        writer.write(batch).map_err(cannot())?;
        self.rows += batch.num_rows() as u64;
        if writer.bytes_written() + writer.in_progress_size() >= FULL {
            self.close().await?;
        }
        Ok(())
    }

    /// Writes rows of a file into others: all of them, or those that are selected, after they have
    /// been changed.
    pub(super) async fn copy(
        &mut self,
        file: &DataFile,
        selection: Option<RowSelection>,
        mut change: impl FnMut(RecordBatch) -> Result<RecordBatch, ArrowError>,
    ) -> Result<(), Error> {
        let mut batches = read(self.store, file, None, selection).await?;
        while let Some(batch) = batches.next().await? {
            let cannot = self.store.failed(|| format!("rows of {} cannot be copied", file.path));
            let batch = widen(&batch, &self.schema).and_then(&mut change).map_err(cannot)?;
            self.write(&batch).await?;
        }
        Ok(())
    }

    /// The files. If there is no row, one without any, if a reader shall find what the columns are.
    pub(super) async fn finish(mut self, never_none: bool) -> Result<Vec<DataFile>, Error> {
        if self.writer.is_some() {
            self.close().await?;
        }
        if self.files.is_empty() && never_none {
            self.write(&RecordBatch::new_empty(Arc::clone(&self.schema))).await?;
            self.close().await?;
        }
        Ok(self.files)
    }

    async fn close(&mut self) -> Result<(), Error> {
        let Some(writer) = self.writer.take() else { return Ok(()) };
        let cannot = self.store.failed(|| "a file cannot be completed".to_owned());
        let content = writer.into_inner().map_err(cannot)?;
        let path = self.names.next(&self.folder);
        let (rows, bytes) = (std::mem::take(&mut self.rows), content.len() as u64);
        self.store.put(&path, content).await?;
        self.files.push(DataFile { path, rows, bytes });
        Ok(())
    }
}

fn open(schema: &SchemaRef) -> Result<ArrowWriter<Vec<u8>>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP))
        .set_created_by(concat!("rest_source_load ", env!("CARGO_PKG_VERSION")).to_owned());
    ArrowWriter::try_new(Vec::new(), Arc::clone(schema), Some(properties.build()))
}

/// The rows of a file, some thousand at a time.
pub(super) struct Batches<'a> {
    store: &'a Store,
    path: &'a str,
    stream: ParquetRecordBatchStream<Reader>,
}

impl Batches<'_> {
    pub(super) async fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        let cannot = self.store.failed(|| format!("{} cannot be read", self.path));
        self.stream.try_next().await.map_err(cannot)
    }
}

/// Reads a file: all columns, or those of these names that it has; all rows, or those selected.
pub(super) async fn read<'a>(
    store: &'a Store,
    file: &'a DataFile,
    columns: Option<&HashSet<String>>,
    selection: Option<RowSelection>,
) -> Result<Batches<'a>, Error> {
    let cannot = || store.failed(|| format!("{} cannot be read", file.path));
    let reader = Reader::new(store.clone(), store.path(&file.path)?, file.bytes);
    // Other programs that write to a table may have other types of Arrow for the same ones of Parquet.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchStreamBuilder::new_with_options(reader, options).await;
    let mut builder = builder.map_err(cannot())?;
    if let Some(columns) = columns {
        let fields = builder.schema().fields().iter().enumerate();
        let wanted = fields.filter(|(_, field)| columns.contains(field.name()));
        let wanted: Vec<_> = wanted.map(|(place, _)| place).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        builder = builder.with_projection(mask);
    }
    if let Some(selection) = selection {
        builder = builder.with_row_selection(selection);
    }
    let stream = builder.with_batch_size(ROWS).build().map_err(cannot())?;
    Ok(Batches { store, path: &file.path, stream })
}

/// The rows with the columns of a schema: those that they lack have no values, others are left out.
fn widen(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let column = |name: &str| batch.column_by_name(name);
    let arrays: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| match column(field.name()) {
            Some(array) => Arc::clone(array),
            None => new_null_array(field.data_type(), batch.num_rows()),
        })
        .collect();
    RecordBatch::try_new(Arc::clone(schema), arrays)
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn files_of_others_have_other_names() {
        for run in [7, 12_345_678] {
            let names = Names::new(run);
            let path = names.next("payments");
            assert!(path.strip_prefix("payments/").is_some_and(Names::are_of), "{path}");
            assert_eq!(names.take(), [path]);
            assert!(names.take().is_empty());
        }
        for name in [
            "part-0.parquet",
            "000001-abc.parquet",
            "a00001-0123456789abcdef0123456789abcdef.parquet",
        ] {
            assert!(!Names::are_of(name), "{name}");
        }
    }
}
