#!/usr/bin/env bash
# As peers.sh, where the JVM does not end the process that is out of memory. See ../README.md.
#
#   zombie.sh [SERVER OPTIONS]...
ATTACK=zombie JAVA_OPTIONS="-XX:-ExitOnOutOfMemoryError ${JAVA_OPTIONS-}" exec "$(dirname "$0")/peers.sh" "$@"
