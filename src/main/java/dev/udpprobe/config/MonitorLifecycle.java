package dev.udpprobe.config;

import org.springframework.context.SmartLifecycle;

import dev.udpprobe.monitor.Monitor;

/**
 * Has rounds begin when the client works, and ends them before it does.
 */
final class MonitorLifecycle implements SmartLifecycle {

	private final Monitor monitor;

	private volatile boolean running;

	MonitorLifecycle(Monitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void start() {
		this.monitor.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.monitor.stop();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ExchangeEngineLifecycle.PHASE + 1;
	}

}
