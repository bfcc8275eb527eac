#!/usr/bin/env bash
# Each attack on a service of its own, and the table of all. See ../README.md.
#
#   all.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

export BUILT=yes HEADER=no
HEADER=yes header
for attack in bodies json peers zombie headers connections refused responder bind exclusive; do
	"$here/attacks/$attack.sh" "$@"
done
