# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sellauth_global_optspecs
    string join \n json q/quiet v/verbose color= no-input h/help V/version
end

function __fish_sellauth_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sellauth_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sellauth_using_subcommand
    set -l cmd (__fish_sellauth_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sellauth -n "__fish_sellauth_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_needs_command" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_needs_command" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_needs_command" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_needs_command" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_needs_command" -s V -l version -d 'Print version'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "connect" -d 'Connect a shop: open the consent page, catch the answer, keep the tokens'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "login" -d 'Connect a shop: open the consent page, catch the answer, keep the tokens'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "token" -d 'Print a valid access token'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "exec" -d 'Run a command that finds the tokens of shops in its environment'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "api" -d 'Make one request to a marketplace\'s API'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "status" -d 'Show the connected shops, and which of them need a new consent'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "list" -d 'Show the connected shops, and which of them need a new consent'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "ls" -d 'Show the connected shops, and which of them need a new consent'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "refresh" -d 'Renew tokens without a person, for cron: those that would end for want of use'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "timer" -d 'Let the system renew the tokens of all shops on a schedule'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "reauthorize" -d 'Renew the consents that are due'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "disconnect" -d 'Disconnect a shop and forget its secrets'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "logout" -d 'Disconnect a shop and forget its secrets'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "rename" -d 'Give a shop another name'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "import" -d 'Take over what was made elsewhere: a refresh token, other programs\' files, or a bundle'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "export" -d 'Print shops as one encrypted bundle, for another machine'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "migrate" -d 'Keep the secrets of shops in another store'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "log" -d 'Show what happened to the shops, when, and who did it'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "lock" -d 'Make the tokens kept at hand worthless: the next ones come from their stores'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "app" -d 'Register, show and change apps'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "marketplaces" -d 'Show the marketplaces, and check definitions of one\'s own'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "doctor" -d 'Find out what is wrong with this machine, before it matters'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "relay" -d 'Print the page that sends browsers from a registered https address back to this machine'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "demo" -d 'Show the whole story on a small marketplace of its own'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "explain" -d 'Say what a code means, and what to do about it'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c sellauth -n "__fish_sellauth_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l profile -d 'The name of the shop here; by default the marketplace, region and environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l region -d 'The country or area, where the marketplace has several' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l env -d 'The environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l app -d 'The app, where several are registered' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l option -d 'A variation the marketplace has' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l set -d 'A value the marketplace needs for this shop' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l scope -d 'A scope to ask for, instead of the app\'s' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l store -d 'Where to keep the secrets' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l expect-shop -d 'The only shop that may ever consent' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l label -d 'A mark of your own' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l browser -d 'The command that opens addresses; %s or the last word is the address' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l port -d 'The port to listen on' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l timeout -d 'How long to wait for the seller: 90s, 5m, 12h, 30d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l install-url -d 'The link on which the seller installs the app first' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l finish -d 'Finish what `--start` began: reads the address the browser ended on from stdin' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l draft -d 'Short for --option draft'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l vendor -d 'Short for --option vendor'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l secret-stdin -d 'Read from stdin what the marketplace\'s portal shows: the one secret, or several as name=value lines or a JSON object'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l no-browser -d 'Do not open a browser; print the address only'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l paste -d 'Read the address the browser ended on from stdin, instead of listening for it'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l device -d 'Show a code that is entered in any browser, on any device'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l start -d 'Print the address and a handle, and end; `--finish` takes what comes back'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l skip-install -d 'The app is installed already'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l replace -d 'Let another shop take the place of the one connected under this name'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l profile -d 'The name of the shop here; by default the marketplace, region and environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l region -d 'The country or area, where the marketplace has several' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l env -d 'The environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l app -d 'The app, where several are registered' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l option -d 'A variation the marketplace has' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l set -d 'A value the marketplace needs for this shop' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l scope -d 'A scope to ask for, instead of the app\'s' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l store -d 'Where to keep the secrets' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l expect-shop -d 'The only shop that may ever consent' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l label -d 'A mark of your own' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l browser -d 'The command that opens addresses; %s or the last word is the address' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l port -d 'The port to listen on' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l timeout -d 'How long to wait for the seller: 90s, 5m, 12h, 30d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l install-url -d 'The link on which the seller installs the app first' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l finish -d 'Finish what `--start` began: reads the address the browser ended on from stdin' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l draft -d 'Short for --option draft'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l vendor -d 'Short for --option vendor'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l secret-stdin -d 'Read from stdin what the marketplace\'s portal shows: the one secret, or several as name=value lines or a JSON object'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l no-browser -d 'Do not open a browser; print the address only'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l paste -d 'Read the address the browser ended on from stdin, instead of listening for it'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l device -d 'Show a code that is entered in any browser, on any device'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l start -d 'Print the address and a handle, and end; `--finish` takes what comes back'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l skip-install -d 'The app is installed already'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l replace -d 'Let another shop take the place of the one connected under this name'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l profile -d 'The shop, where no name stands before it' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l min-validity -d 'How long the token must be valid at least: 90s, 5m, 12h, 30d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l refresh-if -d 'Renew if the token is still the one the API refused: the first 16 hex digits of its SHA-256' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l scope -d 'A token for what the app may do without a seller, by its scope' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l header -d 'Print the whole HTTP header the marketplace wants'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l refresh -d 'Renew, unless that was done since this command began'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -l sdk -d 'Hand out as well what the marketplace\'s usual SDKs renew with, in the variables they read'
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -s d -l data -d 'What is sent; @FILE is read from a file, @- from stdin' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -s q -l query -d 'A parameter of the query' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -s H -l header -d 'A header, instead of the usual one of that name' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -s i -l include -d 'Print status line and headers before the body'
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l label -d 'Only shops with this mark' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l check -d 'Ask the marketplace whether each shop really works'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l ics -d 'Print a calendar of what ends when, with reminders, for any calendar program'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l exit-code -d 'End with exit code 4 if a shop does not work any more, as when shops are named'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l label -d 'Only shops with this mark' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l check -d 'Ask the marketplace whether each shop really works'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l ics -d 'Print a calendar of what ends when, with reminders, for any calendar program'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l exit-code -d 'End with exit code 4 if a shop does not work any more, as when shops are named'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l label -d 'Only shops with this mark' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l check -d 'Ask the marketplace whether each shop really works'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l ics -d 'Print a calendar of what ends when, with reminders, for any calendar program'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l exit-code -d 'End with exit code 4 if a shop does not work any more, as when shops are named'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l due -d 'Only shops whose refresh token ends, or has been unused for too long, within this time: 12h, 7d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l label -d 'Only shops with this mark' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l jobs -d 'How many shops are renewed at the same time' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l hook -d 'Run this command, without a shell, when a shop needs its seller or will soon: it finds `SELLAUTH_PROFILE`, `_STATE`, `_REASON_CODE`, `_REASON`, `_MESSAGE` and more in its environment, and never a secret' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l grace -d 'How long that must have lasted before the command is run: 90s, 5m, 12h, 30d [default: 1h]' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l remind -d 'How long afterwards it is run again if nothing has changed; for shops that still work seven times as long [default: 1d]' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l all -d 'Every shop, due or not'
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -f -a "install" -d 'Install the timer, or change it'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -f -a "remove" -d 'Remove the timer'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -f -a "status" -d 'Show whether the timer is installed, when it ran and will run, and what is wrong with it'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and not __fish_seen_subcommand_from install remove status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l every -d 'How often: 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h or 1d [default: 6h]' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l hook -d 'The command to run when a shop needs its seller, as of `refresh`; an empty one takes it away' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l grace -d 'How long a shop must have needed its seller before the command is run: 90s, 5m, 12h, 30d [default: 1h]' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l force -d 'Replace the timer\'s files even if they were changed by hand'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l dry-run -d 'Only show the files that would be written and the commands that would be run'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -l dry-run -d 'Only show what would be removed and run'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from status" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from status" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from status" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from help" -f -a "install" -d 'Install the timer, or change it'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove the timer'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show whether the timer is installed, when it ran and will run, and what is wrong with it'
complete -c sellauth -n "__fish_sellauth_using_subcommand timer; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l label -d 'Only shops with this mark' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l within -d 'Consents that end within this time are due: 12h, 30d, 90d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l no-option -d 'Consent without this option from now on, wherever it is chosen: a draft that was published' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l browser -d 'The command that opens addresses; %s or the last word is the address' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l port -d 'The port to listen on' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l timeout -d 'How long to wait for the seller: 90s, 5m, 12h, 30d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l install-url -d 'The link on which the seller installs the app first' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l finish -d 'Finish what `--start` began: reads the address the browser ended on from stdin' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l store -d 'Where to keep the secrets from now on' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l all -d 'Every shop, due or not; one whose key is entered only where that is needed'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l dry-run -d 'Show what would be done, and do nothing'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l wait-for-marketplace -d 'Wait for a renewal that the seller starts in the marketplace\'s own pages'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l secret-stdin -d 'Read from stdin what the marketplace\'s portal shows: the one secret, or several as name=value lines or a JSON object'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l no-browser -d 'Do not open a browser; print the address only'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l paste -d 'Read the address the browser ended on from stdin, instead of listening for it'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l device -d 'Show a code that is entered in any browser, on any device'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l start -d 'Print the address and a handle, and end; `--finish` takes what comes back'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l skip-install -d 'The app is installed already'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l replace -d 'Let another shop take the place of the one connected under this name'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand reauthorize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -s y -l yes -d 'Do not ask'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -l force -d 'Forget the shop even if the marketplace cannot be told'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand disconnect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -s y -l yes -d 'Do not ask'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -l force -d 'Forget the shop even if the marketplace cannot be told'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand rename" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand rename" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand rename" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand rename" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand rename" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l profile -d 'The name of the shop here; by default the marketplace, region and environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l region -d 'The country or area, where the marketplace has several' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l env -d 'The environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l app -d 'The app, where several are registered' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l option -d 'A variation the marketplace has' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l set -d 'A value the marketplace needs for this shop' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l scope -d 'A scope to ask for, instead of the app\'s' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l store -d 'Where to keep the secrets' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l expect-shop -d 'The only shop that may ever consent' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l label -d 'A mark of your own' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l from -d 'Take what stands in a .env, JSON or YAML file of another program' -r -F
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l account -d 'The account, where they hold several: a section, or the end of the variables\' names' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l bundle -d 'Take over what `export` wrote; - is stdin' -r -F
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l identity -d 'The age identity that opens it, as `age-keygen` writes it' -r -F
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l draft -d 'Short for --option draft'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l vendor -d 'Short for --option vendor'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l refresh-token-stdin -d 'Read the refresh token from stdin'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l replace -d 'Take the place of what is connected under this name'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l dry-run -d 'Say what would be taken over, and write nothing'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l from-env -d 'Take what stands in the environment for another program'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -s y -l yes -d 'Do not ask'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l recipient -d 'Encrypt for whoever has this age identity, instead of by a passphrase' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l all -d 'Every shop, and every app'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l config-only -d 'Only what you wrote, as TOML without any secret: fit for version control'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l move -d 'Remove the shops here once the bundle is safe in a file; the apps stay'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -l to -d 'Where their secrets are to be kept; an app\'s secret follows the last of its shops' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -l all -d 'Every shop, and every app'
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -l since -d 'Only what happened within this time: 12h, 30d' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -s n -l limit -d 'Only the last events' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand lock" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand lock" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand lock" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand lock" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand lock" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand lock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "add" -d 'Register an app'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "register" -d 'Let the marketplace register an app for one seller, who allows it by a code'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "list" -d 'List the apps'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "ls" -d 'List the apps'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "show" -d 'Show an app, and what belongs into the marketplace\'s portal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "set" -d 'Change an app: a new version makes older consents due'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "remove" -d 'Remove an app that no shop uses'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and not __fish_seen_subcommand_from add register list ls show set remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l name -d 'The app\'s name here; by default the marketplace\'s' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l client-id -d 'The client id' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l client-secret-created -d 'The day the client secret was made, where it is known' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l redirect-uri -d 'The redirect URI, as registered' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l scope -d 'A scope to ask for' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l version -d 'The app\'s version at the marketplace' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l install-url -d 'The link on which sellers install the app' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l set -d 'A value the marketplace needs' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l env -d 'The environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l kind -d 'The kind of app, where the marketplace has several' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l store -d 'Where to keep the client secret' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l client-secret-stdin -d 'Read the client secret from stdin'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l imported-only -d 'Tokens of this app are imported, never consented in a browser'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l name -d 'The app\'s name here; by default the marketplace\'s' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l client-name -d 'The app\'s name at the marketplace: nobody else has it, and it is final' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l software-statement-id -d 'What the marketplace calls the software' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l redirect-uri -d 'The redirect URI to register' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l scope -d 'A scope to ask for' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l set -d 'A value the marketplace needs' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l env -d 'The environment' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l store -d 'Where to keep the client secret' -r -f -a "keyring\t'The operating system\'s keyring'
file\t'age-encrypted files'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l registration-code-stdin -d 'Read the seller\'s code from stdin'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l recover -d 'Fetch what an earlier registration brought and the store did not take'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from ls" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from ls" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l version -d 'The app\'s version at the marketplace' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l scope -d 'The scopes to ask for, instead of the earlier ones' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l client-id -d 'The client id' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l client-secret-created -d 'The day the client secret was made, if not today' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l redirect-uri -d 'The redirect URI, as registered' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l install-url -d 'The link on which sellers install the app' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l set -d 'A value the marketplace needs' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l client-secret-stdin -d 'Read a new client secret from stdin; one renewal must succeed with it before the old one goes'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l no-verify -d 'Take the new client secret without trying it'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -l discard-registration -d 'With --yes: even where the answer of its registration waits, the only copy of its client secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "add" -d 'Register an app'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "register" -d 'Let the marketplace register an app for one seller, who allows it by a code'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the apps'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an app, and what belongs into the marketplace\'s portal'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change an app: a new version makes older consents due'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove an app that no shop uses'
complete -c sellauth -n "__fish_sellauth_using_subcommand app; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "list" -d 'List the marketplaces'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "ls" -d 'List the marketplaces'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "show" -d 'Print a definition'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "check" -d 'Show everything that is wrong with a definition of your own, and where'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "schema" -d 'Print the JSON Schema of definitions, for editors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "new" -d 'Make a definition of your own from a few answers'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "diff" -d 'Show how a definition has changed since a seller consented'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and not __fish_seen_subcommand_from list ls show check schema new diff help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from ls" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from ls" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from check" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from schema" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from schema" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from schema" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from schema" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from schema" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l name -d 'The name a seller knows' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l issuer -d 'Its server\'s identifier: what is published there (RFC 8414) need not be asked' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l grant -d 'How a first token comes about' -r -f -a "authorization_code\t'The seller consents in a browser'
device_code\t'The seller enters a code on any device'
client_credentials\t'The app\'s own id and secret suffice'
static\t'The seller copies a key out of the portal'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l authorization-endpoint -d 'The consent page' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l token-endpoint -d 'Where codes and refresh tokens are exchanged' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l device-authorization-endpoint -d 'Where a device asks for its code (RFC 8628)' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l revocation-endpoint -d 'Where tokens are revoked (RFC 7009)' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l client-authentication -d 'How the app proves itself' -r -f -a "basic\t'By the header, HTTP Basic'
post\t'By two fields of the form'
none\t'Not at all: the app has no secret'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l pkce -d 'Whether the marketplace takes PKCE (RFC 7636)' -r -f -a "yes\t''
no\t''"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l loopback -d 'Whether it takes a redirect URI on this machine; else one on https' -r -f -a "yes\t''
no\t''"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l refresh-token -d 'Whether it gives out refresh tokens' -r -f -a "yes\t''
no\t''"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l scope -d 'A scope to ask for' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l api-base -d 'The address below which its API lies' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l docs -d 'Its documentation' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l print -d 'Print the definition instead of keeping it'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from diff" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from diff" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from diff" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the marketplaces'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a definition'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "check" -d 'Show everything that is wrong with a definition of your own, and where'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Print the JSON Schema of definitions, for editors'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "new" -d 'Make a definition of your own from a few answers'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show how a definition has changed since a seller consented'
complete -c sellauth -n "__fish_sellauth_using_subcommand marketplaces; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -l as-job -d 'Examine what a job of WHO finds instead of this session: cron, systemd or user:NAME' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l port -d 'The port for requests that a marketplace starts by itself' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l check -d 'Test a relay that is in place, at the registered redirect URI' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l nginx -d 'Print a redirect for nginx instead of the page'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l caddy -d 'Print a redirect for Caddy instead of the page'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l apache -d 'Print a redirect for Apache instead of the page'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand relay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -l confirm -d 'Act as the seller without a browser: confirm on this consent page' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -l headless -d 'Consent without a browser'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -l serve -d 'Keep the marketplace running, to play with'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -l marketplace -d 'What it means at this marketplace' -r
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand completions" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Always'
never\t'Never'"
complete -c sellauth -n "__fish_sellauth_using_subcommand completions" -l json -d 'Print one JSON document on stdout, and errors as JSON on stderr'
complete -c sellauth -n "__fish_sellauth_using_subcommand completions" -s q -l quiet -d 'Print only the answer, what needs you, and errors'
complete -c sellauth -n "__fish_sellauth_using_subcommand completions" -s v -l verbose -d 'Say what is done; twice for more. Never a secret'
complete -c sellauth -n "__fish_sellauth_using_subcommand completions" -l no-input -d 'Ask nothing, even on a terminal'
complete -c sellauth -n "__fish_sellauth_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "connect" -d 'Connect a shop: open the consent page, catch the answer, keep the tokens'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "token" -d 'Print a valid access token'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "exec" -d 'Run a command that finds the tokens of shops in its environment'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "api" -d 'Make one request to a marketplace\'s API'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "status" -d 'Show the connected shops, and which of them need a new consent'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "refresh" -d 'Renew tokens without a person, for cron: those that would end for want of use'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "timer" -d 'Let the system renew the tokens of all shops on a schedule'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "reauthorize" -d 'Renew the consents that are due'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "disconnect" -d 'Disconnect a shop and forget its secrets'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "rename" -d 'Give a shop another name'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "import" -d 'Take over what was made elsewhere: a refresh token, other programs\' files, or a bundle'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "export" -d 'Print shops as one encrypted bundle, for another machine'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "migrate" -d 'Keep the secrets of shops in another store'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "log" -d 'Show what happened to the shops, when, and who did it'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "lock" -d 'Make the tokens kept at hand worthless: the next ones come from their stores'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "app" -d 'Register, show and change apps'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "marketplaces" -d 'Show the marketplaces, and check definitions of one\'s own'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "doctor" -d 'Find out what is wrong with this machine, before it matters'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "relay" -d 'Print the page that sends browsers from a registered https address back to this machine'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "demo" -d 'Show the whole story on a small marketplace of its own'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "explain" -d 'Say what a code means, and what to do about it'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "completions" -d 'Print the completions of a shell'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and not __fish_seen_subcommand_from connect token exec api status refresh timer reauthorize disconnect rename import export migrate log lock app marketplaces doctor relay demo explain completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from timer" -f -a "install" -d 'Install the timer, or change it'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from timer" -f -a "remove" -d 'Remove the timer'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from timer" -f -a "status" -d 'Show whether the timer is installed, when it ran and will run, and what is wrong with it'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "add" -d 'Register an app'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "register" -d 'Let the marketplace register an app for one seller, who allows it by a code'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "list" -d 'List the apps'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "show" -d 'Show an app, and what belongs into the marketplace\'s portal'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "set" -d 'Change an app: a new version makes older consents due'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from app" -f -a "remove" -d 'Remove an app that no shop uses'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from marketplaces" -f -a "list" -d 'List the marketplaces'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from marketplaces" -f -a "show" -d 'Print a definition'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from marketplaces" -f -a "check" -d 'Show everything that is wrong with a definition of your own, and where'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from marketplaces" -f -a "schema" -d 'Print the JSON Schema of definitions, for editors'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from marketplaces" -f -a "new" -d 'Make a definition of your own from a few answers'
complete -c sellauth -n "__fish_sellauth_using_subcommand help; and __fish_seen_subcommand_from marketplaces" -f -a "diff" -d 'Show how a definition has changed since a seller consented'
