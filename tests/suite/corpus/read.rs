//! The files of the corpus; its README says what is in them.

use std::{error::Error, fs, path::Path};

use serde::Deserialize;
use serde_yaml::Value;

use super::Case;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// `FOLDER/{valid,invalid}/NAME.yaml`, each with a `NAME.json`.
pub fn verdict_files(root: &Path, folder: &str) -> Result<Vec<Case>> {
    #[derive(Deserialize)]
    struct About {
        dlt_error: Option<String>,
        dlt_error_cause: Option<String>,
    }
    let mut cases = Vec::new();
    for verdict in ["valid", "invalid"] {
        let mut files: Vec<_> = fs::read_dir(root.join(folder).join(verdict))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "yaml")) {
            let about: About =
                serde_json::from_str(&fs::read_to_string(path.with_extension("json"))?)?;
            let error = about.dlt_error_cause.or(about.dlt_error);
            cases.push(Case {
                name: path.strip_prefix(root)?.display().to_string(),
                text: fs::read_to_string(path)?,
                valid: verdict == "valid",
                error: error.unwrap_or_default(),
            });
        }
    }
    Ok(cases)
}

/// Real descriptions, whole.
pub fn catalogue_files(root: &Path) -> Result<Vec<Case>> {
    #[derive(Deserialize)]
    struct About {
        file: String,
        verdict: String,
        error_cause: Option<String>,
        error_first_line: Option<String>,
    }
    let about: Vec<About> = lines(&root.join("catalogue/verdicts.jsonl"))?;
    let case = |about: About| {
        Ok(Case {
            text: fs::read_to_string(root.join("catalogue/yaml").join(&about.file))?,
            name: format!("catalogue/yaml/{}", about.file),
            valid: about.verdict == "valid",
            error: about.error_cause.or(about.error_first_line).unwrap_or_default(),
        })
    };
    about.into_iter().map(case).collect()
}

/// Their resources, each alone under a client that is right.
pub fn catalogue_resources(root: &Path) -> Result<Vec<Case>> {
    #[derive(Deserialize)]
    struct About {
        file: String,
        index: usize,
        verdict: String,
        error: Option<String>,
    }
    let about: Vec<About> = lines(&root.join("catalogue/resources.jsonl"))?;
    let mut cases = Vec::new();
    let mut open: Option<(String, Value)> = None;
    for About { file, index, verdict, error } in about {
        if open.as_ref().is_none_or(|(name, _)| *name != file) {
            let text = fs::read_to_string(root.join("catalogue/yaml").join(&file))?;
            // What this reader refuses is judged as a whole file above.
            open = Some((file.clone(), serde_yaml::from_str(&text).unwrap_or(Value::Null)));
        }
        let resource = open.as_ref().and_then(|(_, value)| value.get("resources")?.get(index));
        let Some(resource) = resource else { continue };
        let resource = serde_yaml::to_string(&[resource])?;
        cases.push(Case {
            name: format!("catalogue/yaml/{file} resources[{index}]"),
            text: format!("client: {{base_url: https://api.example.com}}\nresources:\n{resource}"),
            valid: verdict == "valid",
            error: error.unwrap_or_default(),
        });
    }
    Ok(cases)
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?)
}
