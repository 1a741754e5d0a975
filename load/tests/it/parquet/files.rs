//! Which files there are: few, and none that nobody needs.

use std::fs;

use expect_test::expect;
use rest_source::plan::{
    DataType::{Bigint, Bool, Text},
    WriteDisposition::{self, Append, Merge, Replace},
};
use rest_source_load::ErrorKind;

use super::place::ParquetPlace;
use crate::{
    shown::shown,
    suite::Place,
    support::{Resource, row},
};

fn numbers(disposition: WriteDisposition, pages: i64) -> Resource {
    let numbers = Resource::new("numbers", disposition).column("id", Bigint).primary_key(&["id"]);
    (0..pages).fold(numbers, |numbers, page| {
        let extra = [("list", "[1]")].into_iter().collect();
        numbers.page_with_extra([(row![page], extra)])
    })
}

/// The data files in the folder are those that the manifest lists.
async fn assert_nothing_else(place: &ParquetPlace) {
    for table in place.destination().tables().await.unwrap() {
        let listed = table.files.iter().map(|file| file.path.rsplit('/').next().unwrap());
        let mut listed: Vec<_> = listed.collect();
        listed.sort_unstable();
        assert_eq!(place.files(&table.name), listed, "{}", table.name);
    }
    assert!(place.files("_rest_source/staging").is_empty());
}

#[tokio::test]
async fn a_load_of_many_batches_leaves_one_file_of_each_table() {
    for disposition in [Append, Merge, Replace] {
        let place = ParquetPlace::new().await;
        for run in 1..=2 {
            place.load(&numbers(disposition, 100)).await.unwrap();
            let rows = place.rows("numbers", &["id"]).await.len();
            assert_eq!(rows, if disposition == Append { 100 * run } else { 100 });
            for table in ["numbers", "numbers__list"] {
                assert_eq!(place.table(table).await.unwrap().files.len(), 1, "{disposition:?}");
            }
            assert_nothing_else(&place).await;
        }
        // Those of the last commits only.
        let manifests = place.files("_rest_source");
        let manifests = manifests.iter().filter(|name| name.starts_with("manifest-"));
        assert_eq!(manifests.count(), 10);
    }
}

#[tokio::test]
async fn a_load_that_goes_on_has_no_more_files_than_can_be_listed_in_each_commit() {
    for disposition in [Append, Replace] {
        let place = ParquetPlace::new().await;
        let numbers = numbers(disposition, 100);
        numbers.fail_at(100);
        place.load(&numbers).await.unwrap_err();
        let folder = if disposition == Append { "numbers" } else { "_rest_source/staging" };
        let files = place.files(folder).len();
        assert!((1..=32).contains(&files), "{files}");
        numbers.fail_at(0);
        place.load(&numbers).await.unwrap();
        assert_eq!(place.rows("numbers", &["id"]).await.len(), 100);
        assert_nothing_else(&place).await;
    }
}

#[tokio::test]
async fn an_empty_table_has_a_file_that_tells_its_columns() {
    for disposition in [Append, Merge, Replace] {
        let place = ParquetPlace::new().await;
        let empty = Resource::new("numbers", disposition).column("id", Bigint).primary_key(&["id"]);
        place.load(&empty.page([])).await.unwrap();
        let table = place.table("numbers").await.unwrap();
        assert_eq!((table.files.len(), table.files[0].rows), (1, 0), "{disposition:?}");
        place.load(&numbers(disposition, 1)).await.unwrap();
        assert_eq!(place.rows("numbers", &["id"]).await, ["0"]);
    }
}

#[tokio::test]
async fn a_merge_leaves_files_alone_that_none_of_its_keys_is_in() {
    let place = ParquetPlace::new().await;
    let of = |disposition| {
        let mut resource = Resource::new("numbers", disposition).column("id", Bigint);
        resource = resource.column("gone", Bool).primary_key(&["id"]);
        resource.plan.columns.to_mut()[1].hard_delete = true;
        resource
    };
    let rows = |id: i64| [row![id, None::<bool>], row![10 + id, None::<bool>]];
    let appended = of(Append).page(rows(1)).page(rows(2)).page(rows(3));
    appended.fail_at(3);
    place.load(&appended).await.unwrap_err();
    let before = place.table("numbers").await.unwrap().files;
    assert_eq!(before.len(), 2);

    place.load(&of(Merge).page([row![12, Some(true)]])).await.unwrap();
    assert_eq!(place.rows("numbers", &["id"]).await, ["1", "11", "2"]);
    let after = place.table("numbers").await.unwrap().files;
    assert_eq!((after.len(), &after[0]), (2, &before[0]));
    assert_nothing_else(&place).await;
}

