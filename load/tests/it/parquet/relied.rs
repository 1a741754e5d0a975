//! Data files without their manifest, and manifests that are not what they were.

use std::fs;

use rest_source::plan::{DataType::Bigint, WriteDisposition::Append};

use super::place::ParquetPlace;
use crate::{
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
    for _ in 0..2 {
        let error = place.load(&numbers()).await.unwrap_err();
        assert!(error.to_string().contains("but no manifest"), "{error}");
        assert_eq!(place.files("numbers"), files);
    }
    fs::remove_dir_all(folder.join("numbers")).unwrap();
    place.load(&numbers()).await.unwrap();
    assert_eq!(place.rows("numbers", &["id"]).await, ["1"]);
}

#[tokio::test]
async fn a_manifest_of_another_number_is_refused() {
    let place = ParquetPlace::new().await;
    place.load(&numbers()).await.unwrap();
    let files = place.files("numbers");
    let folder = std::path::PathBuf::from(place.name()).join("_rest_source");
    let newest = manifests(&place).pop().unwrap();
    for (name, expected) in [
        ("manifest-18446744073709551615.json", "says that it is number"),
        ("manifest-18446744073709551616.json", "counts no commits"),
        ("manifest-99999999.json", "says that it is number"),
    ] {
        fs::copy(folder.join(&newest), folder.join(name)).unwrap();
        let error = place.load(&numbers()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{name}: {error}");
        fs::remove_file(folder.join(name)).unwrap();
    }
    // One that says so, too, is the last that there can be.
    let last = fs::read_to_string(folder.join(&newest)).unwrap();
    let number = last.split("\"number\": ").nth(1).unwrap().split(',').next().unwrap();
    let last =
        last.replacen(&format!("\"number\": {number}"), &format!("\"number\": {}", u64::MAX), 1);
    fs::write(folder.join("manifest-18446744073709551615.json"), last).unwrap();
    let error = place.load(&numbers()).await.unwrap_err();
    assert!(error.to_string().contains("the largest that there is"), "{error}");
    fs::remove_file(folder.join("manifest-18446744073709551615.json")).unwrap();
    assert_eq!(place.files("numbers"), files);
    place.load(&numbers()).await.unwrap();
    assert_eq!(place.rows("numbers", &["id"]).await, ["1", "1"]);
}
