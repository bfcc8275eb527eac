#!/usr/bin/env bash
# What connect() saves per send. See README.md.
. "$(dirname "$0")/lib.sh"

build_java
"$here/target/java" --sun-misc-unsafe-memory-access=allow org.openjdk.jmh.Main dev.udpprobe.benchmarks.ConnectedSend -prof gc
