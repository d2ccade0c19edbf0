#!/bin/sh
# enter.sh ROOT COMMAND...: runs the command where ROOT's folders lie over those of /sys.
# To be called in a mount namespace of its own, so that nobody else sees it.
set -e
root=$1
shift
mount --bind "$root/class" /sys/class
mount --bind "$root/devices/virtual" /sys/devices/virtual
exec "$@"
