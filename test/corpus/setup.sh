#!/bin/sh
# Makes the virtual environments that recipes.py names: `sh setup.sh [NAME...]`. Linux, Python 3.11.
# new: current versions. old: PyTorch 2.2 with libraries of 2023. tf: TensorFlow 2.15 with Keras 2. tools: for record.py and screen.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venvs=${CORPUS_VENVS:-/tmp/corpus-venv}
mkdir -p "$venvs"
for name in ${@:-tools new old tf}; do
  python3.11 -m venv "$venvs/$name"
  nice -n 15 "$venvs/$name/bin/pip" install --no-deps -r "$here/requirements/$name.txt"
done
