#!/usr/bin/env bash
# What many exchanges in flight at once take, and how late they time out. See README.md.
. "$(dirname "$0")/lib.sh"

exchanges=${EXCHANGES:-15000}

build_java
ulimit -n "$((exchanges + 1000))" 2>/dev/null || true
# All of the heap is touched at the start, so that no collection waits for memory of the system.
"$here/target/java" -XX:+UseSerialGC -Xms96m -Xmx96m -XX:+AlwaysPreTouch dev.udpprobe.benchmarks.InFlight "$exchanges"
