#!/bin/sh
# As root of the fresh system: the package goes and leaves nothing but what the user made.
set -eu
dpkg --listfiles sellauth | grep sellauth >/root/files.txt
DEBIAN_FRONTEND=noninteractive apt-get -qq purge sellauth >/root/apt.log 2>&1 || {
    cat /root/apt.log
    exit 1
}
while read -r path; do
    [ ! -e "$path" ] || { echo "remove.sh: $path is left" >&2 && exit 1; }
done </root/files.txt
[ -e /home/anna/.config/sellauth/config.toml ]
