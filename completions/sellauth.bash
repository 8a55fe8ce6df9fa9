_clap_complete_sellauth() {
    local IFS=$'\013'
    local _CLAP_COMPLETE_INDEX=${COMP_CWORD}
    local words=("${COMP_WORDS[@]}") globbing=$- status
    compopt +o nospace 2> /dev/null
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        # Of a word that was broken at a `=`, nothing is lost.
        [[ -z $2 && ${words[COMP_CWORD]} == [=:]* ]] || words[COMP_CWORD]="$2"
    fi
    # What is offered is a word, and no pattern of files.
    set -f
    COMPREPLY=( $( \
        _CLAP_IFS="$IFS" \
        _CLAP_COMPLETE_INDEX="$_CLAP_COMPLETE_INDEX" \
        SELLAUTH_COMPLETE="bash" \
        "sellauth" -- "${words[@]}" 2> /dev/null \
    ) )
    status=$?
    [[ $globbing == *f* ]] || set +f
    if [[ $status != 0 ]]; then
        # A file: bash itself knows how to quote its name.
        COMPREPLY=()
        compopt -o default 2> /dev/null
    elif [[ "${COMPREPLY-}" =~ [=/:]$ ]]; then
        compopt -o nospace 2> /dev/null
    fi
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nospace -o bashdefault -o nosort -F _clap_complete_sellauth sellauth
elif [[ "${BASH_VERSINFO[0]}" -eq 4 ]]; then
    complete -o nospace -o bashdefault -F _clap_complete_sellauth sellauth
else
    # Without `compopt`, it is files wherever nothing else fits.
    complete -o nospace -o bashdefault -o default -F _clap_complete_sellauth sellauth
fi
