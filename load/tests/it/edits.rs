//! What a run does after a complete one of another description: the table of
//! `load/src/guide/dispositions.md`, row by row.

use expect_test::expect;
use rest_source::plan::{
    Configurable,
    DataType::Text,
    Edge, Incremental, LastValue, OnMissing, ResourcePlan, Selector, Template, Window,
    WriteDisposition,
    WriteDisposition::{Append, Merge, Replace},
};

use crate::{
    log::Log,
    shown::shown,
    support::{Database, Resource, Shop, row},
};

/// How a resource is loaded before an edit, and after it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Range {
    None,
    Open,
    Closed(&'static str),
}

use Range::{Closed, None as Whole, Open};

/// What the second run does.
#[derive(Debug, PartialEq)]
enum Does {
    /// It appends nothing, as it begins where the first one has ended.
    Resumes,
    /// Each record is there once.
    Once,
    /// Each record is there twice.
    Twice,
    /// The same, with a warning.
    TwiceTold,
    /// It is refused, as each record would be there twice.
    Refused,
}

use Does::{Once, Refused, Resumes, Twice, TwiceTold};

fn described(name: &str, disposition: WriteDisposition, range: Range) -> Resource {
    let payments = Resource::new(name, disposition).column("id", Text).primary_key(&["id"]);
    let mut payments = payments.page([row!["P1"]]).page([row!["P2"]]);
    payments.address = Some("https://one.example.com");
    let end_value = match range {
        Whole => return payments,
        Open => None,
        Closed(end) => Some(end.into()),
    };
    payments.plan.endpoint.incremental = Some(Incremental {
        cursor_path: Selector::Keys(vec!["updated".into()].into()),
        data_type: None,
        initial_value: Some("1".into()),
        end_value,
        last_value: LastValue::Max,
        primary_key: None,
        row_order: None,
        lag: None,
        future_tolerance: Configurable::Known(Window::DAY),
        on_missing: OnMissing::Raise,
        range_start: Edge::Closed,
        range_end: Edge::Open,
        start_param: None,
        end_param: None,
        window: None,
        ..Incremental::DEFAULT
    });
    if range == Open { payments.incremental() } else { payments }
}

#[tokio::test]
async fn a_change_of_disposition_or_range_doubles_nothing_without_a_word() {
    let closed = Closed("9");
    let rows = [
        (Append, Whole, Append, Whole, Twice),
        (Append, Open, Append, Open, Resumes),
        (Append, closed, Append, closed, TwiceTold),
        (Append, closed, Append, Closed("8"), Refused),
        (Append, closed, Append, Open, Refused),
        (Append, Open, Append, closed, Refused),
        (Append, Open, Append, Whole, Refused),
        (Append, Whole, Append, Open, Refused),
        (Append, Whole, Append, closed, Refused),
        (Append, closed, Append, Whole, Refused),
        (Merge, Whole, Append, Whole, Refused),
        (Merge, Open, Append, Open, Resumes),
        (Merge, closed, Append, closed, Refused),
        (Merge, Whole, Append, Open, Refused),
        (Replace, Whole, Append, Whole, Refused),
        (Replace, Open, Append, Open, Resumes),
        (Replace, Whole, Append, Open, Refused),
        (Append, Whole, Merge, Whole, Once),
        (Append, Open, Merge, Open, Resumes),
        (Append, closed, Merge, Closed("8"), Once),
        (Append, Whole, Replace, Whole, Once),
        (Append, Open, Replace, Open, Once),
        (Merge, Open, Merge, Whole, Once),
        (Merge, Open, Replace, Open, Once),
        (Replace, Open, Merge, Open, Resumes),
        (Replace, Whole, Merge, Open, Once),
    ];
    for (number, (old, old_range, new, new_range, does)) in rows.into_iter().enumerate() {
        let edit = format!("{old:?} {old_range:?} to {new:?} {new_range:?}");
        // The log is that of all tests.
        let name = &format!("edited_{number}");
        let database = Database::new();
        database.load(&described(name, old, old_range)).await.unwrap();
        let log = Log::of_all();
        let payments = described(name, new, new_range);
        let loaded = database.load(&payments).await;
        let told: Vec<String> =
            log.text().lines().filter(|line| line.contains(name)).map(str::to_owned).collect();
        let told = told.join("\n");
        let count = || database.query(&format!("SELECT count(*) FROM {name}")).remove(0);
        let found = match &loaded {
            Err(error) => {
                assert!(error.failures()[0].error.would_double(), "{edit}: {error}");
                Refused
            }
            Ok(report) => match (&*count(), report.rows()) {
                ("2", 0) if new != Replace => Resumes,
                ("2", _) => Once,
                _ if told.contains("appends the records of the range again") => TwiceTold,
                _ => Twice,
            },
        };
        assert_eq!(found, does, "{edit}: {told}");
        if does == Refused {
            assert_eq!(count(), "2", "{edit}");
            // As the error says.
            database.execute(&format!("DELETE FROM {name}"));
            database.load(&payments).await.unwrap();
            assert_eq!(count(), "2", "{edit}");
            let refresh = database.pipeline().full_refresh();
            refresh.run(&Shop(vec![payments])).await.unwrap();
            assert_eq!(count(), "4", "{edit}");
        }
    }
}

#[tokio::test]
async fn an_interrupted_replace_that_becomes_an_append_doubles_nothing() {
    let database = Database::new();
    let payments = described("payments", Replace, Whole);
    database.load(&payments).await.unwrap();
    payments.fail_at(2);
    database.load(&payments).await.unwrap_err();
    let error = database.load(&described("payments", Append, Whole)).await.unwrap_err();
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its write disposition), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
}

#[tokio::test]
async fn what_a_change_leaves_as_it_was_is_told() {
    type Change = fn(&mut ResourcePlan);
    let changes: [(&str, WriteDisposition, u64, Change, &str); 5] = [
        (
            "selector",
            Append,
            0,
            |plan| plan.endpoint.data_selector = Some(Selector::Keys(vec!["a".into()].into())),
            "(how its records are found), and this run begins where",
        ),
        (
            "parameters",
            Merge,
            0,
            |plan| plan.endpoint.headers = vec![(Template::text("a"), Template::text("b"))].into(),
            "(its parameters, headers or body), and this run begins where",
        ),
        (
            "a new table",
            Append,
            2,
            |plan| plan.table_name = "others".into(),
            "it is loaded into the table `others` now: everything is loaded",
        ),
        (
            "an append to a table that is there",
            Append,
            0,
            |plan| plan.table_name = "refunds".into(),
            "it is loaded into the table `refunds` now: the run adds what is new",
        ),
        (
            "a table that is there",
            Merge,
            2,
            |plan| plan.table_name = "refunds".into(),
            "it is loaded into the table `refunds` now: everything is loaded",
        ),
    ];
    for (changed, disposition, rows, change, told) in changes {
        let database = Database::new();
        let refunds = Resource::new("refunds", disposition).column("id", Text);
        let refunds = refunds.primary_key(&["id"]).page([row!["R1"]]);
        let mut payments = described(&changed.replace(' ', "_"), disposition, Open);
        let shop = Shop(vec![payments.clone(), refunds]);
        database.pipeline().run(&shop).await.unwrap();
        change(&mut payments.plan);
        let log = Log::of_all();
        let report = database.load(&payments).await.unwrap();
        assert_eq!(report.rows(), rows, "{changed}: {}", log.text());
        assert!(log.text().contains(told), "{changed}: {}", log.text());
    }
}
