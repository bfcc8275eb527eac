#!/usr/bin/env bash
# What many exchanges in flight at once take, and how late they time out. See README.md.
. "$(dirname "$0")/lib.sh"

exchanges=${EXCHANGES:-15000}

build_java
ulimit -n "$((exchanges + 1000))" 2>/dev/null || true
"$here/target/java" -XX:+UseSerialGC -Xmx96m dev.udpprobe.benchmarks.InFlight "$exchanges"
