#!/bin/sh
# Makes the virtual environments that recipes.py names: `sh setup.sh [NAME...]`. Debian 12, as root.
# new: current versions. old: Debian's PyTorch 1.13 with versions of its time. tf: TensorFlow 2.15 with Keras 2.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venvs=${CORPUS_VENVS:-/tmp/corpus-venv}
mkdir -p "$venvs"
for name in ${@:-new old tf}; do
  if [ "$name" = old ]; then
    apt-get install -y python3-torch python3-venv
    /usr/bin/python3 -m venv --system-site-packages "$venvs/$name"
  else
    python3.11 -m venv "$venvs/$name"
  fi
  nice -n 15 "$venvs/$name/bin/pip" install --no-deps -r "$here/requirements/$name.txt"
done
