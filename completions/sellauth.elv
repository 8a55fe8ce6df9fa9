
use builtin;
use str;

set edit:completion:arg-completer[sellauth] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'sellauth'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'sellauth'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand connect 'Connect a shop: open the consent page, catch the answer, keep the tokens'
            cand login 'Connect a shop: open the consent page, catch the answer, keep the tokens'
            cand token 'Print a valid access token'
            cand exec 'Run a command that finds the tokens of shops in its environment'
            cand api 'Make one request to a marketplace''s API'
            cand status 'Show the connected shops, and which of them need a new consent'
            cand list 'Show the connected shops, and which of them need a new consent'
            cand ls 'Show the connected shops, and which of them need a new consent'
            cand refresh 'Renew tokens without a person, for cron: those that would end for want of use'
            cand timer 'Let the system renew the tokens of all shops on a schedule'
            cand reauthorize 'Renew the consents that are due'
            cand disconnect 'Disconnect a shop and forget its secrets'
            cand logout 'Disconnect a shop and forget its secrets'
            cand rename 'Give a shop another name'
            cand import 'Take over what was made elsewhere: a refresh token, other programs'' files, or a bundle'
            cand export 'Print shops as one encrypted bundle, for another machine'
            cand migrate 'Keep the secrets of shops in another store'
            cand log 'Show what happened to the shops, when, and who did it'
            cand lock 'Make the tokens kept at hand worthless: the next ones come from their stores'
            cand app 'Register, show and change apps'
            cand marketplaces 'Show the marketplaces, and check definitions of one''s own'
            cand doctor 'Find out what is wrong with this machine, before it matters'
            cand relay 'Print the page that sends browsers from a registered https address back to this machine'
            cand demo 'Show the whole story on a small marketplace of its own'
            cand explain 'Say what a code means, and what to do about it'
            cand completions 'Print the completions of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;connect'= {
            cand --profile 'The name of the shop here; by default the marketplace, region and environment'
            cand --region 'The country or area, where the marketplace has several'
            cand --env 'The environment'
            cand --app 'The app, where several are registered'
            cand --option 'A variation the marketplace has'
            cand --set 'A value the marketplace needs for this shop'
            cand --scope 'A scope to ask for, instead of the app''s'
            cand --store 'Where to keep the secrets'
            cand --expect-shop 'The only shop that may ever consent'
            cand --label 'A mark of your own'
            cand --browser 'The command that opens addresses; %s or the last word is the address'
            cand --port 'The port to listen on'
            cand --timeout 'How long to wait for the seller: 90s, 5m, 12h, 30d'
            cand --install-url 'The link on which the seller installs the app first'
            cand --finish 'Finish what `--start` began: reads the address the browser ended on from stdin'
            cand --color 'When to colour'
            cand --draft 'Short for --option draft'
            cand --vendor 'Short for --option vendor'
            cand --secret-stdin 'Read from stdin what the marketplace''s portal shows: the one secret, or several as name=value lines or a JSON object'
            cand --no-browser 'Do not open a browser; print the address only'
            cand --paste 'Read the address the browser ended on from stdin, instead of listening for it'
            cand --device 'Show a code that is entered in any browser, on any device'
            cand --start 'Print the address and a handle, and end; `--finish` takes what comes back'
            cand --skip-install 'The app is installed already'
            cand --replace 'Let another shop take the place of the one connected under this name'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;login'= {
            cand --profile 'The name of the shop here; by default the marketplace, region and environment'
            cand --region 'The country or area, where the marketplace has several'
            cand --env 'The environment'
            cand --app 'The app, where several are registered'
            cand --option 'A variation the marketplace has'
            cand --set 'A value the marketplace needs for this shop'
            cand --scope 'A scope to ask for, instead of the app''s'
            cand --store 'Where to keep the secrets'
            cand --expect-shop 'The only shop that may ever consent'
            cand --label 'A mark of your own'
            cand --browser 'The command that opens addresses; %s or the last word is the address'
            cand --port 'The port to listen on'
            cand --timeout 'How long to wait for the seller: 90s, 5m, 12h, 30d'
            cand --install-url 'The link on which the seller installs the app first'
            cand --finish 'Finish what `--start` began: reads the address the browser ended on from stdin'
            cand --color 'When to colour'
            cand --draft 'Short for --option draft'
            cand --vendor 'Short for --option vendor'
            cand --secret-stdin 'Read from stdin what the marketplace''s portal shows: the one secret, or several as name=value lines or a JSON object'
            cand --no-browser 'Do not open a browser; print the address only'
            cand --paste 'Read the address the browser ended on from stdin, instead of listening for it'
            cand --device 'Show a code that is entered in any browser, on any device'
            cand --start 'Print the address and a handle, and end; `--finish` takes what comes back'
            cand --skip-install 'The app is installed already'
            cand --replace 'Let another shop take the place of the one connected under this name'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;token'= {
            cand --profile 'The shop, where no name stands before it'
            cand --min-validity 'How long the token must be valid at least: 90s, 5m, 12h, 30d'
            cand --refresh-if 'Renew if the token is still the one the API refused: the first 16 hex digits of its SHA-256'
            cand --scope 'A token for what the app may do without a seller, by its scope'
            cand --color 'When to colour'
            cand --header 'Print the whole HTTP header the marketplace wants'
            cand --refresh 'Renew, unless that was done since this command began'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;exec'= {
            cand --color 'When to colour'
            cand --sdk 'Hand out as well what the marketplace''s usual SDKs renew with, in the variables they read'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;api'= {
            cand -d 'What is sent; @FILE is read from a file, @- from stdin'
            cand --data 'What is sent; @FILE is read from a file, @- from stdin'
            cand -q 'A parameter of the query'
            cand --query 'A parameter of the query'
            cand -H 'A header, instead of the usual one of that name'
            cand --header 'A header, instead of the usual one of that name'
            cand --color 'When to colour'
            cand -i 'Print status line and headers before the body'
            cand --include 'Print status line and headers before the body'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;status'= {
            cand --label 'Only shops with this mark'
            cand --color 'When to colour'
            cand --check 'Ask the marketplace whether each shop really works'
            cand --ics 'Print a calendar of what ends when, with reminders, for any calendar program'
            cand --exit-code 'End with exit code 4 if a shop does not work any more, as when shops are named'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;list'= {
            cand --label 'Only shops with this mark'
            cand --color 'When to colour'
            cand --check 'Ask the marketplace whether each shop really works'
            cand --ics 'Print a calendar of what ends when, with reminders, for any calendar program'
            cand --exit-code 'End with exit code 4 if a shop does not work any more, as when shops are named'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;ls'= {
            cand --label 'Only shops with this mark'
            cand --color 'When to colour'
            cand --check 'Ask the marketplace whether each shop really works'
            cand --ics 'Print a calendar of what ends when, with reminders, for any calendar program'
            cand --exit-code 'End with exit code 4 if a shop does not work any more, as when shops are named'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;refresh'= {
            cand --due 'Only shops whose refresh token ends, or has been unused for too long, within this time: 12h, 7d'
            cand --label 'Only shops with this mark'
            cand --jobs 'How many shops are renewed at the same time'
            cand --hook 'Run this command, without a shell, when a shop needs its seller or will soon: it finds `SELLAUTH_PROFILE`, `_STATE`, `_REASON_CODE`, `_REASON`, `_MESSAGE` and more in its environment, and never a secret'
            cand --grace 'How long that must have lasted before the command is run: 90s, 5m, 12h, 30d [default: 1h]'
            cand --remind 'How long afterwards it is run again if nothing has changed; for shops that still work seven times as long [default: 1d]'
            cand --color 'When to colour'
            cand --all 'Every shop, due or not'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;timer'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand install 'Install the timer, or change it'
            cand remove 'Remove the timer'
            cand status 'Show whether the timer is installed, when it ran and will run, and what is wrong with it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;timer;install'= {
            cand --every 'How often: 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h or 1d [default: 6h]'
            cand --hook 'The command to run when a shop needs its seller, as of `refresh`; an empty one takes it away'
            cand --grace 'How long a shop must have needed its seller before the command is run: 90s, 5m, 12h, 30d [default: 1h]'
            cand --color 'When to colour'
            cand --force 'Replace the timer''s files even if they were changed by hand'
            cand --dry-run 'Only show the files that would be written and the commands that would be run'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;timer;remove'= {
            cand --color 'When to colour'
            cand --dry-run 'Only show what would be removed and run'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;timer;status'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;timer;help'= {
            cand install 'Install the timer, or change it'
            cand remove 'Remove the timer'
            cand status 'Show whether the timer is installed, when it ran and will run, and what is wrong with it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;timer;help;install'= {
        }
        &'sellauth;timer;help;remove'= {
        }
        &'sellauth;timer;help;status'= {
        }
        &'sellauth;timer;help;help'= {
        }
        &'sellauth;reauthorize'= {
            cand --label 'Only shops with this mark'
            cand --within 'Consents that end within this time are due: 12h, 30d, 90d'
            cand --no-option 'Consent without this option from now on, wherever it is chosen: a draft that was published'
            cand --browser 'The command that opens addresses; %s or the last word is the address'
            cand --port 'The port to listen on'
            cand --timeout 'How long to wait for the seller: 90s, 5m, 12h, 30d'
            cand --install-url 'The link on which the seller installs the app first'
            cand --finish 'Finish what `--start` began: reads the address the browser ended on from stdin'
            cand --store 'Where to keep the secrets from now on'
            cand --color 'When to colour'
            cand --all 'Every shop, due or not; one whose key is entered only where that is needed'
            cand --dry-run 'Show what would be done, and do nothing'
            cand --wait-for-marketplace 'Wait for a renewal that the seller starts in the marketplace''s own pages'
            cand --secret-stdin 'Read from stdin what the marketplace''s portal shows: the one secret, or several as name=value lines or a JSON object'
            cand --no-browser 'Do not open a browser; print the address only'
            cand --paste 'Read the address the browser ended on from stdin, instead of listening for it'
            cand --device 'Show a code that is entered in any browser, on any device'
            cand --start 'Print the address and a handle, and end; `--finish` takes what comes back'
            cand --skip-install 'The app is installed already'
            cand --replace 'Let another shop take the place of the one connected under this name'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;disconnect'= {
            cand --color 'When to colour'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --force 'Forget the shop even if the marketplace cannot be told'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;logout'= {
            cand --color 'When to colour'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --force 'Forget the shop even if the marketplace cannot be told'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;rename'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;import'= {
            cand --profile 'The name of the shop here; by default the marketplace, region and environment'
            cand --region 'The country or area, where the marketplace has several'
            cand --env 'The environment'
            cand --app 'The app, where several are registered'
            cand --option 'A variation the marketplace has'
            cand --set 'A value the marketplace needs for this shop'
            cand --scope 'A scope to ask for, instead of the app''s'
            cand --store 'Where to keep the secrets'
            cand --expect-shop 'The only shop that may ever consent'
            cand --label 'A mark of your own'
            cand --from 'Take what stands in a .env, JSON or YAML file of another program'
            cand --account 'The account, where they hold several: a section, or the end of the variables'' names'
            cand --bundle 'Take over what `export` wrote; - is stdin'
            cand --identity 'The age identity that opens it, as `age-keygen` writes it'
            cand --color 'When to colour'
            cand --draft 'Short for --option draft'
            cand --vendor 'Short for --option vendor'
            cand --refresh-token-stdin 'Read the refresh token from stdin'
            cand --replace 'Take the place of what is connected under this name'
            cand --dry-run 'Say what would be taken over, and write nothing'
            cand --from-env 'Take what stands in the environment for another program'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;export'= {
            cand --recipient 'Encrypt for whoever has this age identity, instead of by a passphrase'
            cand --color 'When to colour'
            cand --all 'Every shop, and every app'
            cand --config-only 'Only what you wrote, as TOML without any secret: fit for version control'
            cand --move 'Remove the shops here once the bundle is safe in a file; the apps stay'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;migrate'= {
            cand --to 'Where their secrets are to be kept; an app''s secret follows the last of its shops'
            cand --color 'When to colour'
            cand --all 'Every shop, and every app'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;log'= {
            cand --since 'Only what happened within this time: 12h, 30d'
            cand -n 'Only the last events'
            cand --limit 'Only the last events'
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;lock'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Register an app'
            cand register 'Let the marketplace register an app for one seller, who allows it by a code'
            cand list 'List the apps'
            cand ls 'List the apps'
            cand show 'Show an app, and what belongs into the marketplace''s portal'
            cand set 'Change an app: a new version makes older consents due'
            cand remove 'Remove an app that no shop uses'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;app;add'= {
            cand --name 'The app''s name here; by default the marketplace''s'
            cand --client-id 'The client id'
            cand --client-secret-created 'The day the client secret was made, where it is known'
            cand --redirect-uri 'The redirect URI, as registered'
            cand --scope 'A scope to ask for'
            cand --version 'The app''s version at the marketplace'
            cand --install-url 'The link on which sellers install the app'
            cand --set 'A value the marketplace needs'
            cand --env 'The environment'
            cand --kind 'The kind of app, where the marketplace has several'
            cand --store 'Where to keep the client secret'
            cand --color 'When to colour'
            cand --client-secret-stdin 'Read the client secret from stdin'
            cand --imported-only 'Tokens of this app are imported, never consented in a browser'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;register'= {
            cand --name 'The app''s name here; by default the marketplace''s'
            cand --client-name 'The app''s name at the marketplace: nobody else has it, and it is final'
            cand --software-statement-id 'What the marketplace calls the software'
            cand --redirect-uri 'The redirect URI to register'
            cand --scope 'A scope to ask for'
            cand --set 'A value the marketplace needs'
            cand --env 'The environment'
            cand --store 'Where to keep the client secret'
            cand --color 'When to colour'
            cand --registration-code-stdin 'Read the seller''s code from stdin'
            cand --recover 'Fetch what an earlier registration brought and the store did not take'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;list'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;ls'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;show'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;set'= {
            cand --version 'The app''s version at the marketplace'
            cand --scope 'The scopes to ask for, instead of the earlier ones'
            cand --client-id 'The client id'
            cand --client-secret-created 'The day the client secret was made, if not today'
            cand --redirect-uri 'The redirect URI, as registered'
            cand --install-url 'The link on which sellers install the app'
            cand --set 'A value the marketplace needs'
            cand --color 'When to colour'
            cand --client-secret-stdin 'Read a new client secret from stdin; one renewal must succeed with it before the old one goes'
            cand --no-verify 'Take the new client secret without trying it'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;remove'= {
            cand --color 'When to colour'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --discard-registration 'With --yes: even where the answer of its registration waits, the only copy of its client secret'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;app;help'= {
            cand add 'Register an app'
            cand register 'Let the marketplace register an app for one seller, who allows it by a code'
            cand list 'List the apps'
            cand show 'Show an app, and what belongs into the marketplace''s portal'
            cand set 'Change an app: a new version makes older consents due'
            cand remove 'Remove an app that no shop uses'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;app;help;add'= {
        }
        &'sellauth;app;help;register'= {
        }
        &'sellauth;app;help;list'= {
        }
        &'sellauth;app;help;show'= {
        }
        &'sellauth;app;help;set'= {
        }
        &'sellauth;app;help;remove'= {
        }
        &'sellauth;app;help;help'= {
        }
        &'sellauth;marketplaces'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List the marketplaces'
            cand ls 'List the marketplaces'
            cand show 'Print a definition'
            cand check 'Show everything that is wrong with a definition of your own, and where'
            cand schema 'Print the JSON Schema of definitions, for editors'
            cand new 'Make a definition of your own from a few answers'
            cand diff 'Show how a definition has changed since a seller consented'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;marketplaces;list'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;ls'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;show'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;check'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;schema'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;new'= {
            cand --name 'The name a seller knows'
            cand --issuer 'Its server''s identifier: what is published there (RFC 8414) need not be asked'
            cand --grant 'How a first token comes about'
            cand --authorization-endpoint 'The consent page'
            cand --token-endpoint 'Where codes and refresh tokens are exchanged'
            cand --device-authorization-endpoint 'Where a device asks for its code (RFC 8628)'
            cand --revocation-endpoint 'Where tokens are revoked (RFC 7009)'
            cand --client-authentication 'How the app proves itself'
            cand --pkce 'Whether the marketplace takes PKCE (RFC 7636)'
            cand --loopback 'Whether it takes a redirect URI on this machine; else one on https'
            cand --refresh-token 'Whether it gives out refresh tokens'
            cand --scope 'A scope to ask for'
            cand --api-base 'The address below which its API lies'
            cand --docs 'Its documentation'
            cand --color 'When to colour'
            cand --print 'Print the definition instead of keeping it'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;diff'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;marketplaces;help'= {
            cand list 'List the marketplaces'
            cand show 'Print a definition'
            cand check 'Show everything that is wrong with a definition of your own, and where'
            cand schema 'Print the JSON Schema of definitions, for editors'
            cand new 'Make a definition of your own from a few answers'
            cand diff 'Show how a definition has changed since a seller consented'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;marketplaces;help;list'= {
        }
        &'sellauth;marketplaces;help;show'= {
        }
        &'sellauth;marketplaces;help;check'= {
        }
        &'sellauth;marketplaces;help;schema'= {
        }
        &'sellauth;marketplaces;help;new'= {
        }
        &'sellauth;marketplaces;help;diff'= {
        }
        &'sellauth;marketplaces;help;help'= {
        }
        &'sellauth;doctor'= {
            cand --as-job 'Examine what a job of WHO finds instead of this session: cron, systemd or user:NAME'
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;relay'= {
            cand --port 'The port for requests that a marketplace starts by itself'
            cand --check 'Test a relay that is in place, at the registered redirect URI'
            cand --color 'When to colour'
            cand --nginx 'Print a redirect for nginx instead of the page'
            cand --caddy 'Print a redirect for Caddy instead of the page'
            cand --apache 'Print a redirect for Apache instead of the page'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;demo'= {
            cand --confirm 'Act as the seller without a browser: confirm on this consent page'
            cand --color 'When to colour'
            cand --headless 'Consent without a browser'
            cand --serve 'Keep the marketplace running, to play with'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;explain'= {
            cand --marketplace 'What it means at this marketplace'
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;completions'= {
            cand --color 'When to colour'
            cand --json 'Print one JSON document on stdout, and errors as JSON on stderr'
            cand -q 'Print only the answer, what needs you, and errors'
            cand --quiet 'Print only the answer, what needs you, and errors'
            cand -v 'Say what is done; twice for more. Never a secret'
            cand --verbose 'Say what is done; twice for more. Never a secret'
            cand --no-input 'Ask nothing, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'sellauth;help'= {
            cand connect 'Connect a shop: open the consent page, catch the answer, keep the tokens'
            cand token 'Print a valid access token'
            cand exec 'Run a command that finds the tokens of shops in its environment'
            cand api 'Make one request to a marketplace''s API'
            cand status 'Show the connected shops, and which of them need a new consent'
            cand refresh 'Renew tokens without a person, for cron: those that would end for want of use'
            cand timer 'Let the system renew the tokens of all shops on a schedule'
            cand reauthorize 'Renew the consents that are due'
            cand disconnect 'Disconnect a shop and forget its secrets'
            cand rename 'Give a shop another name'
            cand import 'Take over what was made elsewhere: a refresh token, other programs'' files, or a bundle'
            cand export 'Print shops as one encrypted bundle, for another machine'
            cand migrate 'Keep the secrets of shops in another store'
            cand log 'Show what happened to the shops, when, and who did it'
            cand lock 'Make the tokens kept at hand worthless: the next ones come from their stores'
            cand app 'Register, show and change apps'
            cand marketplaces 'Show the marketplaces, and check definitions of one''s own'
            cand doctor 'Find out what is wrong with this machine, before it matters'
            cand relay 'Print the page that sends browsers from a registered https address back to this machine'
            cand demo 'Show the whole story on a small marketplace of its own'
            cand explain 'Say what a code means, and what to do about it'
            cand completions 'Print the completions of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'sellauth;help;connect'= {
        }
        &'sellauth;help;token'= {
        }
        &'sellauth;help;exec'= {
        }
        &'sellauth;help;api'= {
        }
        &'sellauth;help;status'= {
        }
        &'sellauth;help;refresh'= {
        }
        &'sellauth;help;timer'= {
            cand install 'Install the timer, or change it'
            cand remove 'Remove the timer'
            cand status 'Show whether the timer is installed, when it ran and will run, and what is wrong with it'
        }
        &'sellauth;help;timer;install'= {
        }
        &'sellauth;help;timer;remove'= {
        }
        &'sellauth;help;timer;status'= {
        }
        &'sellauth;help;reauthorize'= {
        }
        &'sellauth;help;disconnect'= {
        }
        &'sellauth;help;rename'= {
        }
        &'sellauth;help;import'= {
        }
        &'sellauth;help;export'= {
        }
        &'sellauth;help;migrate'= {
        }
        &'sellauth;help;log'= {
        }
        &'sellauth;help;lock'= {
        }
        &'sellauth;help;app'= {
            cand add 'Register an app'
            cand register 'Let the marketplace register an app for one seller, who allows it by a code'
            cand list 'List the apps'
            cand show 'Show an app, and what belongs into the marketplace''s portal'
            cand set 'Change an app: a new version makes older consents due'
            cand remove 'Remove an app that no shop uses'
        }
        &'sellauth;help;app;add'= {
        }
        &'sellauth;help;app;register'= {
        }
        &'sellauth;help;app;list'= {
        }
        &'sellauth;help;app;show'= {
        }
        &'sellauth;help;app;set'= {
        }
        &'sellauth;help;app;remove'= {
        }
        &'sellauth;help;marketplaces'= {
            cand list 'List the marketplaces'
            cand show 'Print a definition'
            cand check 'Show everything that is wrong with a definition of your own, and where'
            cand schema 'Print the JSON Schema of definitions, for editors'
            cand new 'Make a definition of your own from a few answers'
            cand diff 'Show how a definition has changed since a seller consented'
        }
        &'sellauth;help;marketplaces;list'= {
        }
        &'sellauth;help;marketplaces;show'= {
        }
        &'sellauth;help;marketplaces;check'= {
        }
        &'sellauth;help;marketplaces;schema'= {
        }
        &'sellauth;help;marketplaces;new'= {
        }
        &'sellauth;help;marketplaces;diff'= {
        }
        &'sellauth;help;doctor'= {
        }
        &'sellauth;help;relay'= {
        }
        &'sellauth;help;demo'= {
        }
        &'sellauth;help;explain'= {
        }
        &'sellauth;help;completions'= {
        }
        &'sellauth;help;help'= {
        }
    ]
    $completions[$command]
}
