package dev.udpprobe.network;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.udpprobe.server.Transport;
import dev.udpprobe.testing.Java;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies for which a link is too narrow, many at once. The native transport gives the
 * kernel replies of one length together, which it would not take apart for such a path.
 */
@WithLab
@ParameterizedClass(name = "{0}")
@EnumSource(value = Transport.class, names = {"NATIVE", "PORTABLE"})
class EchoSizeTests {

	private static final int NARROW = 1400;

	/** Longer than the server's own link takes; than the narrow one; and short. */
	private static final List<Integer> LENGTHS = List.of(2_000, 1_420, 100);

	private static final int AT_ONCE = 30;

	/** The first ones are lost that are too big for a link behind the server's own. */
	private static final int TIMES = 20;

	private final Transport transport;

	private final Lab lab;

	EchoSizeTests(Transport transport, Lab lab) {
		this.transport = transport;
		this.lab = lab;
	}

	@Test
	void theyArriveInFragments() throws Exception {
		this.lab.narrow(NARROW);
		this.lab.echo(this.transport);
		List<String> questions = new ArrayList<>(
				List.of(String.valueOf(Lab.OWN), String.valueOf(AT_ONCE), String.valueOf(TIMES)));
		List<String> answers = new ArrayList<>();
		for (Family family : Family.values()) {
			for (int length : LENGTHS) {
				questions.addAll(List.of(family.address(Place.S), String.valueOf(length)));
				answers.add("%s, %d bytes: %3$d of %3$d".formatted(family.address(Place.S), length, AT_ONCE));
			}
		}
		assertThat(this.lab.node(Node.C)
				.run(Java.command(List.of(), Asker.class, questions.toArray(String[]::new)))
				.lines()).containsSubsequence(answers);
	}

}
