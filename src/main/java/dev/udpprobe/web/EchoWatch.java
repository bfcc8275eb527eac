package dev.udpprobe.web;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.udpprobe.echo.EchoHistory;

/**
 * Tells of the echo server: what it counts now, and what it has counted over the last hour.
 */
final class EchoWatch implements Watch {

	private final EchoHistory history;

	private boolean told;

	EchoWatch(EchoHistory history) {
		this.history = history;
	}

	/**
	 * The echo server as JSON.
	 *
	 * @param port null where there is no echo server
	 * @param samples what was kept of the last hour; told once
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	private record EchoView(boolean listening, @Nullable Integer port, EchoHistory.Sample now,
			List<EchoHistory.Sample> samples) {}

	@Override
	public void look(Events events) throws IOException {
		List<EchoHistory.Sample> samples = this.told ? List.of() : this.history.kept();
		this.told = true;
		events.write(Watch.ECHO,
				new EchoView(this.history.isListening(), this.history.port(), this.history.now(), samples));
	}

}
