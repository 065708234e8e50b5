//! `/<provider>/<id>/`: is this my error, which cause is mine, what do I do, where was it read.

use pullmedic_core::{Problem, SymptomKind};
use serde::Serialize;
use serde_json::json;

use super::frame::Frame;
use super::{Maker, Page, page_template};
use crate::site::Ctx;
use crate::view::link::ProviderView;
use crate::view::problem::{ProblemView, checked};
use crate::{command, markdown, url};

#[derive(Serialize)]
struct ProblemPage {
    page: Frame,
    provider: Option<ProviderView>,
    problem: ProblemView,
}

page_template!(ProblemPage, "problem.html");

pub(super) fn page(maker: &Maker<'_>, problem: &Problem) -> Page {
    let ctx = maker.ctx(url::problem(&problem.id));
    let provider = maker.site.index.provider(&problem.provider);
    let short = provider.map_or("", |p| p.short.as_str());
    let title = markdown::plain(&problem.title);
    let frame =
        Frame::new(&ctx, "problem", format!("{title} ({short})"), description(&ctx, problem))
            .about(&problem.provider)
            .below(&ctx, short, &url::provider(&problem.provider))
            .with_json_ld(&json_ld(problem, &title));
    let context = ProblemPage {
        page: frame,
        provider: provider.map(|p| ProviderView::new(&ctx, p)),
        problem: ProblemView::new(&ctx, problem),
    };
    maker.page(&ctx, &problem.location, &context)
}

/// The exact error first, because that is what people search for.
fn description(ctx: &Ctx<'_>, problem: &Problem) -> String {
    let message = problem.symptoms.iter().find_map(|s| match &s.kind {
        SymptomKind::Message(template) if !s.weak => {
            Some(command::message_text(ctx.site, template))
        }
        _ => None,
    });
    let summary = markdown::plain(&problem.summary);
    message.map_or_else(|| summary.clone(), |m| format!("{m} — {summary}"))
}

fn json_ld(problem: &Problem, title: &str) -> serde_json::Value {
    let fixes: Vec<_> = problem
        .resolutions
        .iter()
        .map(|fix| {
            let steps: Vec<_> = fix.steps.iter().map(step).collect();
            json!({ "@type": "HowTo", "name": markdown::plain(&fix.title), "step": steps })
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": title,
        "description": markdown::plain(&problem.summary),
        "dateModified": checked(problem),
        "hasPart": fixes,
    })
}

fn step(step: &pullmedic_core::Step) -> serde_json::Value {
    let say = step.say.as_deref().map(markdown::plain);
    let run = step.commands.first().map(|c| c.text.clone());
    let text = say.into_iter().chain(run).collect::<Vec<_>>().join(" ");
    json!({ "@type": "HowToStep", "text": text })
}
