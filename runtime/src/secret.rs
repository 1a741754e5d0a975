//! The secrets of a client: named by the plan, set on the builder or found in the environment.

use secrecy::{ExposeSecret, SecretString};

use crate::plan::{Auth, Part, SourcePlan, Template};

/// The secrets that a plan names, with their values.
pub(crate) struct Secrets(Vec<(String, SecretString)>);

impl Secrets {
    /// Takes what was set and, if `environment`, looks there for the rest. The error names every
    /// secret that is missing and every place where it could be.
    pub(crate) fn collect(
        plan: &SourcePlan,
        set: &[(String, SecretString)],
        environment: bool,
    ) -> Result<Secrets, String> {
        let names = names(plan);
        if let Some((unknown, _)) = set.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            return Err(format!("{} has no secret `{unknown}`", plan.name));
        }
        let mut secrets = Vec::new();
        let mut missing = Vec::new();
        for name in names {
            let value = set.iter().rev().find(|(set, _)| set == name).map(|(_, value)| value);
            let variables = variables(&plan.name, name);
            let value = value.filter(|value| !value.expose_secret().is_empty()).cloned();
            match value.or_else(|| variables.iter().find_map(|v| read(v)).filter(|_| environment)) {
                Some(value) => secrets.push((name.to_owned(), value)),
                None => missing.push(explain(name, &variables, environment)),
            }
        }
        if missing.is_empty() { Ok(Secrets(secrets)) } else { Err(missing.join("\n")) }
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &SecretString> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The text of a template.
    pub(crate) fn fill(&self, template: &Template) -> SecretString {
        let part = |part: &Part| match part {
            Part::Text(text) => text.to_string(),
            Part::Secret(name) => {
                let secret = self.0.iter().find(|(named, _)| named == name);
                secret.map(|(_, value)| value.expose_secret().to_owned()).unwrap_or_default()
            }
        };
        template.0.iter().map(part).collect::<String>().into()
    }
}

/// The names of all secrets of a plan, each once, in its order.
fn names(plan: &SourcePlan) -> Vec<&str> {
    let auth = plan.auth.iter().map(|Auth::Bearer { token }| token);
    let templates = auth.chain(plan.headers.iter().map(|(_, value)| value));
    let mut names = Vec::new();
    for part in templates.flat_map(|template| template.0.iter()) {
        if let Part::Secret(name) = part
            && !names.contains(&&**name)
        {
            names.push(&**name);
        }
    }
    names
}

/// Where a secret is looked for: `PAYMENTS_API__ACCESS_TOKEN`, then `ACCESS_TOKEN`.
fn variables(source: &str, secret: &str) -> [String; 2] {
    let upper = |name: &str| name.replace('.', "__").to_uppercase();
    [format!("{}__{}", upper(source), upper(secret)), upper(secret)]
}

/// A variable that is empty is one that is not set: shells and CI systems pass on what they lack.
fn read(variable: &str) -> Option<SecretString> {
    std::env::var(variable).ok().filter(|value| !value.is_empty()).map(SecretString::from)
}

/// Speaks of the methods that generated builders have, as those are what a user calls.
fn explain(name: &str, [specific, general]: &[String; 2], environment: bool) -> String {
    let setter = name.replace('.', "_");
    if environment {
        format!(
            "the secret `{name}` is missing: neither `.{setter}(…)` was called on the builder, nor \
             is {specific} or {general} set in the environment"
        )
    } else {
        format!(
            "the secret `{name}` is missing or empty: call `.{setter}(…)` on the builder, or \
             `.from_env()` with {specific} or {general} set"
        )
    }
}
