package dev.udpprobe.config;

import java.util.List;

/**
 * What is known of a file of targets.
 *
 * @param groups as it was when it was right
 * @param problem why it could not be read since, in a sentence; empty if it could
 * @param crowded whether that is for want of room, which there may be when others change
 */
record KnownFile(List<TargetFile.Group> groups, String problem, boolean crowded) {

	static final KnownFile NONE = new KnownFile(List.of(), "", false);

	KnownFile fails(String sentence, boolean crowded) {
		return new KnownFile(this.groups, sentence, crowded);
	}

	int targets() {
		return this.groups.stream().mapToInt((group) -> group.targets().size()).sum();
	}

}
