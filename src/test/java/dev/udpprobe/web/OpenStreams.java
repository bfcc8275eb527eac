package dev.udpprobe.web;

import org.springframework.beans.factory.BeanFactory;

/**
 * The streams of events of a running service, as a test of another package sees them.
 */
public final class OpenStreams {

	private final EventStreams streams;

	public OpenStreams(BeanFactory service) {
		this.streams = service.getBean(EventStreams.class);
	}

	public int count() {
		return this.streams.count();
	}

	/**
	 * Ends all of them, and has none begin.
	 */
	public void stop() {
		this.streams.stop();
	}

	public void start() {
		this.streams.start();
	}

}
