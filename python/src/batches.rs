//! Records as Arrow record batches, handed over by Arrow's interface of capsules.

use std::{
    sync::{Mutex, PoisonError},
    thread,
};

use arrow_array::{
    Array as _, RecordBatch, StructArray,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema},
    ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::{ArrowError, SchemaRef};
use futures_util::StreamExt as _;
use pyo3::{
    exceptions::{PyNotImplementedError, PyValueError},
    prelude::*,
    types::PyCapsule,
};
use rest_source::{AnyResource, Checkpoint};
use rest_source_load::{ArrowBatches, Places};

use crate::{error, reader::Reader, row_limit::RowLimit, runtime::wait};

/// The record batches of a resource, one by one, or as a stream of Arrow that is read once.
#[pyclass(module = "rest_source._native")]
pub(crate) struct Batches {
    /// `None` once they are handed over as a stream.
    fetched: Option<Mutex<ArrowBatches>>,
    /// The next one, if it was needed to know the columns.
    first: Option<RecordBatch>,
    checkpoint: Option<Checkpoint>,
    left: RowLimit,
    is_over: bool,
    /// What they are of, and where its next runs begin.
    resource: AnyResource,
    places: Places,
}

impl Batches {
    pub(crate) fn new(
        resource: AnyResource,
        batches: ArrowBatches,
        places: Places,
        limit: Option<u64>,
    ) -> Batches {
        let fetched = Some(Mutex::new(batches));
        Batches {
            fetched,
            first: None,
            checkpoint: None,
            left: RowLimit(limit),
            is_over: false,
            resource,
            places,
        }
    }

    fn next(&mut self, py: Python<'_>) -> PyResult<Option<RecordBatch>> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let Some(batches) = &mut self.fetched else { return Err(consumed()) };
        if self.is_over {
            return Ok(None);
        }
        let batches = batches.get_mut().unwrap_or_else(PoisonError::into_inner);
        match wait(py, batches.next())? {
            Some(Ok(mut batch)) => {
                self.checkpoint = Some(batch.checkpoint);
                Ok(batch.tables.pop().map(|table| self.left.cut(table.rows)))
            }
            Some(Err(error)) => {
                self.is_over = true;
                Err(error::rows(py, &error))
            }
            None => {
                self.is_over = true;
                Ok(None)
            }
        }
    }

    /// The columns, for which the first batch is fetched.
    fn schema(&mut self, py: Python<'_>) -> PyResult<SchemaRef> {
        if let Some(first) = self.next(py)? {
            let schema = first.schema();
            self.first = Some(first);
            return Ok(schema);
        }
        let Some(batches) = &mut self.fetched else { return Err(consumed()) };
        let batches = batches.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut schemas = batches.schemas();
        schemas.pop().map(|(_, schema)| schema).ok_or_else(consumed)
    }
}

#[pymethods]
impl Batches {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Batch>> {
        Ok(self.next(py)?.map(Batch))
    }

    /// The columns, as a capsule `arrow_schema`.
    fn __arrow_c_schema__<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = self.schema(py)?;
        schema_capsule(py, FFI_ArrowSchema::try_from(&*schema))
    }

    /// All batches, as a capsule `arrow_array_stream`, which is read once.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &mut self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface leaves it to the producer whether it casts.
        let _ = requested_schema;
        let schema = self.schema(py)?;
        let Some(batches) = self.fetched.take() else { return Err(consumed()) };
        let reader = Reader {
            batches: batches.into_inner().unwrap_or_else(PoisonError::into_inner),
            schema,
            first: self.first.take(),
            left: self.left,
            thread: thread::current().id(),
            is_over: self.is_over,
        };
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// Where the next run begins, as JSON, once all batches were given; until then where this one has begun.
    fn places(&self, py: Python<'_>) -> PyResult<String> {
        let mut places = self.places.clone();
        let ended = self.checkpoint.as_ref().filter(|_| self.is_over);
        if let Some(next_run) = ended.and_then(Checkpoint::next_run) {
            let left = places.leave(&self.resource, next_run);
            left.map_err(|error| error::rows(py, &error))?;
        }
        serde_json::to_string(&places).map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

/// One record batch.
#[pyclass(frozen, module = "rest_source._native")]
pub(crate) struct Batch(RecordBatch);

#[pymethods]
impl Batch {
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    /// The number of rows.
    #[getter]
    fn num_rows(&self) -> usize {
        self.0.num_rows()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The columns, as a capsule `arrow_schema`.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, FFI_ArrowSchema::try_from(&*self.0.schema()))
    }

    /// Columns and values, as capsules `arrow_schema` and `arrow_array`.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        let rows = StructArray::from(self.0.clone());
        let values = FFI_ArrowArray::new(&rows.to_data());
        let values = PyCapsule::new_with_value(py, values, c"arrow_array")?;
        Ok((self.__arrow_c_schema__(py)?, values))
    }
}

fn schema_capsule(
    py: Python<'_>,
    schema: Result<FFI_ArrowSchema, ArrowError>,
) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = schema.map_err(|error| PyNotImplementedError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

fn consumed() -> PyErr {
    PyValueError::new_err("this stream was read: `arrow()` makes another one")
}
