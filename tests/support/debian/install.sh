#!/bin/sh
# As root of the fresh system: the package, and a new user.
set -eu
cd /root
DEBIAN_FRONTEND=noninteractive apt-get -qq install ./sellauth.deb >/root/apt.log 2>&1 || {
    cat /root/apt.log
    exit 1
}
dpkg --status sellauth | grep -E '^(Version|Architecture|Depends|Recommends|Installed-Size):'
dpkg --verify sellauth
# Of a number nobody else has: the kernel keeps keyrings by it, for this machine's own users, too.
useradd --uid 59234 --create-home --shell /bin/bash anna
