#!/usr/bin/env bash
# What one exchange by the engine costs beside the bare channel. See README.md.
. "$(dirname "$0")/lib.sh"

build_c
build_java
start echo "$here/c/build/echo" 0
port_of echo listening
"$here/target/java" dev.udpprobe.benchmarks.OneExchange "$port"
