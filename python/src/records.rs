//! Records as Python's own values.

use std::sync::{Mutex, PoisonError};

use pyo3::{
    prelude::*,
    types::{PyIterator, PyString},
};
use rest_source::Pages;
use serde_json::value::RawValue;

use crate::{error, runtime::wait};

/// The records of a resource, one by one, as dictionaries. They are fetched page by page.
#[pyclass(module = "rest_source._native")]
pub(crate) struct Records {
    pages: Mutex<Pages<Box<RawValue>>>,
    /// Those of the page at hand that have not been given yet.
    page: Option<Py<PyIterator>>,
    /// How many are still to be given, if that is limited: pages come whole.
    left: Option<u64>,
    is_over: bool,
}

impl Records {
    pub(crate) fn new(pages: Pages<Box<RawValue>>, left: Option<u64>) -> Records {
        Records { pages: Mutex::new(pages), page: None, left, is_over: false }
    }
}

#[pymethods]
impl Records {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        loop {
            if let Some(page) = &self.page {
                match page.bind(py).clone().next() {
                    Some(record) => return record.map(|record| Some(record.unbind())),
                    None => self.page = None,
                }
            }
            if self.is_over {
                return Ok(None);
            }
            let pages = self.pages.get_mut().unwrap_or_else(PoisonError::into_inner);
            match wait(py, pages.try_next())? {
                Ok(Some(page)) => {
                    let mut records = &page.records[..];
                    if let Some(left) = &mut self.left {
                        let given = usize::try_from(*left).unwrap_or(usize::MAX).min(records.len());
                        records = &records[..given];
                        *left -= given as u64;
                    }
                    self.page = Some(read(py, records)?);
                }
                Ok(None) => self.is_over = true,
                Err(error) => {
                    self.is_over = true;
                    return Err(error::fetch(py, &error));
                }
            }
        }
    }
}

/// The values of a page, by Python's reader of JSON, which keeps whole numbers of any size.
fn read(py: Python<'_>, records: &[Box<RawValue>]) -> PyResult<Py<PyIterator>> {
    let length: usize = records.iter().map(|record| record.get().len() + 1).sum();
    let mut text = String::with_capacity(length + 2);
    text.push('[');
    for (index, record) in records.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(record.get());
    }
    text.push(']');
    let values = py.import("json")?.call_method1("loads", (PyString::new(py, &text),))?;
    Ok(values.try_iter()?.unbind())
}