#[tokio::test]
async fn files_that_no_commit_knows_are_deleted_and_those_of_others_are_not() {
    let place = ParquetPlace::new().await;
    place.load(&numbers(Append, 1)).await.unwrap();
    let ours = "000001-0123456789abcdef0123456789abcdef.parquet";
    let half = format!("{ours}#1");
    let (folder, staging) = (place.path.join("numbers"), place.path.join("_rest_source/staging"));
    fs::create_dir_all(&staging).unwrap();
    for path in [folder.join(ours), folder.join(&half), staging.join(ours)] {
        fs::write(path, "not committed").unwrap();
    }
    fs::create_dir_all(folder.join("below")).unwrap();
    let others =
        [folder.join("mine.parquet"), folder.join("notes.txt#1"), folder.join("below").join(ours)];
    for path in &others {
        fs::write(path, "somebody's").unwrap();
    }
    place.load(&numbers(Append, 1)).await.unwrap();
    assert!(!folder.join(ours).exists() && !folder.join(half).exists());
    assert!(place.files("_rest_source/staging").is_empty());
    assert!(others.iter().all(|path| path.exists()));
}

#[tokio::test]
async fn a_table_that_somebody_has_deleted_is_loaded_anew() {
    let place = ParquetPlace::new().await;
    let numbers = numbers(Merge, 2).incremental();
    place.load(&numbers).await.unwrap();
    assert_eq!(place.load(&numbers).await.unwrap().rows(), 0);
    for folder in ["numbers", "numbers__list"] {
        fs::remove_dir_all(place.path.join(folder)).unwrap();
    }
    assert_eq!(place.load(&numbers).await.unwrap().rows(), 2);
    assert_eq!(place.rows("numbers", &["id"]).await, ["0", "1"]);
}

#[tokio::test]
async fn a_file_that_is_missing_is_an_error() {
    let place = ParquetPlace::new().await;
    let numbers = numbers(Append, 3);
    numbers.fail_at(3);
    place.load(&numbers).await.unwrap_err();
    let file = place.files("numbers").remove(0);
    fs::remove_file(place.path.join("numbers").join(&file)).unwrap();
    let error = place.load(&numbers).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Destination);
    expect!["the file numbers/FILE is not there any more, but others of its table are; put it back, or delete the table's folder to have everything loaded again"].assert_eq(&shown(&error).replace(&file, "FILE"));
}

#[tokio::test]
async fn a_table_may_be_called_anything() {
    let place = ParquetPlace::new().await;
    for name in ["a/b", "..", "Zoë's \"table\"", "x|y*?"] {
        let resource = Resource::new(name, Merge).column("id", Text).primary_key(&["id"]);
        for _ in 0..2 {
            place.load(&resource.clone().page([row!["1"]])).await.unwrap();
            assert_eq!(place.rows(name, &["id"]).await, ["1"], "{name}");
        }
    }
    for name in ["_rest_source", ""] {
        let refused = Resource::new(name, Append).column("id", Text).page([row!["1"]]);
        assert!(place.load(&refused).await.unwrap_err().is_schema(), "{name}");
    }
}

#[tokio::test]
async fn a_list_is_not_mixed_with_another_resource() {
    let place = ParquetPlace::new().await;
    let other = Resource::new("numbers__list", Append).column("id", Text).page([row!["1"]]);
    place.load(&other).await.unwrap();
    let error = place.load(&numbers(Append, 1)).await.unwrap_err();
    assert!(error.failures()[0].error.is_schema());
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          numbers: the table `numbers__list` is there already and holds what belongs to another resource; give the resource another `name`, or declare the list as a column with `data_type: json`"#]].assert_eq(&shown(&error));
    assert_eq!(place.rows("numbers__list", &["id"]).await, ["1"]);
}

#[tokio::test]
async fn what_runs_have_done_stands_in_files() {
    let place = ParquetPlace::new().await;
    let numbers = numbers(Append, 2);
    numbers.fail_at(2);
    place.load(&numbers).await.unwrap_err();
    numbers.fail_at(0);
    place.load(&numbers).await.unwrap();
    let read = |run: &str| {
        let json = fs::read(place.path.join("_rest_source/runs").join(run)).unwrap();
        serde_json::from_slice::<serde_json::Value>(&json).unwrap()
    };
    let (first, second) = (read("000001.json"), read("000002.json"));
    assert_eq!((&first[0]["outcome"], &first[0]["rows"]), (&"failed".into(), &1.into()));
    expect!["page 2 broke"].assert_eq(first[0]["error"].as_str().unwrap());
    assert_eq!(
        (&second[0]["outcome"], &second[0]["resource"]),
        (&"complete".into(), &"numbers".into())
    );
}

#[tokio::test]
async fn a_key_whose_name_is_shortened_is_a_key() {
    let place = ParquetPlace::new().await;
    let name = "k".repeat(300);
    let resource = Resource::new("numbers", Merge).column(&name, Bigint).primary_key(&[&name]);
    for _ in 0..2 {
        place.load(&resource.clone().page([row![1], row![2], row![1]])).await.unwrap();
        assert_eq!(place.table("numbers").await.unwrap().files[0].rows, 2);
    }
}
