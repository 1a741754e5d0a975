//! `--allow`, `--warn` and `--deny`: the levels of lints, which every command takes that reads a
//! description.

use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches,
    builder::{PossibleValue, PossibleValuesParser},
};
use rest_source_codegen::{Code, Level, LintLevels};

const LEVELS: [(Level, &str); 3] = [
    (Level::Allow, "Do not report this lint"),
    (Level::Warn, "Report this lint as a warning"),
    (Level::Deny, "Report this lint as an error"),
];

/// The levels in the order in which they were given.
#[derive(Debug, Clone, Default)]
pub(crate) struct LintArguments {
    /// Each with the name of its lint.
    pub(crate) given: Vec<(Level, String)>,
}

impl LintArguments {
    /// For the compiler: the last level of a lint counts.
    pub(crate) fn levels(&self) -> LintLevels {
        let mut levels = LintLevels::default();
        for (level, lint) in &self.given {
            // The parser of the arguments lets only lints through that exist.
            let _ = levels.set(lint, *level);
        }
        levels
    }
}

// A derive would give three lists, and lose which of `--deny x --allow x` came last.
impl Args for LintArguments {
    fn augment_args(command: Command) -> Command {
        LEVELS.into_iter().fold(command, |command, (level, help)| {
            command.arg(
                Arg::new(level.name())
                    .long(level.name())
                    .value_name("LINT")
                    .help(help)
                    .action(ArgAction::Append)
                    .value_parser(PossibleValuesParser::new(lints()))
                    .hide_possible_values(true)
                    .help_heading("Lints (`explain` lists them; the last level given counts)"),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LintArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given: Vec<(usize, Level, String)> = Vec::new();
        for (level, _) in LEVELS {
            let indices = matches.indices_of(level.name()).into_iter().flatten();
            let lints = matches.get_many::<String>(level.name()).into_iter().flatten();
            given.extend(indices.zip(lints).map(|(index, lint)| (index, level, lint.clone())));
        }
        given.sort_by_key(|(index, ..)| *index);
        let given = given.into_iter().map(|(_, level, lint)| (level, lint)).collect();
        Ok(LintArguments { given })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn lints() -> impl Iterator<Item = PossibleValue> {
    let lints = Code::ALL.iter().filter(|code| code.default_level().is_some());
    lints.map(|code| PossibleValue::new(code.name()).help(code.summary()))
}
