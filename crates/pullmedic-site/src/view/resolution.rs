//! What to do: resolutions with their steps.

use pullmedic_core::{Resolution, Step};
use serde::Serialize;

use crate::html::Html;
use crate::markdown;
use crate::site::Ctx;
use crate::view::command::CommandsView;

/// A way out, with the anchor `#fix-<id>`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FixView {
    pub(crate) id: String,
    pub(crate) title: Html,
    /// Empty when it costs nothing.
    pub(crate) risk: Html,
    pub(crate) steps: Vec<StepView>,
    /// Empty when there is nothing more to try.
    pub(crate) otherwise: Html,
}

/// One step: words, commands, or both.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepView {
    pub(crate) say: Html,
    pub(crate) commands: CommandsView,
    pub(crate) expect: Html,
}

impl FixView {
    pub(crate) fn new(ctx: &Ctx<'_>, fix: &Resolution) -> Self {
        let block = |text: &Option<String>| optional(ctx, text.as_deref(), fix);
        let steps = fix.steps.iter().enumerate();
        Self {
            id: fix.id.clone(),
            title: markdown::inline(ctx, &fix.title, &fix.location),
            risk: block(&fix.risk),
            steps: steps.map(|(i, step)| StepView::new(ctx, fix, i, step)).collect(),
            otherwise: block(&fix.otherwise),
        }
    }
}

impl StepView {
    fn new(ctx: &Ctx<'_>, fix: &Resolution, number: usize, step: &Step) -> Self {
        let group = format!("{}-{number}", fix.id);
        Self {
            say: optional(ctx, step.say.as_deref(), fix),
            commands: CommandsView::new(ctx, &step.commands, &group),
            expect: optional(ctx, step.expect.as_deref(), fix),
        }
    }
}

fn optional(ctx: &Ctx<'_>, text: Option<&str>, fix: &Resolution) -> Html {
    text.map_or_else(Html::default, |text| markdown::block(ctx, text, &fix.location))
}
