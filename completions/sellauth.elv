set edit:completion:arg-completer[sellauth] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) SELLAUTH_COMPLETE="elvish" sellauth -- $@words) | to-lines
}
