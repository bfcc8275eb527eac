package dev.udpprobe.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.udpprobe.testing.Java;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM that may not call the system's functions.
 */
class NativeTransportTests {

	@Test
	void stopsTheStartWhereItIsAskedForAndNotToBeHad() throws IOException, InterruptedException {
		String[] command = Java.service(List.of(), "--server.port=0",
				"--udp-probe.echo.port=0", "--udp-probe.echo.transport=native");
		Process service = Processes.start(new ProcessBuilder(command).redirectErrorStream(true));
		try (BufferedReader output = service.inputReader()) {
			assertThat(String.join("\n", output.lines().toList()))
					.contains("APPLICATION FAILED TO START", "udp-probe.echo.transport is 'native'")
					.containsAnyOf("--enable-native-access", "it takes Linux", "it takes an x86-64")
					.doesNotContain("listens on UDP port", "\tat ");
			assertThat(service.waitFor()).isNotZero();
		}
		finally {
			service.destroyForcibly();
		}
	}

}
