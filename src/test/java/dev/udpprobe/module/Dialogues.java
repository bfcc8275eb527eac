package dev.udpprobe.module;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.udpprobe.exchange.Dialogue.Step;
import dev.udpprobe.outcome.RoundTrip;
import dev.udpprobe.outcome.Outcome;

/**
 * What tests of dialogues have in common.
 */
final class Dialogues {

	static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

	private Dialogues() {}

	static ModuleDialogue begun(ProbeModule module, Map<String, String> configured) {
		ModuleDialogue dialogue = module.request(configured, Map.of(), null)
				.dialogue("test:7", Duration.ofSeconds(1), UnaryOperator.identity());
		var _ = dialogue.first(LOCAL);
		return dialogue;
	}

	static Step received(ModuleDialogue dialogue, String hex) {
		return dialogue.received(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
	}

	static Outcome replied() {
		return new Outcome.Replied(new byte[0], RoundTrip.jvm(1));
	}

	/**
	 * @return what is made of one answer
	 */
	static Judgement judged(ProbeModule module, String hex) {
		ModuleDialogue dialogue = begun(module, Map.of());
		var _ = received(dialogue, hex);
		return dialogue.judge(replied(), true);
	}

}
