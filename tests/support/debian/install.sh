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
# What the program loads is what the package asks for: it would be installed where it cannot run otherwise.
depends=$(dpkg-query --show --showformat='${Depends}' sellauth)
case $(ldd /usr/bin/sellauth 2>&1) in
    *libc.so.6*) loads=yes ;;
    *) loads=no ;;
esac
case $depends in
    *libc6*) asks=yes ;;
    *) asks=no ;;
esac
[ $loads = $asks ] || {
    echo "install.sh: the program loads the C library: $loads; the package depends on libc6: $asks ($depends)" >&2
    exit 1
}
# Of a number nobody else has: the kernel keeps keyrings by it, for this machine's own users, too.
useradd --uid 59234 --create-home --shell /bin/bash anna
