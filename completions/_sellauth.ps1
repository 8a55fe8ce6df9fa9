
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'sellauth' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'sellauth'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'sellauth' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Connect a shop: open the consent page, catch the answer, keep the tokens')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Connect a shop: open the consent page, catch the answer, keep the tokens')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print a valid access token')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command that finds the tokens of shops in its environment')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Make one request to a marketplace''s API')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the connected shops, and which of them need a new consent')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the connected shops, and which of them need a new consent')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'Show the connected shops, and which of them need a new consent')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Renew tokens without a person, for cron: those that would end for want of use')
            [CompletionResult]::new('timer', 'timer', [CompletionResultType]::ParameterValue, 'Let the system renew the tokens of all shops on a schedule')
            [CompletionResult]::new('reauthorize', 'reauthorize', [CompletionResultType]::ParameterValue, 'Renew the consents that are due')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Disconnect a shop and forget its secrets')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Disconnect a shop and forget its secrets')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a shop another name')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over what was made elsewhere: a refresh token, other programs'' files, or a bundle')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print shops as one encrypted bundle, for another machine')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Keep the secrets of shops in another store')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Show what happened to the shops, when, and who did it')
            [CompletionResult]::new('lock', 'lock', [CompletionResultType]::ParameterValue, 'Make the tokens kept at hand worthless: the next ones come from their stores')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'Register, show and change apps')
            [CompletionResult]::new('marketplaces', 'marketplaces', [CompletionResultType]::ParameterValue, 'Show the marketplaces, and check definitions of one''s own')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find out what is wrong with this machine, before it matters')
            [CompletionResult]::new('relay', 'relay', [CompletionResultType]::ParameterValue, 'Print the page that sends browsers from a registered https address back to this machine')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the whole story on a small marketplace of its own')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a code means, and what to do about it')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;connect' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The name of the shop here; by default the marketplace, region and environment')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The country or area, where the marketplace has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The environment')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'The app, where several are registered')
            [CompletionResult]::new('--option', '--option', [CompletionResultType]::ParameterName, 'A variation the marketplace has')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A value the marketplace needs for this shop')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for, instead of the app''s')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the secrets')
            [CompletionResult]::new('--expect-shop', '--expect-shop', [CompletionResultType]::ParameterName, 'The only shop that may ever consent')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'A mark of your own')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The command that opens addresses; %s or the last word is the address')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port to listen on')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the seller: 90s, 5m, 12h, 30d')
            [CompletionResult]::new('--install-url', '--install-url', [CompletionResultType]::ParameterName, 'The link on which the seller installs the app first')
            [CompletionResult]::new('--finish', '--finish', [CompletionResultType]::ParameterName, 'Finish what `--start` began: reads the address the browser ended on from stdin')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'Short for --option draft')
            [CompletionResult]::new('--vendor', '--vendor', [CompletionResultType]::ParameterName, 'Short for --option vendor')
            [CompletionResult]::new('--secret-stdin', '--secret-stdin', [CompletionResultType]::ParameterName, 'Read from stdin what the marketplace''s portal shows: the one secret, or several as name=value lines or a JSON object')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address only')
            [CompletionResult]::new('--paste', '--paste', [CompletionResultType]::ParameterName, 'Read the address the browser ended on from stdin, instead of listening for it')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Show a code that is entered in any browser, on any device')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Print the address and a handle, and end; `--finish` takes what comes back')
            [CompletionResult]::new('--skip-install', '--skip-install', [CompletionResultType]::ParameterName, 'The app is installed already')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Let another shop take the place of the one connected under this name')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;login' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The name of the shop here; by default the marketplace, region and environment')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The country or area, where the marketplace has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The environment')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'The app, where several are registered')
            [CompletionResult]::new('--option', '--option', [CompletionResultType]::ParameterName, 'A variation the marketplace has')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A value the marketplace needs for this shop')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for, instead of the app''s')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the secrets')
            [CompletionResult]::new('--expect-shop', '--expect-shop', [CompletionResultType]::ParameterName, 'The only shop that may ever consent')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'A mark of your own')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The command that opens addresses; %s or the last word is the address')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port to listen on')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the seller: 90s, 5m, 12h, 30d')
            [CompletionResult]::new('--install-url', '--install-url', [CompletionResultType]::ParameterName, 'The link on which the seller installs the app first')
            [CompletionResult]::new('--finish', '--finish', [CompletionResultType]::ParameterName, 'Finish what `--start` began: reads the address the browser ended on from stdin')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'Short for --option draft')
            [CompletionResult]::new('--vendor', '--vendor', [CompletionResultType]::ParameterName, 'Short for --option vendor')
            [CompletionResult]::new('--secret-stdin', '--secret-stdin', [CompletionResultType]::ParameterName, 'Read from stdin what the marketplace''s portal shows: the one secret, or several as name=value lines or a JSON object')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address only')
            [CompletionResult]::new('--paste', '--paste', [CompletionResultType]::ParameterName, 'Read the address the browser ended on from stdin, instead of listening for it')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Show a code that is entered in any browser, on any device')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Print the address and a handle, and end; `--finish` takes what comes back')
            [CompletionResult]::new('--skip-install', '--skip-install', [CompletionResultType]::ParameterName, 'The app is installed already')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Let another shop take the place of the one connected under this name')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;token' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The shop, where no name stands before it')
            [CompletionResult]::new('--min-validity', '--min-validity', [CompletionResultType]::ParameterName, 'How long the token must be valid at least: 90s, 5m, 12h, 30d')
            [CompletionResult]::new('--refresh-if', '--refresh-if', [CompletionResultType]::ParameterName, 'Renew if the token is still the one the API refused: the first 16 hex digits of its SHA-256')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A token for what the app may do without a seller, by its scope')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Print the whole HTTP header the marketplace wants')
            [CompletionResult]::new('--refresh', '--refresh', [CompletionResultType]::ParameterName, 'Renew, unless that was done since this command began')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;exec' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Hand out as well what the marketplace''s usual SDKs renew with, in the variables they read')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;api' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'What is sent; @FILE is read from a file, @- from stdin')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'What is sent; @FILE is read from a file, @- from stdin')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'A parameter of the query')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'A parameter of the query')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header, instead of the usual one of that name')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header, instead of the usual one of that name')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Print status line and headers before the body')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Print status line and headers before the body')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;status' {
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'Only shops with this mark')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask the marketplace whether each shop really works')
            [CompletionResult]::new('--ics', '--ics', [CompletionResultType]::ParameterName, 'Print a calendar of what ends when, with reminders, for any calendar program')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'End with exit code 4 if a shop does not work any more, as when shops are named')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;list' {
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'Only shops with this mark')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask the marketplace whether each shop really works')
            [CompletionResult]::new('--ics', '--ics', [CompletionResultType]::ParameterName, 'Print a calendar of what ends when, with reminders, for any calendar program')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'End with exit code 4 if a shop does not work any more, as when shops are named')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;ls' {
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'Only shops with this mark')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask the marketplace whether each shop really works')
            [CompletionResult]::new('--ics', '--ics', [CompletionResultType]::ParameterName, 'Print a calendar of what ends when, with reminders, for any calendar program')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'End with exit code 4 if a shop does not work any more, as when shops are named')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;refresh' {
            [CompletionResult]::new('--due', '--due', [CompletionResultType]::ParameterName, 'Only shops whose refresh token ends, or has been unused for too long, within this time: 12h, 7d')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'Only shops with this mark')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many shops are renewed at the same time')
            [CompletionResult]::new('--hook', '--hook', [CompletionResultType]::ParameterName, 'Run this command, without a shell, when a shop needs its seller or will soon: it finds `SELLAUTH_PROFILE`, `_STATE`, `_REASON_CODE`, `_REASON`, `_MESSAGE` and more in its environment, and never a secret')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long that must have lasted before the command is run: 90s, 5m, 12h, 30d [default: 1h]')
            [CompletionResult]::new('--remind', '--remind', [CompletionResultType]::ParameterName, 'How long afterwards it is run again if nothing has changed; for shops that still work seven times as long [default: 1d]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every shop, due or not')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;timer' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install the timer, or change it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the timer')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether the timer is installed, when it ran and will run, and what is wrong with it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;timer;install' {
            [CompletionResult]::new('--every', '--every', [CompletionResultType]::ParameterName, 'How often: 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h or 1d [default: 6h]')
            [CompletionResult]::new('--hook', '--hook', [CompletionResultType]::ParameterName, 'The command to run when a shop needs its seller, as of `refresh`; an empty one takes it away')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long a shop must have needed its seller before the command is run: 90s, 5m, 12h, 30d [default: 1h]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the timer''s files even if they were changed by hand')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show the files that would be written and the commands that would be run')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;timer;remove' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show what would be removed and run')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;timer;status' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;timer;help' {
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install the timer, or change it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the timer')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether the timer is installed, when it ran and will run, and what is wrong with it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;timer;help;install' {
            break
        }
        'sellauth;timer;help;remove' {
            break
        }
        'sellauth;timer;help;status' {
            break
        }
        'sellauth;timer;help;help' {
            break
        }
        'sellauth;reauthorize' {
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'Only shops with this mark')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Consents that end within this time are due: 12h, 30d, 90d')
            [CompletionResult]::new('--no-option', '--no-option', [CompletionResultType]::ParameterName, 'Consent without this option from now on, wherever it is chosen: a draft that was published')
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'The command that opens addresses; %s or the last word is the address')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port to listen on')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the seller: 90s, 5m, 12h, 30d')
            [CompletionResult]::new('--install-url', '--install-url', [CompletionResultType]::ParameterName, 'The link on which the seller installs the app first')
            [CompletionResult]::new('--finish', '--finish', [CompletionResultType]::ParameterName, 'Finish what `--start` began: reads the address the browser ended on from stdin')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the secrets from now on')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every shop, due or not; one whose key is entered only where that is needed')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and do nothing')
            [CompletionResult]::new('--wait-for-marketplace', '--wait-for-marketplace', [CompletionResultType]::ParameterName, 'Wait for a renewal that the seller starts in the marketplace''s own pages')
            [CompletionResult]::new('--secret-stdin', '--secret-stdin', [CompletionResultType]::ParameterName, 'Read from stdin what the marketplace''s portal shows: the one secret, or several as name=value lines or a JSON object')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Do not open a browser; print the address only')
            [CompletionResult]::new('--paste', '--paste', [CompletionResultType]::ParameterName, 'Read the address the browser ended on from stdin, instead of listening for it')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Show a code that is entered in any browser, on any device')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Print the address and a handle, and end; `--finish` takes what comes back')
            [CompletionResult]::new('--skip-install', '--skip-install', [CompletionResultType]::ParameterName, 'The app is installed already')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Let another shop take the place of the one connected under this name')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;disconnect' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Forget the shop even if the marketplace cannot be told')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;logout' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Forget the shop even if the marketplace cannot be told')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;rename' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;import' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The name of the shop here; by default the marketplace, region and environment')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The country or area, where the marketplace has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The environment')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'The app, where several are registered')
            [CompletionResult]::new('--option', '--option', [CompletionResultType]::ParameterName, 'A variation the marketplace has')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A value the marketplace needs for this shop')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for, instead of the app''s')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the secrets')
            [CompletionResult]::new('--expect-shop', '--expect-shop', [CompletionResultType]::ParameterName, 'The only shop that may ever consent')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'A mark of your own')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take what stands in a .env, JSON or YAML file of another program')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account, where they hold several: a section, or the end of the variables'' names')
            [CompletionResult]::new('--bundle', '--bundle', [CompletionResultType]::ParameterName, 'Take over what `export` wrote; - is stdin')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'The age identity that opens it, as `age-keygen` writes it')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--draft', '--draft', [CompletionResultType]::ParameterName, 'Short for --option draft')
            [CompletionResult]::new('--vendor', '--vendor', [CompletionResultType]::ParameterName, 'Short for --option vendor')
            [CompletionResult]::new('--refresh-token-stdin', '--refresh-token-stdin', [CompletionResultType]::ParameterName, 'Read the refresh token from stdin')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Take the place of what is connected under this name')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be taken over, and write nothing')
            [CompletionResult]::new('--from-env', '--from-env', [CompletionResultType]::ParameterName, 'Take what stands in the environment for another program')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;export' {
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Encrypt for whoever has this age identity, instead of by a passphrase')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every shop, and every app')
            [CompletionResult]::new('--config-only', '--config-only', [CompletionResultType]::ParameterName, 'Only what you wrote, as TOML without any secret: fit for version control')
            [CompletionResult]::new('--move', '--move', [CompletionResultType]::ParameterName, 'Remove the shops here once the bundle is safe in a file; the apps stay')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;migrate' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Where their secrets are to be kept; an app''s secret follows the last of its shops')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every shop, and every app')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;log' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only what happened within this time: 12h, 30d')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only the last events')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Only the last events')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;lock' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an app')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Let the marketplace register an app for one seller, who allows it by a code')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the apps')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'List the apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an app, and what belongs into the marketplace''s portal')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change an app: a new version makes older consents due')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an app that no shop uses')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;app;add' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The app''s name here; by default the marketplace''s')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client id')
            [CompletionResult]::new('--client-secret-created', '--client-secret-created', [CompletionResultType]::ParameterName, 'The day the client secret was made, where it is known')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'The redirect URI, as registered')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'The app''s version at the marketplace')
            [CompletionResult]::new('--install-url', '--install-url', [CompletionResultType]::ParameterName, 'The link on which sellers install the app')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A value the marketplace needs')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The environment')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'The kind of app, where the marketplace has several')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the client secret')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--client-secret-stdin', '--client-secret-stdin', [CompletionResultType]::ParameterName, 'Read the client secret from stdin')
            [CompletionResult]::new('--imported-only', '--imported-only', [CompletionResultType]::ParameterName, 'Tokens of this app are imported, never consented in a browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;register' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The app''s name here; by default the marketplace''s')
            [CompletionResult]::new('--client-name', '--client-name', [CompletionResultType]::ParameterName, 'The app''s name at the marketplace: nobody else has it, and it is final')
            [CompletionResult]::new('--software-statement-id', '--software-statement-id', [CompletionResultType]::ParameterName, 'What the marketplace calls the software')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'The redirect URI to register')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A value the marketplace needs')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'The environment')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the client secret')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--registration-code-stdin', '--registration-code-stdin', [CompletionResultType]::ParameterName, 'Read the seller''s code from stdin')
            [CompletionResult]::new('--recover', '--recover', [CompletionResultType]::ParameterName, 'Fetch what an earlier registration brought and the store did not take')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;ls' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;show' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;set' {
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'The app''s version at the marketplace')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'The scopes to ask for, instead of the earlier ones')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client id')
            [CompletionResult]::new('--client-secret-created', '--client-secret-created', [CompletionResultType]::ParameterName, 'The day the client secret was made, if not today')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'The redirect URI, as registered')
            [CompletionResult]::new('--install-url', '--install-url', [CompletionResultType]::ParameterName, 'The link on which sellers install the app')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A value the marketplace needs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--client-secret-stdin', '--client-secret-stdin', [CompletionResultType]::ParameterName, 'Read a new client secret from stdin; one renewal must succeed with it before the old one goes')
            [CompletionResult]::new('--no-verify', '--no-verify', [CompletionResultType]::ParameterName, 'Take the new client secret without trying it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;remove' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--discard-registration', '--discard-registration', [CompletionResultType]::ParameterName, 'With --yes: even where the answer of its registration waits, the only copy of its client secret')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;app;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an app')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Let the marketplace register an app for one seller, who allows it by a code')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an app, and what belongs into the marketplace''s portal')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change an app: a new version makes older consents due')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an app that no shop uses')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;app;help;add' {
            break
        }
        'sellauth;app;help;register' {
            break
        }
        'sellauth;app;help;list' {
            break
        }
        'sellauth;app;help;show' {
            break
        }
        'sellauth;app;help;set' {
            break
        }
        'sellauth;app;help;remove' {
            break
        }
        'sellauth;app;help;help' {
            break
        }
        'sellauth;marketplaces' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the marketplaces')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'List the marketplaces')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a definition')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Show everything that is wrong with a definition of your own, and where')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of definitions, for editors')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Make a definition of your own from a few answers')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show how a definition has changed since a seller consented')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;marketplaces;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;ls' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;show' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;check' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;schema' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;new' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name a seller knows')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Its server''s identifier: what is published there (RFC 8414) need not be asked')
            [CompletionResult]::new('--grant', '--grant', [CompletionResultType]::ParameterName, 'How a first token comes about')
            [CompletionResult]::new('--authorization-endpoint', '--authorization-endpoint', [CompletionResultType]::ParameterName, 'The consent page')
            [CompletionResult]::new('--token-endpoint', '--token-endpoint', [CompletionResultType]::ParameterName, 'Where codes and refresh tokens are exchanged')
            [CompletionResult]::new('--device-authorization-endpoint', '--device-authorization-endpoint', [CompletionResultType]::ParameterName, 'Where a device asks for its code (RFC 8628)')
            [CompletionResult]::new('--revocation-endpoint', '--revocation-endpoint', [CompletionResultType]::ParameterName, 'Where tokens are revoked (RFC 7009)')
            [CompletionResult]::new('--client-authentication', '--client-authentication', [CompletionResultType]::ParameterName, 'How the app proves itself')
            [CompletionResult]::new('--pkce', '--pkce', [CompletionResultType]::ParameterName, 'Whether the marketplace takes PKCE (RFC 7636)')
            [CompletionResult]::new('--loopback', '--loopback', [CompletionResultType]::ParameterName, 'Whether it takes a redirect URI on this machine; else one on https')
            [CompletionResult]::new('--refresh-token', '--refresh-token', [CompletionResultType]::ParameterName, 'Whether it gives out refresh tokens')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'A scope to ask for')
            [CompletionResult]::new('--api-base', '--api-base', [CompletionResultType]::ParameterName, 'The address below which its API lies')
            [CompletionResult]::new('--docs', '--docs', [CompletionResultType]::ParameterName, 'Its documentation')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--print', '--print', [CompletionResultType]::ParameterName, 'Print the definition instead of keeping it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;diff' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;marketplaces;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the marketplaces')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a definition')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Show everything that is wrong with a definition of your own, and where')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of definitions, for editors')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Make a definition of your own from a few answers')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show how a definition has changed since a seller consented')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;marketplaces;help;list' {
            break
        }
        'sellauth;marketplaces;help;show' {
            break
        }
        'sellauth;marketplaces;help;check' {
            break
        }
        'sellauth;marketplaces;help;schema' {
            break
        }
        'sellauth;marketplaces;help;new' {
            break
        }
        'sellauth;marketplaces;help;diff' {
            break
        }
        'sellauth;marketplaces;help;help' {
            break
        }
        'sellauth;doctor' {
            [CompletionResult]::new('--as-job', '--as-job', [CompletionResultType]::ParameterName, 'Examine what a job of WHO finds instead of this session: cron, systemd or user:NAME')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;relay' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port for requests that a marketplace starts by itself')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Test a relay that is in place, at the registered redirect URI')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--nginx', '--nginx', [CompletionResultType]::ParameterName, 'Print a redirect for nginx instead of the page')
            [CompletionResult]::new('--caddy', '--caddy', [CompletionResultType]::ParameterName, 'Print a redirect for Caddy instead of the page')
            [CompletionResult]::new('--apache', '--apache', [CompletionResultType]::ParameterName, 'Print a redirect for Apache instead of the page')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;demo' {
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'Act as the seller without a browser: confirm on this consent page')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--headless', '--headless', [CompletionResultType]::ParameterName, 'Consent without a browser')
            [CompletionResult]::new('--serve', '--serve', [CompletionResultType]::ParameterName, 'Keep the marketplace running, to play with')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;explain' {
            [CompletionResult]::new('--marketplace', '--marketplace', [CompletionResultType]::ParameterName, 'What it means at this marketplace')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON document on stdout, and errors as JSON on stderr')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the answer, what needs you, and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is done; twice for more. Never a secret')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Ask nothing, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'sellauth;help' {
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Connect a shop: open the consent page, catch the answer, keep the tokens')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print a valid access token')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command that finds the tokens of shops in its environment')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Make one request to a marketplace''s API')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the connected shops, and which of them need a new consent')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Renew tokens without a person, for cron: those that would end for want of use')
            [CompletionResult]::new('timer', 'timer', [CompletionResultType]::ParameterValue, 'Let the system renew the tokens of all shops on a schedule')
            [CompletionResult]::new('reauthorize', 'reauthorize', [CompletionResultType]::ParameterValue, 'Renew the consents that are due')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Disconnect a shop and forget its secrets')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a shop another name')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over what was made elsewhere: a refresh token, other programs'' files, or a bundle')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print shops as one encrypted bundle, for another machine')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Keep the secrets of shops in another store')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Show what happened to the shops, when, and who did it')
            [CompletionResult]::new('lock', 'lock', [CompletionResultType]::ParameterValue, 'Make the tokens kept at hand worthless: the next ones come from their stores')
            [CompletionResult]::new('app', 'app', [CompletionResultType]::ParameterValue, 'Register, show and change apps')
            [CompletionResult]::new('marketplaces', 'marketplaces', [CompletionResultType]::ParameterValue, 'Show the marketplaces, and check definitions of one''s own')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find out what is wrong with this machine, before it matters')
            [CompletionResult]::new('relay', 'relay', [CompletionResultType]::ParameterValue, 'Print the page that sends browsers from a registered https address back to this machine')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the whole story on a small marketplace of its own')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a code means, and what to do about it')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'sellauth;help;connect' {
            break
        }
        'sellauth;help;token' {
            break
        }
        'sellauth;help;exec' {
            break
        }
        'sellauth;help;api' {
            break
        }
        'sellauth;help;status' {
            break
        }
        'sellauth;help;refresh' {
            break
        }
        'sellauth;help;timer' {
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install the timer, or change it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the timer')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether the timer is installed, when it ran and will run, and what is wrong with it')
            break
        }
        'sellauth;help;timer;install' {
            break
        }
        'sellauth;help;timer;remove' {
            break
        }
        'sellauth;help;timer;status' {
            break
        }
        'sellauth;help;reauthorize' {
            break
        }
        'sellauth;help;disconnect' {
            break
        }
        'sellauth;help;rename' {
            break
        }
        'sellauth;help;import' {
            break
        }
        'sellauth;help;export' {
            break
        }
        'sellauth;help;migrate' {
            break
        }
        'sellauth;help;log' {
            break
        }
        'sellauth;help;lock' {
            break
        }
        'sellauth;help;app' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an app')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Let the marketplace register an app for one seller, who allows it by a code')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the apps')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an app, and what belongs into the marketplace''s portal')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change an app: a new version makes older consents due')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an app that no shop uses')
            break
        }
        'sellauth;help;app;add' {
            break
        }
        'sellauth;help;app;register' {
            break
        }
        'sellauth;help;app;list' {
            break
        }
        'sellauth;help;app;show' {
            break
        }
        'sellauth;help;app;set' {
            break
        }
        'sellauth;help;app;remove' {
            break
        }
        'sellauth;help;marketplaces' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the marketplaces')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a definition')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Show everything that is wrong with a definition of your own, and where')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of definitions, for editors')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Make a definition of your own from a few answers')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show how a definition has changed since a seller consented')
            break
        }
        'sellauth;help;marketplaces;list' {
            break
        }
        'sellauth;help;marketplaces;show' {
            break
        }
        'sellauth;help;marketplaces;check' {
            break
        }
        'sellauth;help;marketplaces;schema' {
            break
        }
        'sellauth;help;marketplaces;new' {
            break
        }
        'sellauth;help;marketplaces;diff' {
            break
        }
        'sellauth;help;doctor' {
            break
        }
        'sellauth;help;relay' {
            break
        }
        'sellauth;help;demo' {
            break
        }
        'sellauth;help;explain' {
            break
        }
        'sellauth;help;completions' {
            break
        }
        'sellauth;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
