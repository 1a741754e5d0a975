//! Destinations as they are written on a command line.

use std::sync::Arc;

use object_store::{ObjectStore, path::Path};

use super::Parquet;
use crate::{Error, ErrorKind};

/// The stores that a feature of this package adds: the schemes of their addresses, the feature, and
/// what the names of their settings begin with.
const STORES: [(&[&str], &str, &str); 3] = [
    (&["s3", "s3a"], "aws", "AWS_"),
    (&["gs"], "gcp", "GOOGLE_"),
    (&["az", "azure", "adl", "abfs", "abfss"], "azure", "AZURE_"),
];

impl Parquet {
    /// Whether addresses that begin with `scheme://` are those of object stores that
    /// [`from_url`](Parquet::from_url) knows, with the features that are on or with others.
    ///
    /// ```
    /// use rest_source_load::Parquet;
    ///
    /// assert!(Parquet::is_store("s3") && !Parquet::is_store("mysql"));
    /// ```
    pub fn is_store(scheme: &str) -> bool {
        STORES.iter().any(|(schemes, ..)| schemes.contains(&scheme))
    }

    /// Files at an address: `parquet:exports/payments` and `exports/payments` are a folder,
    /// `s3://bucket/payments`, `gs://bucket/payments` and `az://container/payments` what the features
    /// `aws`, `gcp` and `azure` add.
    ///
    /// Credentials and other settings of a store are taken from the environment, under the names
    /// that its own tools use: `AWS_ACCESS_KEY_ID`, `AWS_REGION` …
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Destination`] if there is no such store, its feature is off, or a setting is wrong.
    pub fn from_url(address: &str) -> Result<Parquet, Error> {
        let address = address.strip_prefix("parquet:").unwrap_or(address);
        let Some((scheme, _)) = address.split_once("://") else { return Ok(Parquet::at(address)) };
        let wrong = |message: String| Error::new(ErrorKind::Destination, message);
        let store = STORES.iter().find(|(schemes, ..)| schemes.contains(&scheme));
        let Some((_, feature, settings)) = store else {
            let message =
                "accepted are folders and addresses that begin with `s3://`, `gs://` or `az://`";
            return Err(wrong(format!("`{scheme}://` is no place for Parquet files; {message}")));
        };
        let is_on = match *feature {
            "aws" => cfg!(feature = "aws"),
            "gcp" => cfg!(feature = "gcp"),
            _ => cfg!(feature = "azure"),
        };
        if !is_on {
            let message = format!(
                "`{scheme}://` needs the feature `{feature}`, which is off: build with `--features \
                 {feature}`"
            );
            return Err(wrong(message));
        }
        let (store, prefix) = open(address, settings).map_err(|error| {
            wrong(format!("the store at `{scheme}://…` cannot be used: {error}"))
        })?;
        Ok(Parquet::on(store, prefix))
    }
}

/// The store, with those settings from the environment that are meant for it.
fn open(address: &str, settings: &str) -> Result<(Arc<dyn ObjectStore>, Path), String> {
    // As the runtime does: a program that has installed another provider of cryptography keeps it.
    #[cfg(feature = "cloud")]
    let _ = rustls::crypto::ring::default_provider().install_default();

    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let variables = variables.filter(|(name, _)| name.starts_with(settings));
    let Ok(address) = address.parse() else { return Err("its address is not one".to_owned()) };
    let opened = object_store::parse_url_opts(&address, variables);
    let (store, prefix) = opened.map_err(|error| error.to_string())?;
    Ok((store.into(), prefix))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use expect_test::expect;

    use super::Parquet;

    #[test]
    fn an_address_is_a_folder_or_a_store() {
        for folder in ["exports", "/tmp/exports", "parquet:exports", "parquet:./a b"] {
            let name = folder.trim_start_matches("parquet:");
            let told = format!("{:?}", Parquet::from_url(folder).unwrap());
            assert_eq!(told, format!("Parquet({name:?})"));
        }
        let error = Parquet::from_url("ftp://example.com/a").unwrap_err().to_string();
        expect!["`ftp://` is no place for Parquet files; accepted are folders and addresses that begin with `s3://`, `gs://` or `az://`"].assert_eq(&error);
    }

    #[test]
    #[cfg(not(feature = "aws"))]
    fn a_store_names_the_feature_that_it_needs() {
        let error = Parquet::from_url("s3://bucket/payments").unwrap_err().to_string();
        expect!["`s3://` needs the feature `aws`, which is off: build with `--features aws`"]
            .assert_eq(&error);
    }
}
