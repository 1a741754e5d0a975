//! Which part of the input is imported.

use std::collections::HashSet;

use rest_source_codegen::{closest, either};

use crate::{failure::Failure, gap::Gap};

/// How many paths a message names.
const MOST_PATHS: usize = 20;

/// Which part of the input is imported; all of it by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Patterns of paths, of which one must match: `/v1/*`. `*` stands for any text, `?` for one
    /// character. Without any, every path is imported.
    pub only: Vec<String>,
    /// Names of resources as the import gives them. Without any, every resource is imported. Parents of
    /// a named resource are imported too, as it cannot be fetched without them.
    pub resources: Vec<String>,
}

impl Selection {
    /// Whether a path is selected.
    pub(crate) fn has_path(&self, path: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|pattern| matches(pattern, path))
    }
}

impl Selection {
    /// The patterns that match none of the paths, each with the path that is most like it; a failure if none of the
    /// patterns matches any. Of no paths at all the caller knows more to say.
    pub(crate) fn unmatched<'a>(
        &self,
        paths: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<Gap>, Failure> {
        let mut seen = HashSet::new();
        let mut known: Vec<&str> = paths.filter(|path| seen.insert(*path)).collect();
        let is_dead = |pattern: &&String| !known.iter().any(|path| matches(pattern, path));
        let dead: Vec<&String> = self.only.iter().filter(is_dead).collect();
        let meant = |pattern: &str| closest(pattern, known.iter().copied());
        let gap = |pattern: &&String| {
            let meant = meant(pattern).map(|path| format!(": did you mean `{path}`?"));
            let message = format!("no path matches `{pattern}`{}", meant.unwrap_or_default());
            Gap::new("only", "--only", message)
        };
        if known.is_empty() || dead.len() < self.only.len() {
            return Ok(dead.iter().map(gap).collect());
        }
        if dead.is_empty() {
            return Ok(Vec::new());
        }
        let meant = dead.iter().find_map(|pattern| meant(pattern));
        let meant = meant.map(|path| format!("did you mean `{path}`? ")).unwrap_or_default();
        let count = known.len();
        known.truncate(MOST_PATHS);
        let more = if count > MOST_PATHS {
            format!(" and {} more", count - MOST_PATHS)
        } else {
            String::new()
        };
        Err(Failure::new(
            format!("no path matches {}", either(dead.iter().map(|pattern| pattern.as_str()))),
            format!(
                "{meant}there are the paths {}{more}; a pattern matches a whole path, and `*` any text",
                known.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
            ),
        ))
    }

    /// Which of the resources with these names are selected by their names.
    pub(crate) fn named(&self, names: &[impl AsRef<str>]) -> Result<Vec<bool>, Failure> {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let mut selected = vec![self.resources.is_empty(); names.len()];
        for name in &self.resources {
            let Some(at) = names.iter().position(|known| *known == name) else {
                let help = match closest(name, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}", either(names.iter().copied())),
                };
                return Err(Failure::new(format!("there is no resource `{name}`"), help));
            };
            selected[at] = true;
        }
        Ok(selected)
    }
}

/// Selects the parents of all that is selected, and their parents.
pub(crate) fn with_parents(selected: &mut [bool], parents: impl Fn(usize) -> Vec<usize>) {
    let mut rest: Vec<usize> = (0..selected.len()).filter(|at| selected[*at]).collect();
    while let Some(at) = rest.pop() {
        for parent in parents(at) {
            if !selected[parent] {
                selected[parent] = true;
                rest.push(parent);
            }
        }
    }
}

/// Whether a pattern matches the whole text, in time proportional to their product.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut from) = (0, 0);
    // The last `*`, and how much of the text it stands for.
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[from] => (at, from) = (at + 1, from + 1),
            _ => match star {
                Some((star_at, taken)) => {
                    star = Some((star_at, taken + 1));
                    (at, from) = (star_at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::{Selection, matches};

    #[test]
    fn patterns_match_whole_paths() {
        for (pattern, path, expected) in [
            ("/v1/*", "/v1/orders/{id}", true),
            ("/v1/*", "/v2/orders", false),
            ("*/orders", "/v1/orders", true),
            ("*/orders", "/v1/orders/{id}", false),
            ("/v?/orders", "/v1/orders", true),
            ("/orders", "/orders", true),
            ("*a*a*a*a*b", &"a".repeat(200), false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn patterns_that_match_nothing_are_told() {
        let paths = ["/v1/orders", "/v1/orders/{id}"];
        let unmatched = |only: &[&str]| {
            let only = only.iter().map(|pattern| (*pattern).to_owned()).collect();
            Selection { only, ..Selection::default() }.unmatched(paths.iter().copied())
        };
        assert_eq!(unmatched(&[]), Ok(Vec::new()));
        assert_eq!(unmatched(&["/v1/*"]), Ok(Vec::new()));
        let gaps = unmatched(&["/v1/*", "/V1/*"]).unwrap();
        assert_eq!(gaps[0].to_string(), "only: --only: no path matches `/V1/*`");
        let gaps = unmatched(&["/v1/*", "/v1/order"]).unwrap();
        assert_eq!(
            gaps[0].to_string(),
            "only: --only: no path matches `/v1/order`: did you mean `/v1/orders`?"
        );
        let failure = unmatched(&["v1/orders"]).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "no path matches `v1/orders`: did you mean `/v1/orders`? there are the paths `/v1/orders`, `/v1/orders/{id}`; a pattern matches a \
             whole path, and `*` any text"
        );
    }
}
