//! `sellauth timer status`: what is installed, and whether it will do.

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::Context;
use super::timer::Here;
use super::timer_advice::{Advice, advice, lingers};
use crate::error::Result;
use crate::output::{aligned, print, print_json, whole_seconds};
use crate::text;
use crate::timer::Job;
use crate::timer::status::{Stale, Told, question, stale, told as read_answer};

/// What the scheduler tells.
pub fn told(here: &Here) -> Told {
    let answer = here.change().ask(&question(here.scheduler, &here.place));
    read_answer(here.scheduler, answer.as_deref())
}

/// Shows it.
pub fn run(context: &Context) -> Result<()> {
    let here = Here::find(context)?;
    let found = here.change().found()?;
    let Some(installed) = found.iter().flatten().next().map(|found| found.job.clone()) else {
        if context.terminal.json {
            return print_json(&json!({ "scheduler": here.scheduler, "installed": false }));
        }
        print(&text!("timer-absent"))?;
        context.terminal.hint(text!("timer-absent.hint"));
        return Ok(());
    };
    let told = told(&here);
    let there = Path::new(&installed.program).exists();
    let stale = stale(&found, &here.job, told.active, there);
    let advice = advice(context, &here, &installed);
    match context.terminal.json {
        true => print_json(&document(&here, &installed, told, &stale, &advice)),
        false => show(context, &here, &installed, told, &stale, &advice),
    }
}

fn document(here: &Here, job: &Job, told: Told, stale: &[Stale], advice: &[Advice]) -> serde_json::Value {
    json!({
        "scheduler": here.scheduler,
        "installed": true,
        "active": told.active,
        "stale": stale,
        "every": job.every,
        "hook": job.hook,
        "grace": job.grace,
        "program": job.program,
        "variables": job.variables,
        "files": here.scheduler.paths(&here.place),
        "last_run_at": told.last_run_at.map(whole_seconds),
        "last_exit_code": told.last_exit_code,
        "last_signal": told.last_signal,
        "next_run_at": told.next_run_at.map(whole_seconds),
        "lingers": lingers(here),
        "warnings": advice.iter().map(|advice| advice.code).collect::<Vec<_>>(),
    })
}

fn show(
    context: &Context,
    here: &Here,
    job: &Job,
    told: Told,
    stale: &[Stale],
    advice: &[Advice],
) -> Result<()> {
    let minute = |moment: Timestamp| moment.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let command = std::iter::once(job.program.clone()).chain(job.arguments());
    let last = told.last_run_at.map(minute);
    let last = match (last, told.last_exit_code, told.last_signal) {
        (Some(last), Some(code), _) => Some(text!("timer-last-run-ended", time = last, code = code)),
        (Some(last), None, Some(signal)) => {
            Some(text!("timer-last-run-killed", time = last, signal = signal))
        }
        (None, Some(code), _) => Some(text!("timer-last-code", code = code)),
        (last, ..) => last,
    };
    let rows = [
        (text!("timer-row-every"), Some(job.every.to_string())),
        (text!("timer-row-runs"), Some(shell_words::join(command))),
        (text!("timer-row-last"), last),
        (text!("timer-row-next"), told.next_run_at.map(minute)),
    ];
    let rows = rows.into_iter().filter_map(|(name, value)| Some(vec![name, value?]));
    print(&aligned(&rows.collect::<Vec<_>>()).join("\n"))?;
    for stale in stale {
        context.terminal.warn(reason(*stale, here, job));
    }
    if !stale.is_empty() {
        context.terminal.hint(match stale {
            stale if stale.contains(&Stale::OtherHome) => text!("timer-stale-home-next"),
            stale if stale.contains(&Stale::Edited) => text!("timer-stale-edited-next"),
            _ => text!("timer-stale-next"),
        });
    }
    for advice in advice {
        context.terminal.note(&advice.text);
        advice.hint.iter().for_each(|hint| context.terminal.hint(hint));
    }
    Ok(())
}

fn reason(stale: Stale, here: &Here, job: &Job) -> String {
    match stale {
        Stale::ProgramMissing => text!("timer-stale-missing", program = job.program),
        Stale::OtherProgram => text!("timer-stale-program", theirs = job.program, ours = here.job.program),
        Stale::OtherHome => text!("timer-stale-home"),
        Stale::OtherVariables => text!("timer-stale-variables"),
        Stale::Edited => text!("timer-stale-edited"),
        Stale::Incomplete => text!("timer-stale-incomplete"),
        Stale::Inactive => text!("timer-stale-inactive"),
    }
}
