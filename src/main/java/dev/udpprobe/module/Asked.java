package dev.udpprobe.module;

import org.jspecify.annotations.Nullable;

/**
 * What a module has asked once, and what answers it. Safe for any number of threads.
 */
public final class Asked {

	private final Said said;

	private final Verdicts verdicts;

	Asked(Said said, Verdicts verdicts) {
		this.said = said;
		this.verdicts = verdicts;
	}

	/**
	 * @return not to be changed
	 */
	public byte[] datagram() {
		return this.said.datagram();
	}

	/**
	 * @param datagram what came back; not to be changed
	 * @return what is made of it, or null if it is no answer to this
	 */
	public @Nullable Judgement answer(byte[] datagram) {
		return this.verdicts.judge(this.said, datagram);
	}

}
