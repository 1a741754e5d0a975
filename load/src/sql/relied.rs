//! What a state relies on, as it is found in the database.

use super::{
    age::{AGE, Age, Begun, CLAIM},
    catalog,
    database::{Database, with},
    failure::{Failed, failed},
    forget, known, schema, state,
};
use crate::{
    Error, Run, Shape, Table,
    relied::{Relied, Standing},
};

/// How the states that the run begins with stand to the history. Those that agree are of this run from
/// now on.
pub(super) async fn begin<D: Database>(db: &D, run: &Run, number: i64) -> Result<Begun, Failed> {
    let has_states = db.has("SELECT 1 FROM _rest_source_state LIMIT 1", with![]).await?;
    let mut begun = Begun::new(has_states);
    for table in &run.tables {
        let of = with![&run.pipeline, &run.source, &table.resource, &table.variant, number];
        let Some(row) = db.first(AGE, of).await? else { continue };
        let age = Age {
            id: row.get(0)?,
            run: row.get(1)?,
            is_overtaken: row.get(2)?,
            last: row.get(3)?,
            last_written: row.get(4)?,
            has_failed: row.get(5)?,
            any: row.get(6)?,
        };
        if let (Some(id), Standing::Agrees) = (age.id, begun.add(table, &age)) {
            db.execute(CLAIM, with![id, number]).await?;
        }
    }
    Ok(begun)
}

/// Tells what is not as the state says. Gives whether everything must be loaded.
pub(super) async fn check<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
    shape: &Shape,
    begun: &Begun,
) -> Result<bool, Error> {
    let found = find(db, run, table, shape, begun).await;
    let name = &shape.tables()[0].name;
    found.map_err(failed("the state cannot be used"))?.check(table, &format!("`{}`", forget(name)))
}

async fn find<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
    shape: &Shape,
    begun: &Begun,
) -> Result<Relied, Failed> {
    let name = &shape.tables()[0].name;
    let has_rows = catalog::has_rows(db, name).await?;
    let state = match state::of_resource(db, run, table).await? {
        None => None,
        Some(stored) => {
            let is_staged = schema::has_staging(db, &stored).await?;
            Some(stored.state.left(table, is_staged, is_staged))
        }
    };
    let is_known = known::has_table(db, name).await?;
    // Another pipeline may have begun since, and have made the table.
    let others = "SELECT 1 FROM _rest_source_state WHERE pipeline <> $1 LIMIT 1";
    let had_states = begun.had_states || db.has(others, with![&run.pipeline]).await?;
    let standing = begun.standing(table);
    Ok(Relied { has_rows, is_known, had_states, state, standing })
}
