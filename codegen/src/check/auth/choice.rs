//! Choices of authentications by a setting.

use rest_source_plan::{Auth, AuthChoice, Condition, Part};

use super::super::setting::Filling;
use super::Checks;
use crate::{
    config,
    diagnostic::{Code, Diagnostic},
};

impl Checks<'_> {
    pub(super) fn choice(&mut self, choice: &config::AuthChoice) -> Auth {
        let (Some(choose), Some(given)) = (choice.choose.get(), choice.options.get()) else {
            return Auth::None;
        };
        let chosen =
            self.inputs.read_filled(&choose.value.0, Filling::TEXT, choose.span, self.diagnostics);
        if !chosen.0.iter().any(|part| matches!(part, Part::Config(_) | Part::Secret(_))) {
            let message = "nothing chooses here: this is always the same option";
            self.diagnostics.push(
                Diagnostic::error(Code::Unused, choose.span, message)
                    .help("name a setting, `choose: \"{config.auth_type}\"`"),
            );
        }
        if given.value.entries.is_empty() {
            let message = "there is no option to choose";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, given.span, message).help(
                    "write authentications by their names, `options: {token: {type: bearer}}`",
                ),
            );
        }
        let mut options = Vec::new();
        for (name, auth) in &given.value.entries {
            let option = name.value.clone();
            let condition = Condition {
                choose: chosen.clone(),
                option: option.clone().into(),
                ..Condition::DEFAULT
            };
            self.inputs.begin_option(condition);
            options.push((option.into(), self.kind(auth)));
            self.inputs.end_option();
        }
        Auth::Choice(AuthChoice { choose: chosen, options: options.into(), ..AuthChoice::DEFAULT })
    }
}
