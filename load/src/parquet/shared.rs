//! What all of a run's writers use.

use super::{
    garbage, history,
    ledger::{Ledger, Log},
    manifest::Manifest,
    place::Place,
    relied, state,
    store::Store,
    tables,
};
use crate::{Error, Run, lock::RunLock, rows::Unique};

/// What all of a run's writers use.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) run: Run,
    /// Its number in the history.
    pub(super) number: u64,
    pub(super) completed: Vec<String>,
    pub(super) store: Store,
    pub(super) ledger: Ledger,
    /// Held as long as a writer writes.
    _lock: Option<RunLock>,
}

impl Shared {
    pub(super) async fn begin(
        place: &Place,
        log: impl FnOnce(&Store) -> Result<Box<dyn Log>, Error>,
        run: Run,
    ) -> Result<Shared, Error> {
        let (store, lock) = place.locked()?;
        let ledger = Ledger::open(store.clone(), log(&store)?, Unique::new().next()).await?;
        let deletes_files = ledger.log().deletes_files();
        let present = garbage::present(&store, deletes_files).await?;
        if deletes_files {
            let before = ledger.current().await;
            relied::check_manifest(&before, &present)?;
            relied::check_runs(&before, &present, &store).await?;
        }
        let begin = |manifest: &mut Manifest| {
            manifest.run = manifest.run.saturating_add(1);
            if deletes_files {
                tables::drop_deleted(manifest, &present)?;
            }
            Ok((manifest.run, state::completed(manifest, &run)))
        };
        let (number, completed) = ledger.commit(&[], begin).await?;
        garbage::collect(&store, &present, &*ledger.current().await).await?;
        if let Place::Folder(path) = place {
            garbage::collect_halves(path);
        }
        history::begin(&store, number, &run).await?;
        Ok(Shared { run, number, completed, store, ledger, _lock: lock })
    }
}
