//! Data files without their manifest, and manifests that are not what they were.

use std::fs;

use expect_test::expect;
use rest_source::plan::{DataType::Bigint, WriteDisposition::Append};

use super::place::ParquetPlace;
use crate::{
    shown::shown,
    suite::Place,
    support::{Resource, row},
};

fn numbers() -> Resource {
    Resource::new("numbers", Append).column("id", Bigint).page([row![1_i64]])
}

fn manifests(place: &ParquetPlace) -> Vec<String> {
    let files = place.files("_rest_source");
    files.into_iter().filter(|name| name.starts_with("manifest-")).collect()
}

#[tokio::test]
async fn data_files_without_a_manifest_are_neither_deleted_nor_doubled() {
    let place = ParquetPlace::new().await;
    place.load(&numbers()).await.unwrap();
    let files = place.files("numbers");
    let folder = std::path::PathBuf::from(place.name());
    for name in manifests(&place) {
        fs::remove_file(folder.join("_rest_source").join(name)).unwrap();
    }
    let mut said = String::new();
    for _ in 0..2 {
        let error = place.load(&numbers()).await.unwrap_err();
        said.extend([&shown(&error).replace(&files[0], "FILE"), "\n"]);
        assert_eq!(place.files("numbers"), files);
    }
    expect![[r#"
        there are data files, such as numbers/FILE, but no manifest in _rest_source that says what they are; put the newest `manifest-….json` back, or move the files away to load everything
        there are data files, such as numbers/FILE, but no manifest in _rest_source that says what they are; put the newest `manifest-….json` back, or move the files away to load everything
    "#]].assert_eq(&said);
    fs::remove_dir_all(folder.join("numbers")).unwrap();
    place.load(&numbers()).await.unwrap();
    assert_eq!(place.rows("numbers", &["id"]).await, ["1"]);
}

#[tokio::test]
async fn rows_of_later_runs_than_the_manifest_knows_are_not_deleted() {
    let place = ParquetPlace::new().await;
    let folder = std::path::PathBuf::from(place.name());
    place.load(&numbers()).await.unwrap();
    let older = manifests(&place);
    place.load(&numbers()).await.unwrap();
    let files = place.files("numbers");
    // The newest manifests are lost.
    for name in manifests(&place).iter().filter(|name| !older.contains(name)) {
        fs::remove_file(folder.join("_rest_source").join(name)).unwrap();
    }
    let mut said = String::new();
    for _ in 0..2 {
        let error = place.load(&numbers()).await.unwrap_err();
        let error = files.iter().fold(shown(&error), |error, file| error.replace(file, "FILE"));
        said.extend([&*error, "\n"]);
        assert_eq!(place.files("numbers"), files);
    }
    expect![[r#"
        the newest manifest is that of run 1, and there are data files, such as numbers/FILE, of later runs; put the newest `manifest-….json` back, or continue from this one without their rows by deleting _rest_source/runs/000002.json and what follows it
        the newest manifest is that of run 1, and there are data files, such as numbers/FILE, of later runs; put the newest `manifest-….json` back, or continue from this one without their rows by deleting _rest_source/runs/000002.json and what follows it
    "#]].assert_eq(&said);
    // As the error says.
    fs::remove_file(folder.join("_rest_source/runs/000002.json")).unwrap();
    place.load(&numbers()).await.unwrap();
    // The later run had put the rows of the first one into its own file.
    assert_eq!(place.rows("numbers", &["id"]).await, ["1"]);
}

#[tokio::test]
async fn a_manifest_of_another_number_is_refused() {
    let place = ParquetPlace::new().await;
    place.load(&numbers()).await.unwrap();
    let files = place.files("numbers");
    let folder = std::path::PathBuf::from(place.name()).join("_rest_source");
    let newest = manifests(&place).pop().unwrap();
    let mut said = String::new();
    for name in [
        "manifest-18446744073709551615.json",
        "manifest-18446744073709551616.json",
        "manifest-99999999.json",
    ] {
        fs::copy(folder.join(&newest), folder.join(name)).unwrap();
        let error = place.load(&numbers()).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
        fs::remove_file(folder.join(name)).unwrap();
    }
    expect![[r#"
        the manifest _rest_source/manifest-18446744073709551615.json says that it is number 4; put back the one that was written there, or the name that this one had
        _rest_source/manifest-18446744073709551616.json is called as a manifest is, but counts no commits; move it away, or give it its name back
        the manifest _rest_source/manifest-99999999.json says that it is number 4; put back the one that was written there, or the name that this one had
    "#]].assert_eq(&said);
    // One that says so, too, is the last that there can be.
    let last = fs::read_to_string(folder.join(&newest)).unwrap();
    let number = last.split("\"number\": ").nth(1).unwrap().split(',').next().unwrap();
    let last =
        last.replacen(&format!("\"number\": {number}"), &format!("\"number\": {}", u64::MAX), 1);
    fs::write(folder.join("manifest-18446744073709551615.json"), last).unwrap();
    let error = place.load(&numbers()).await.unwrap_err();
    expect!["the manifest's number is the largest that there is; see whether it was edited"]
        .assert_eq(&shown(&error));
    fs::remove_file(folder.join("manifest-18446744073709551615.json")).unwrap();
    assert_eq!(place.files("numbers"), files);
    place.load(&numbers()).await.unwrap();
    assert_eq!(place.rows("numbers", &["id"]).await, ["1", "1"]);
}
