#!/usr/bin/env bash
# How long the modules of the library take for answers that are made to cost much. See README.md.
. "$(dirname "$0")/lib.sh"

build_java
"$here/target/java" dev.udpprobe.benchmarks.Decoders
