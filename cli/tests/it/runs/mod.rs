//! Runs that fail, are killed, interrupted and limited, of descriptions that are edited in between,
//! end with the tables that undisturbed runs give.

mod description;
mod tables;
mod world;

use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    mem,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use fastrand::Rng;
use serde_json::json;

use self::{
    description::Description,
    tables::Tables,
    world::{Fault, World},
};
use crate::{
    Folder,
    api::Api,
    awaited::{BEGUN, MAY_DIFFER, RESUMABLE, SAME_KEY, WOULD_DOUBLE},
};

/// How many rounds are played, by this variable.
const ROUNDS: &str = "RUN_TEST_ROUNDS";
/// The one round that is played, by this variable: what a failure names.
const ROUND: &str = "RUN_TEST_ROUND";

/// The databases of a round.
const DISTURBED: &str = "disturbed.db";
const UNDISTURBED: &str = "undisturbed.db";

#[test]
fn disturbed_runs_add_up_to_undisturbed_ones() {
    let number = |name: &str| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (first, rounds) = match number(ROUND) {
        Some(round) => (round, 1),
        None => (0, number(ROUNDS).unwrap_or(40)),
    };
    let (next, told, refused) = (AtomicU64::new(first), AtomicU64::new(0), AtomicU64::new(0));
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let round = next.fetch_add(1, Ordering::Relaxed);
                    if round >= first + rounds {
                        return;
                    }
                    let mut played = Round::new(round);
                    if let Err(fault) = played.play() {
                        let story = format!("{}\n{fault}", played.told());
                        failed.lock().unwrap().push((round, story));
                    }
                    told.fetch_add(u64::from(played.is_told), Ordering::Relaxed);
                    refused.fetch_add(played.refused, Ordering::Relaxed);
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(
        failed.is_empty(),
        "{} of {rounds} rounds failed: {:?}; the shortest is {}",
        failed.len(),
        failed.iter().map(|(round, _)| *round).collect::<Vec<u64>>(),
        failed.iter().map(|(_, story)| story).min_by_key(|story| story.len()).unwrap(),
    );
    let (told, refused) = (told.into_inner(), refused.into_inner());
    println!("{rounds} rounds: {told} told that rows would differ, {refused} edits were refused");
    assert!(told <= rounds / 10, "{told} of {rounds} rounds only told that rows would differ");
}

/// One round: a description, its API, a database of disturbed runs and one of undisturbed ones.
struct Round {
    number: u64,
    rng: Rng,
    world: Arc<World>,
    api: Api,
    folder: Folder,
    description: Description,
    /// What was done, for whoever reads of a failure.
    story: String,
    /// The descriptions whose runs reported success in this phase, in this order.
    completed: Vec<Description>,
    /// Whether a run has said that rows would be there twice.
    is_told: bool,
    /// Whether the runs of a phase have loaded by different dispositions: a `merge` keeps the last version of
    /// a record, an `append` all of them, and no undisturbed run does both.
    is_mixed: bool,
    /// How many edits a run has refused.
    refused: u64,
}

/// How a run ended.
enum Ended {
    Complete,
    Refused,
    Disturbed,
}

impl Round {
    fn new(number: u64) -> Round {
        let mut rng = Rng::with_seed(number);
        let world = Arc::new(World::default());
        let answers = Arc::clone(&world);
        let api = Api::start(move |asked| answers.answer(asked));
        let description = Description::random(&mut rng);
        Round {
            number,
            rng,
            world,
            api,
            folder: Folder::with(&[]),
            description,
            story: String::new(),
            completed: Vec::new(),
            is_told: false,
            is_mixed: false,
            refused: 0,
        }
    }

    fn play(&mut self) -> Result<(), String> {
        for phase in 0..self.rng.u64(2..=3) {
            let _ = writeln!(self.story, "-- phase {phase}: records change");
            self.change_records(phase);
            self.disturbed_runs()?;
            for completed in mem::take(&mut self.completed) {
                self.description = completed;
                let _ = writeln!(self.story, "undisturbed run");
                self.world.begin(None);
                let (status, said) = self.run(UNDISTURBED, &[]);
                if status != Some(0) {
                    return Err(format!("it failed\n{said}"));
                }
            }
            if self.is_told {
                break;
            }
            let read = if self.is_mixed { Tables::read_keys } else { Tables::read };
            let [disturbed, undisturbed] =
                [DISTURBED, UNDISTURBED].map(|file| read(&self.folder.path().join(file)));
            if let Some(difference) = disturbed.difference(&undisturbed) {
                return Err(difference);
            }
            if self.is_mixed {
                break;
            }
        }
        Ok(())
    }

    /// New records, and new versions of old ones.
    fn change_records(&mut self, phase: u64) {
        for resource in self.description.resources.clone() {
            let parents = resource.parent.as_ref().map(|_| 1..=6_u64);
            let rng = &mut self.rng;
            self.world.change(&resource.name, |records| {
                let base = i64::try_from(phase).unwrap_or_default() * 100;
                for record in records.iter_mut() {
                    if rng.u8(..4) == 0 {
                        record["updated"] = (base + rng.i64(1..20)).into();
                        record["amount"] = rng.u8(..).into();
                    }
                }
                for _ in 0..rng.usize(0..8) {
                    let id = records.len() + 1;
                    let mut record = json!({
                        "id": id, "updated": base + rng.i64(1..20), "amount": rng.u8(..),
                        "tags": (0..rng.u8(..3)).collect::<Vec<_>>(),
                    });
                    if let Some(parents) = &parents {
                        record["parent"] = rng.u64(parents.clone()).into();
                    }
                    records.push(record);
                }
            });
        }
    }

