//! Which resources are fetched, and the errors of an invalid choice.

use rest_source::plan::{DataType, Input, Link, ResourcePlan};
use rest_source_codegen::closest;

use crate::{Caller, Failure};

type Given = [(String, String)];

/// The requested resources; without any, those that the description selects and that need
/// no arguments beside the given ones.
pub(crate) fn choose(
    plans: &[Link<ResourcePlan>],
    asked: &[String],
    arguments: &Given,
    caller: Caller,
) -> Result<Vec<Link<ResourcePlan>>, Failure> {
    if let Some(unknown) = asked.iter().find(|name| plans.iter().all(|plan| plan.name != **name)) {
        let names: Vec<&str> = plans.iter().map(|plan| &*plan.name).collect();
        let help = match closest(unknown, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("it has {}", listed(&names)),
        };
        return Err(refused(format!("the description has no resource `{unknown}`"), help));
    }
    let is_asked = |plan: &Link<ResourcePlan>| {
        if asked.is_empty() {
            plan.selected && lacking(plan, arguments).is_empty()
        } else {
            asked.iter().any(|name| *name == plan.name)
        }
    };
    let chosen: Vec<Link<ResourcePlan>> =
        plans.iter().filter(|plan| is_asked(plan)).cloned().collect();
    for plan in &chosen {
        let lacking = lacking(plan, arguments);
        if let Some(first) = lacking.first() {
            return Err(refused(
                format!("`{}` needs a value for {}", plan.name, listed(&lacking)),
                format!("give it by {}", caller.argument(first, "VALUE")),
            ));
        }
    }
    check_arguments(&chosen, arguments, caller)?;
    if chosen.is_empty() {
        let all: Vec<&str> = plans.iter().map(|plan| &*plan.name).collect();
        return Err(refused(
            "the description selects no resource that can be fetched without arguments".to_owned(),
            format!("name one: {}", listed(&all)),
        ));
    }
    Ok(chosen)
}

/// The resource of this name.
pub(crate) fn choose_one(
    plans: &[Link<ResourcePlan>],
    name: &str,
    arguments: &Given,
    caller: Caller,
) -> Result<Link<ResourcePlan>, Failure> {
    let mut chosen = choose(plans, &[name.to_owned()], arguments, caller)?;
    // A description whose resources have one name is refused before.
    Ok(chosen.swap_remove(0))
}

/// Resources that would be fetched if they had their arguments, and the names of those.
pub(crate) fn left_out(
    plans: &[Link<ResourcePlan>],
    asked: &[String],
    arguments: &Given,
) -> Vec<(String, Vec<String>)> {
    if !asked.is_empty() {
        return Vec::new();
    }
    let selected = plans.iter().filter(|plan| plan.selected);
    let lacking = selected.map(|plan| (plan.name.to_string(), lacking(plan, arguments)));
    let lacking = lacking.filter(|(_, lacking)| !lacking.is_empty());
    lacking
        .map(|(name, lacking)| (name, lacking.into_iter().map(str::to_owned).collect()))
        .collect()
}

/// A secret or setting that has no value.
pub(crate) fn missing(inputs: &[(&str, &Input)], caller: Caller) -> Failure {
    let names: Vec<String> =
        inputs.iter().map(|(kind, input)| format!("the {kind} `{}`", input.name)).collect();
    let help = inputs.iter().map(|(kind, input)| {
        let given = match *kind {
            "setting" => Some(caller.setting(&input.name)),
            _ => caller.secret(&input.name),
        };
        let set = given.map(|given| format!(", or give {given}")).unwrap_or_default();
        format!("set {} in the environment{set}", input.variables.join(" or "))
    });
    let is = if names.len() == 1 { "is" } else { "are" };
    let message = format!("{} {is} missing", names.join(", "));
    refused(message, help.collect::<Vec<_>>().join("; "))
}

/// What a description names, and how it does so.
pub(crate) struct Kind(&'static str, &'static str);

pub(crate) const SETTING: Kind = Kind("setting", "settings are written `{config.name}`");
pub(crate) const SECRET: Kind = Kind("secret", "secrets are written `{secrets.name}`");

/// A setting or secret that the description does not name.
pub(crate) fn no_input(Kind(kind, written): &Kind, name: &str, inputs: &[Input]) -> Failure {
    let known: Vec<&str> = inputs.iter().map(|input| &*input.name).collect();
    let help = match (closest(name, known.iter().copied()), known.is_empty()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => format!("it names none: {written}"),
        (None, false) => format!("it has {}", listed(&known)),
    };
    refused(format!("the description has no {kind} `{name}`"), help)
}

/// Every argument must be one of a resource that is fetched, and fit its type.
fn check_arguments(
    chosen: &[Link<ResourcePlan>],
    given: &Given,
    caller: Caller,
) -> Result<(), Failure> {
    for (name, value) in given {
        let taken = chosen.iter().flat_map(line).flat_map(|plan| plan.arguments.iter());
        let mut taken = taken.filter(|argument| argument.name == *name).peekable();
        if taken.peek().is_none() {
            let names = chosen.iter().flat_map(line).flat_map(|plan| plan.arguments.iter());
            let names: Vec<&str> = names.map(|argument| &*argument.name).collect();
            let help = match closest(name, names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if names.is_empty() => "none of them takes an argument".to_owned(),
                None => format!("they take {}", listed(&names)),
            };
            return Err(refused(
                format!("no resource that is fetched has an argument `{name}`"),
                help,
            ));
        }
        if taken.any(|argument| argument.data_type == DataType::Bigint)
            && value.parse::<i64>().is_err()
        {
            return Err(refused(
                format!("`{name}` requires a whole number, got `{value}`"),
                format!("write it like {}", caller.argument(name, "42")),
            ));
        }
    }
    Ok(())
}

/// The arguments of a resource and its parents that are not given.
fn lacking<'a>(plan: &'a Link<ResourcePlan>, given: &Given) -> Vec<&'a str> {
    let needed = line(plan).flat_map(|plan| plan.arguments.iter());
    let needed = needed.map(|argument| &*argument.name);
    let mut lacking = Vec::new();
    for name in needed.filter(|name| given.iter().all(|(given, _)| given != name)) {
        // A child takes the arguments of its parent, too.
        if !lacking.contains(&name) {
            lacking.push(name);
        }
    }
    lacking
}

/// A resource and all that it takes values from.
fn line(plan: &Link<ResourcePlan>) -> impl Iterator<Item = &ResourcePlan> {
    plan.line().into_iter()
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn refused(message: String, help: String) -> Failure {
    Failure::Refused { message, help }
}
