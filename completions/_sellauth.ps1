Register-ArgumentCompleter -Native -CommandName sellauth -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words are passed on as they stand there: to evaluate them would run what is typed.
    $words = @()
    $blank = $true
    foreach ($element in $commandAst.CommandElements) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) {
            break
        }
        $blank = $extent.EndOffset -lt $cursorPosition
        if ($extent.EndOffset -gt $cursorPosition) {
            $words += $extent.Text.Substring(0, $cursorPosition - $extent.StartOffset)
        } elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $words += $element.Value
        } else {
            $words += $extent.Text
        }
    }
    # An empty word is not passed on by every PowerShell: the number of the word says that there is one.
    $index = if ($blank) { $words.Count } else { $words.Count - 1 }

    $before = $env:SELLAUTH_COMPLETE
    try {
        $env:SELLAUTH_COMPLETE = "powershell"
        $env:_CLAP_COMPLETE_INDEX = "$index"
        $found = @(& sellauth -- @words)
    } finally {
        $env:SELLAUTH_COMPLETE = $before
        $env:_CLAP_COMPLETE_INDEX = $null
    }
    foreach ($line in $found) {
        $value, $help = $line -split "`t", 2
        if (-not $help) {
            $help = $value
        }
        $typed = $value
        if ($value -notmatch '^[\p{L}\p{Nd}_./\\:=+-]+$') {
            $quoted = [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value)
            $typed = "'$quoted'"
        }
        [System.Management.Automation.CompletionResult]::new($typed, $value, 'ParameterValue', $help)
    }
}