    /// Runs until one reports success, and so for every setting that a run was begun with.
    fn disturbed_runs(&mut self) -> Result<(), String> {
        let mut left = self.rng.u8(0..6);
        // What it was before the edits that no run is known to have accepted.
        let mut earlier = Vec::new();
        let mut first: Option<Description> = None;
        let mut open = BTreeSet::new();
        loop {
            if self.rng.u8(..4) == 0 && left > 0 {
                earlier.push(self.description.clone());
                self.description.edit(&mut self.rng);
                let settings = self.description.settings().join(" ");
                let _ = writeln!(self.story, "edit: {settings}\n{}", self.description.yaml("URL"));
            }
            let fault = (left > 0).then(|| self.fault());
            let limit = (left > 0 && self.rng.u8(..5) == 0).then(|| self.rng.u8(1..6));
            left = left.saturating_sub(1);
            let (ended, has_begun) = self.disturbed_run(fault, limit)?;
            if !matches!(ended, Ended::Refused) {
                let first = first.get_or_insert(self.description.clone());
                self.is_mixed |= !first.keeps_versions_as(&self.description);
            }
            match ended {
                Ended::Complete => {
                    self.completed.push(self.description.clone());
                    open.remove(&self.description.tenant);
                    match open.first() {
                        Some(tenant) => self.description.tenant = *tenant,
                        None => return Ok(()),
                    }
                }
                Ended::Refused => {
                    self.refused += 1;
                    let _ = writeln!(self.story, "refused: the edit is taken back");
                    match earlier.pop() {
                        Some(earlier) => self.description = earlier,
                        None => return Err("refused without an edit".to_owned()),
                    }
                }
                // What has begun with this description has to end with it, or to say so.
                Ended::Disturbed => {
                    open.insert(self.description.tenant);
                    if has_begun {
                        earlier.clear();
                    }
                }
            }
            if self.story.lines().count() > 2_000 {
                return Err("it comes to no end".to_owned());
            }
        }
    }

    fn fault(&mut self) -> Fault {
        let rng = &mut self.rng;
        match rng.u8(..5) {
            0 => Fault::Cut { at: rng.u64(1..12) },
            1 => Fault::Interrupt { at: rng.u64(1..12) },
            2 => Fault::Kill { at: rng.u64(1..12), after: None },
            3 => {
                let after = Duration::from_micros(rng.u64(0..30_000));
                Fault::Kill { at: rng.u64(1..12), after: Some(after) }
            }
            _ => {
                let resources = &self.description.resources;
                let resource = resources[rng.usize(..resources.len())].name.clone();
                Fault::Status { resource, from: rng.u64(1..6) }
            }
        }
    }

    /// How a run ended, and whether every resource has begun in it.
    fn disturbed_run(
        &mut self,
        fault: Option<Fault>,
        limit: Option<u8>,
    ) -> Result<(Ended, bool), String> {
        let _ = writeln!(self.story, "run: {fault:?}, limit {limit:?}");
        let is_disturbed = fault.is_some() || limit.is_some();
        self.world.begin(fault);
        let limit = limit.map(|limit| format!("--limit={limit}"));
        let arguments: Vec<&str> = limit.as_deref().into_iter().collect();
        let (status, said) = self.run(DISTURBED, &arguments);
        let _ = writeln!(self.story, "  {status:?} {}", said.trim_end().replace('\n', "\n  "));
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        // It was killed between the end of the run and that of its process.
        let is_complete = match status {
            Some(status) => status == 0 && !says(&[RESUMABLE]),
            None => tables::last_run_is_complete(&self.folder.path().join(DISTURBED)),
        };
        // A `merge` finds the rows that appends have added several times.
        let refuses = says(&[WOULD_DOUBLE, SAME_KEY]);
        if status.is_some_and(|status| status != 0) && refuses {
            return Ok((Ended::Refused, false));
        }
        self.is_told |= says(&MAY_DIFFER);
        let has_begun = self.description.resources.iter().all(|resource| {
            BEGUN.iter().any(|begun| said.contains(&format!("{:?}}}: {begun}", resource.name)))
        });
        match is_complete {
            true => Ok((Ended::Complete, has_begun)),
            false if is_disturbed => Ok((Ended::Disturbed, has_begun)),
            false => Err("it failed undisturbed".to_owned()),
        }
    }

    /// A run into this database: its exit status and what it has said.
    fn run(&self, database: &str, arguments: &[&str]) -> (Option<i32>, String) {
        self.folder.write("shop.yaml", self.description.yaml(&self.api.url).as_bytes());
        let database = format!("sqlite:{database}");
        let mut command = self.folder.command("load shop.yaml --color never --to");
        command.arg(database).args(self.description.settings()).args(arguments);
        let run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        self.world.is_run_by(run.id());
        let output = run.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said + &String::from_utf8(output.stdout).unwrap())
    }

    fn told(&self) -> String {
        format!("round {}, which {ROUND}={} plays again:\n{}", self.number, self.number, self.story)
    }
}
