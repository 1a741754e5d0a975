//! The secrets of a client: listed by the plan, set on the builder or found in the environment.

use secrecy::{ExposeSecret, SecretString};

use crate::plan::{Auth, Part, Secret, SourcePlan, Template};

/// The secrets that a plan lists, with their values.
pub(crate) struct Secrets(Vec<(String, SecretString)>);

impl Secrets {
    /// Takes what was set and, if `environment`, looks there for the rest. The error names every
    /// secret that is missing and every place where it could be.
    pub(crate) fn collect(
        plan: &SourcePlan,
        set: &[(String, SecretString)],
        environment: bool,
    ) -> Result<Secrets, String> {
        let lists = |name: &str| plan.secrets.iter().any(|secret| secret.name == name);
        if let Some((unknown, _)) = set.iter().find(|(name, _)| !lists(name)) {
            return Err(format!("{} has no secret `{unknown}`", plan.name));
        }
        if let Some(unlisted) = used(plan).find(|name| !lists(name)) {
            return Err(format!("{} uses the secret `{unlisted}` and does not list it", plan.name));
        }
        let mut secrets = Vec::new();
        let mut missing = Vec::new();
        for secret in plan.secrets.iter() {
            let value = set.iter().rev().find(|(name, _)| *name == secret.name);
            let value = value.map(|(_, value)| value.clone());
            let value = value.filter(|value| !value.expose_secret().is_empty());
            let found = || secret.variables.iter().find_map(|name| read(name));
            match value.or_else(|| if environment { found() } else { None }) {
                Some(value) => secrets.push((secret.name.to_string(), value)),
                None => missing.push(explain(secret, environment)),
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

/// The names of the secrets in a plan's templates.
fn used(plan: &SourcePlan) -> impl Iterator<Item = &str> {
    let auth = plan.auth.iter().map(|Auth::Bearer { token }| token);
    let templates = auth.chain(plan.headers.iter().map(|(_, value)| value));
    templates.flat_map(|template| template.0.iter()).filter_map(|part| match part {
        Part::Secret(name) => Some(&**name),
        Part::Text(_) => None,
    })
}

/// A variable that is empty is one that is not set: shells and CI systems pass on what they lack.
fn read(variable: &str) -> Option<SecretString> {
    std::env::var(variable).ok().filter(|value| !value.is_empty()).map(SecretString::from)
}

/// Speaks of the methods that generated builders have, as those are what a user calls.
fn explain(Secret { name, setter, variables }: &Secret, environment: bool) -> String {
    let variables = variables.join(" or ");
    if environment {
        format!(
            "the secret `{name}` is missing: neither `.{setter}(…)` was called on the builder, nor \
             is {variables} set in the environment"
        )
    } else {
        format!(
            "the secret `{name}` is missing or empty: call `.{setter}(…)` on the builder, or \
             `.from_env()` with {variables} set"
        )
    }
}
