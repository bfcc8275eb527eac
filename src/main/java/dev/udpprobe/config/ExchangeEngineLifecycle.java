package dev.udpprobe.config;

import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

import dev.udpprobe.exchange.ExchangeEngine;

/**
 * Stops the client between the HTTP server, which has let its requests finish by then, and
 * the echo server, which answers until the last exchange is over.
 */
final class ExchangeEngineLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	/** Above the echo server's inbound adapter, far below the web server's. */
	static final int PHASE = Integer.MAX_VALUE / 2 + 1_000;

	private final ExchangeEngine engine;

	private volatile boolean running;

	ExchangeEngineLifecycle(ExchangeEngine engine) {
		this.engine = engine;
	}

	@Override
	public void start() {
		this.engine.resume();
		this.running = true;
	}

	@Override
	public void stop() {
		this.engine.drain();
		this.running = false;
	}

	/**
	 * Comes before the HTTP server waits for its requests, of which traces are some.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.engine.stopFlows();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
