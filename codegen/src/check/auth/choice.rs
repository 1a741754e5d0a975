//! Choices of authentications by a setting.

use rest_source_plan::{Auth, AuthChoice, Condition, Part, Template};

use super::super::setting::Filling;
use super::Checks;
use crate::{
    config,
    diagnostic::{Code, Diagnostic, closest, either},
    parse,
    source::{Span, Spanned},
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
        self.check_chosen(&chosen, choose.span, &given.value);
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

    /// What is chosen by default must be an option.
    fn check_chosen(
        &mut self,
        chosen: &Template,
        span: Span,
        options: &parse::Map<Spanned<config::Auth>>,
    ) {
        let names = || options.entries.iter().map(|(name, _)| name.value.as_str());
        let Some(default) = self.inputs.default_text(chosen) else { return };
        if options.entries.is_empty() || names().any(|name| name == default) {
            return;
        }
        let message = format!("with its default this is `{default}`, which is no option");
        let mut diagnostic = Diagnostic::error(Code::SettingType, span, message);
        if let Some(near) = closest(&default, names()) {
            diagnostic = diagnostic.says(format!("did you mean `{near}`?"));
        }
        let options = either(names());
        self.diagnostics.push(diagnostic.help(format!("give the setting the default {options}")));
    }
}
