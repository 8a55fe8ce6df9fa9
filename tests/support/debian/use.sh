#!/bin/sh
# As the new user, in a login without a desktop: the manual, the demo, doctor before and after.
set -eu
fail() { printf 'use.sh: %s\n' "$*" >&2; exit 1; }
export LC_ALL=C.UTF-8

# A page begins with its own name, and troff has nothing to complain of.
page() {
    MANWIDTH=100 man --warnings "$@" >page.txt 2>complaints.txt || fail "no page: $*"
    [ ! -s complaints.txt ] || fail "man $*: $(cat complaints.txt)"
    head -n 1 page.txt | grep -qi "^${2-$1}(${2:+$1}" || fail "man $* is another page: $(head -n 1 page.txt)"
}
page sellauth
grep -q '^SYNOPSIS' page.txt || fail "sellauth(1) has no synopsis"
page sellauth-connect
page 5 sellauth-marketplace
man --where --all sellauth | grep -q '^/usr/share/man/man1/sellauth\.1\.gz$' || fail "sellauth(1) lies elsewhere"
whatis sellauth || fail "apropos does not know sellauth"
rm page.txt complaints.txt

before=$(find . | sort)
sellauth demo --headless >/tmp/demo.txt 2>&1 || { cat /tmp/demo.txt && fail "the demo failed"; }
[ "$before" = "$(find . | sort)" ] || fail "the demo left files in the home"

# There is no keyring, and doctor says so, and what to do.
code=0
sellauth doctor >/tmp/doctor.txt 2>&1 || code=$?
cat /tmp/doctor.txt
[ "$code" -eq 8 ] || fail "doctor ended with $code"
grep -q '^problem  no keyring' /tmp/doctor.txt || fail "doctor does not miss the keyring"
grep -q 'store file' /tmp/doctor.txt || fail "doctor knows no way out"

mkdir -p .config/sellauth
echo 'store = "file"' >.config/sellauth/config.toml
sellauth doctor >/tmp/doctor.txt 2>&1 || { cat /tmp/doctor.txt && fail "doctor is not content"; }
# By keys that are entered: no network is needed to connect this one.
printf 'client_key=of-anna\nsecret_key=secret-of-anna\n' |
    sellauth connect kaufland --profile berlin-outlet --secret-stdin 2>/tmp/connect.txt || {
        cat /tmp/connect.txt
        fail "the shop is not connected"
    }
# zsh asks a new user many questions instead, and this is what it then writes.
printf 'autoload -Uz compinit\ncompinit\n' >.zshrc
