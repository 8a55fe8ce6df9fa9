//! `sellauth api`: one request to a marketplace's API.

use std::io::Read;
use std::process::ExitCode;

use super::{Context, values};
use crate::connection::Connection;
use crate::error::Result;
use crate::marketplace::check::is_header_name;
use crate::oauth::http::HttpError;
use crate::{api, fail, output, profiles, session, text};

/// The methods an API may be asked with.
const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// What `api` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "sellauth api [OPTIONS] <PROFILE> [METHOD] <PATH>")]
pub struct Args {
    /// The shop
    profile: String,
    /// The path below the marketplace's API; before it the method, if not GET, or POST where there is data
    #[arg(required = true, num_args = 1..=2, value_name = "PATH")]
    request: Vec<String>,
    /// What is sent; @FILE is read from a file, @- from stdin
    #[arg(long, short, value_name = "DATA")]
    data: Option<String>,
    /// A parameter of the query
    #[arg(long, short, value_name = "K=V", value_parser = values::pair)]
    query: Vec<(String, String)>,
    /// A header, instead of the usual one of that name
    #[arg(long = "header", short = 'H', value_name = "K: V", value_parser = header)]
    headers: Vec<(String, String)>,
    /// Print status line and headers before the body
    #[arg(long, short)]
    include: bool,
    /// Print only the answer, what needs you, and errors
    // The global flag of this name, whose short form is the query's here.
    #[arg(long, help_heading = "Everywhere")]
    quiet: bool,
}

fn header(text: &str) -> Result<(String, String), String> {
    let fits = |value: &str| value.bytes().all(|b| (0x20..0x7f).contains(&b));
    match text.split_once(':').map(|(name, value)| (name, value.trim())) {
        Some((name, value)) if is_header_name(name) && fits(value) => Ok((name.to_owned(), value.to_owned())),
        _ => Err(text!("not-a-header")),
    }
}

/// Prints what the API answers.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let call = call(args)?;
    let (name, profile) = profiles::resolve(&context.home, &args.profile)?;
    let connection = Connection::load(&context.home, &name, profile)?;
    let waiting = || context.say_waiting();
    let busy = |seconds: u64| context.terminal.note(text!("api-busy", seconds = seconds));
    let ask = || {
        let reply = api::call(&context.session(&waiting), &connection, &call, &busy)?;
        let head = if args.include { reply.head.as_slice() } else { &[] };
        output::pass_on(&mut head.chain(reply.body), |error| {
            session::explain(HttpError::lost(&reply.url, error).into())
        })?;
        reply.verdict
    };
    ask().map_err(|error| error.profile(&name))?;
    Ok(ExitCode::SUCCESS)
}

fn call(args: &Args) -> Result<api::Call> {
    let data = args.data.as_deref().map(data).transpose()?;
    let (method, path) = match args.request.as_slice() {
        [path] => (if data.is_some() { "POST" } else { "GET" }, path),
        [method, path] => {
            let known = METHODS.into_iter().find(|known| known.eq_ignore_ascii_case(method));
            (
                known
                    .ok_or_else(|| fail!(Usage, "api-method", method = method, known = METHODS.join(", ")))?,
                path,
            )
        }
        _ => return Err(fail!(Usage, "api-words")),
    };
    let (query, headers) = (args.query.clone(), args.headers.clone());
    Ok(api::Call { method, path: path.clone(), query, headers, data })
}

fn data(given: &str) -> Result<Vec<u8>> {
    let unreadable = |error| fail!(Usage, "api-data", name = given).because(error);
    let mut read = Vec::new();
    match given.strip_prefix('@') {
        None => Ok(given.as_bytes().to_vec()),
        Some("-") => std::io::stdin().read_to_end(&mut read).map(|_| read).map_err(unreadable),
        Some(file) => std::fs::read(file).map_err(unreadable),
    }
}
