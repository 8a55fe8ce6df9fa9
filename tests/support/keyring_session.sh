# A bus, and the real gnome-keyring on it where one is wanted. Both end with the standard input of this shell, which
# is to be the leader of a process group of its own.
#
#   sh keyring_session.sh CONFIGURATION unlocked|empty|none
#
# in a folder that holds `password` and `run/`, with XDG_RUNTIME_DIR and DBUS_SESSION_BUS_ADDRESS set to `run` and `bus`
# there. Prints the daemon's process, 0 for none. A bus has its socket before it listens, so somebody has to be answered
# first; and a daemon owns its name a little after it was started.
dbus-daemon --config-file="$1" --address="unix:path=$PWD/bus" --nofork --nopidfile </dev/null &
tries=0
until dbus-send --bus="unix:path=$PWD/bus" --type=signal / org.example.Ready 2>error; do
    kill -0 "$!" && [ $((tries += 1)) -lt 500 ] || { cat error >&2; exit; }
    sleep 0.01
done
case $2 in
    unlocked) gnome-keyring-daemon --foreground --unlock --components=secrets <password >/dev/null & echo "$!" ;;
    empty) gnome-keyring-daemon --foreground --components=secrets </dev/null >/dev/null & echo "$!" ;;
    none) echo 0 ;;
esac
read -r _
kill -s KILL 0
