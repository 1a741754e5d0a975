//! Which part of the input is imported.

use crate::failure::Failure;

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

    /// Which of the resources of these names are selected by name, with their parents.
    pub(crate) fn named(
        &self,
        names: &[&str],
        parent: impl Fn(usize) -> Option<usize>,
    ) -> Result<Vec<bool>, Failure> {
        let mut selected = vec![self.resources.is_empty(); names.len()];
        for name in &self.resources {
            let Some(mut at) = names.iter().position(|of| of == name) else {
                let help = match rest_source_codegen::closest(name, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => {
                        format!("there are {}", rest_source_codegen::either(names.iter().copied()))
                    }
                };
                return Err(Failure::new(format!("there is no resource `{name}`"), help));
            };
            selected[at] = true;
            while let Some(parent) = parent(at) {
                (selected[parent], at) = (true, parent);
            }
        }
        Ok(selected)
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
    use super::matches;

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
}
