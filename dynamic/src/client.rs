//! The client of a fetch, with what the environment gives it.

use std::{borrow::Cow, sync::Arc};

use rest_source::{
    Client, ClientBuilder,
    plan::{Input, RateLimit},
};

use crate::{Failure, Fetch, choice};

impl Fetch {
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        if let Some(client) = &self.connected {
            return Ok(client.clone());
        }
        let mut builder = self.builder()?;
        if let Some(look) = self.on_request.clone() {
            builder = builder.on_request(move |request| look(request));
        }
        builder.build().map_err(Failure::Client)
    }

    /// The `rate_limit` of the description, with its settings filled in.
    ///
    /// # Errors
    ///
    /// When a secret or setting is missing or unknown, or there can be no such client.
    pub fn rate_limit(&self) -> Result<Option<RateLimit>, Failure> {
        Ok(self.client()?.rate_limit().cloned())
    }

    /// The builder of the client, configured from the environment.
    pub(crate) fn builder(&self) -> Result<ClientBuilder, Failure> {
        let is_set = |input: &Input| self.settings.iter().any(|(name, _)| *name == input.name);
        let unknown = self
            .settings
            .iter()
            .find(|(name, _)| self.source.config.iter().all(|input| input.name != *name));
        if let Some((name, _)) = unknown {
            return Err(choice::no_input(&choice::SETTING, name, &self.source.config));
        }
        let is_given = |input: &Input| self.secrets.iter().any(|(name, _)| *name == input.name);
        let unknown = self
            .secrets
            .iter()
            .find(|(name, _)| self.source.secrets.iter().all(|input| input.name != *name));
        if let Some((name, _)) = unknown {
            return Err(choice::no_input(&choice::SECRET, name, &self.source.secrets));
        }
        let secrets = self.source.secrets.iter().filter(|input| !is_given(input));
        let secrets = secrets.map(|input| ("secret", input));
        let is_needed = |input: &Input| !input.optional && input.default.is_none();
        let settings = self.source.config.iter();
        let settings = settings.filter(|input| is_needed(input) && !is_set(input));
        let settings = settings.map(|input| ("setting", input));
        let missing: Vec<(&str, &Input)> = secrets
            .chain(settings)
            .filter(|(_, input)| variable(input).is_none())
            .filter(|(_, input)| input.is_needed(|name| self.value_of(name)))
            .collect();
        if !missing.is_empty() {
            return Err(choice::missing(&missing, self.caller));
        }
        let mut builder = ClientBuilder::new(Cow::Owned(self.source.clone())).from_env();
        for (name, value) in &self.settings {
            builder = builder.config(name, value);
        }
        for (name, value) in &self.secrets {
            builder = builder.secret(name, value.clone());
        }
        if let Some(url) = &self.base_url {
            builder = builder.base_url(url);
        }
        if let Some(records) = self.max_page_records {
            builder = builder.max_page_records(records);
        }
        if let Some(bytes) = self.max_body_bytes {
            builder = builder.max_body_bytes(bytes);
        }
        if let Some(file) = &self.tokens {
            builder = builder.token_store(file.clone());
        }
        if let Some(budget) = &self.budget {
            builder = builder.budget(Arc::clone(budget));
        }
        Ok(builder)
    }

    /// The value of a setting: given, of the environment, or its default.
    pub(crate) fn value_of(&self, name: &str) -> Option<String> {
        if let Some((_, value)) = self.settings.iter().rev().find(|(given, _)| given == name) {
            return Some(value.clone());
        }
        let input = self.source.config.iter().find(|input| input.name == name)?;
        let default = || input.default.as_ref()?.filled(&|name| self.value_of(name));
        variable(input).or_else(default)
    }
}

/// The value of the first variable that is set. An empty one is not.
fn variable(input: &Input) -> Option<String> {
    let mut values = input.variables.iter().filter_map(|name| std::env::var(&**name).ok());
    values.find(|value| !value.is_empty())
}
