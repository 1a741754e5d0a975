//! Reads those parts of a data file that are asked for.

use std::{ops::Range, sync::Arc};

use ::parquet::{
    arrow::{arrow_reader::ArrowReaderOptions, async_reader::AsyncFileReader},
    errors::{ParquetError, Result},
    file::metadata::{ParquetMetaData, ParquetMetaDataReader},
};
use bytes::Bytes;
use futures_util::{FutureExt, future::BoxFuture};
use object_store::path::Path;

use super::store::Store;

/// A data file of a store.
pub(super) struct Reader {
    store: Store,
    path: Path,
    bytes: u64,
}

impl Reader {
    /// Reads the file at this whole path, which has so many bytes.
    pub(super) fn new(store: Store, path: Path, bytes: u64) -> Reader {
        Reader { store, path, bytes }
    }
}

impl AsyncFileReader for Reader {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, Result<Bytes>> {
        let parts = self.get_byte_ranges(vec![range]);
        async move { parts.await?.pop().ok_or_else(|| ParquetError::EOF("no bytes".to_owned())) }
            .boxed()
    }

    fn get_byte_ranges(&mut self, ranges: Vec<Range<u64>>) -> BoxFuture<'_, Result<Vec<Bytes>>> {
        async move {
            let parts = self.store.parts(&self.path, &ranges).await;
            parts.map_err(|error| ParquetError::External(Box::new(error)))
        }
        .boxed()
    }

    fn get_metadata<'a>(
        &'a mut self,
        options: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, Result<Arc<ParquetMetaData>>> {
        async move {
            let metadata = ParquetMetaDataReader::new().with_arrow_reader_options(options);
            let bytes = self.bytes;
            metadata.load_and_finish(self, bytes).await.map(Arc::new)
        }
        .boxed()
    }
}
