#!/usr/bin/env bash
# What a million exchanges leave behind: descriptors, memory, threads. See README.md.
. "$(dirname "$0")/lib.sh"

exchanges=${EXCHANGES:-1000000}

build_c
build_java
start echo "$here/c/build/echo" 0
port_of echo listening
echo "memory in KiB, after a collection; bytes: allocated on the heap for one exchange; other: foreign arenas and direct buffers"
for detail in kernel jvm; do
	# All of the heap is touched at the start, so that what grows is not that.
	"$here/target/java" -XX:+UseSerialGC -Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:NativeMemoryTracking=summary \
		dev.udpprobe.benchmarks.Million "$port" "$exchanges" "$detail"
done
