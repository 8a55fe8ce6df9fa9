# A user's systemd without a system's: $1 is the session's folder. Ends with its standard input.
set -eu
folder=$1
# What it looks for before it starts, and a tree of control groups it may write to.
mount --make-rprivate /
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
mkdir /run/systemd/system
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup
group=/sys/fs/cgroup/sellauth-test-$$
mkdir "$group"
mkdir "$group/manager"
echo $$ >"$group/manager/cgroup.procs"
env -i PATH="$PATH" HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run" SYSTEMD_LOG_TARGET=console LANG=C.UTF-8 \
    /lib/systemd/systemd --user </dev/null >"$folder/log" 2>&1 &
manager=$!
echo started
cat >/dev/null
echo $$ >/sys/fs/cgroup/cgroup.procs
kill -KILL "$manager" 2>/dev/null || true
echo 1 >"$group/cgroup.kill" 2>/dev/null || true
wait
for _ in 1 2 3 4 5 6 7 8 9 10; do
    find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null
    [ -d "$group" ] || break
    sleep 0.1
done
