//! What a fetch requests and gives, in every scenario of what servers do.
//!
//! A scenario is a description, `scenarios/NAME.yaml`, and the script of a server,
//! `scenarios/NAME.json`. What dlt requests and gives is in `dlt/NAME.json`, where it is not the
//! same here in `ours/NAME.json` with the row of `docs/differences-from-dlt.md` that says why; the
//! text of errors, which are never dlt's, is there too. With `UPDATE_EXPECT=1` the latter are
//! rewritten. `__PORT__` stands for the server's port.

mod expectation;
mod page;
mod player;
mod request;
mod scenario;
mod server;
mod stage;
mod template;
mod typed;

use std::{env, fs, path::Path, sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet, time::timeout};

use self::{expectation::Expectation, stage::play};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/suite/behaviour");

/// How many are played at the same time. What takes long is waiting between tries.
const AT_ONCE: usize = 32;

fn read(path: &str) -> Option<String> {
    fs::read_to_string(Path::new(FOLDER).join(path)).ok()
}

/// The names of all scenarios, or of the one that `SCENARIO` names.
fn names() -> Vec<String> {
    let chosen = env::var("SCENARIO").ok();
    let files = fs::read_dir(Path::new(FOLDER).join("scenarios")).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let names = files.filter_map(|file| Some(file.strip_suffix(".yaml")?.to_owned()));
    let mut names: Vec<String> =
        names.filter(|name| chosen.as_ref().is_none_or(|chosen| chosen == name)).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_is_played_as_expected() {
    let names = names();
    assert!(!names.is_empty());
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut plays = JoinSet::new();
    for name in names {
        let places = Arc::clone(&places);
        plays.spawn(async move {
            let _place = places.acquire_owned().await.unwrap();
            let played = timeout(Duration::from_secs(60), play(&name)).await;
            (played.map_err(|_| format!("{name} did not end")), name)
        });
    }
    let mut wrong = Vec::new();
    while let Some(play) = plays.join_next().await {
        match play.unwrap() {
            (Ok(runs), name) => {
                let expectation = Expectation::of(&name);
                if env::var_os("UPDATE_EXPECT").is_some() {
                    expectation.update(&runs);
                } else {
                    wrong.extend(expectation.wrong(&runs));
                }
            }
            (Err(endless), _) => wrong.push(endless),
        }
    }
    wrong.sort();
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} differences:\n{}", wrong.join("\n"));
}

/// An expectation for a scenario that is gone would be one that nobody looks at.
#[test]
fn every_expectation_has_its_scenario() {
    for folder in ["dlt", "ours"] {
        for file in fs::read_dir(Path::new(FOLDER).join(folder)).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            assert!(read(&format!("scenarios/{file}")).is_some(), "{folder}/{file}");
        }
    }
}
