package dev.udpprobe.module;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.udpprobe.config.LibraryModules;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.testing.InTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Protocols that the library lacks, in a few lines of a file, against servers of the test's own.
 */
@Execution(ExecutionMode.CONCURRENT)
class OwnModulesTests {

	private static final String MODULES = """
			modules:
			  quake3:
			    about: Asks a server of Quake 3 for its name
			    port: 27960
			    send: "FFFFFFFF 'getinfo ' {challenge:letters 12}"
			    answer: |
			      FFFFFFFF 'infoResponse\\n' ... /\\\\hostname\\\\(?P<name>[^\\\\]*)/ ... & ... '\\\\challenge\\\\' {challenge} /\\\\|$/ ...
			    says: "{name}"
			  source:
			    about: Asks a server of the Source engine for its name, map and players
			    port: 27015
			    send: FFFFFFFF 54 'Source Engine Query' 00
			    follow-up:
			      when: FFFFFFFF 41 {challenge:bytes 4}
			      send: FFFFFFFF 54 'Source Engine Query' 00 {challenge}
			    answer: |
			      FFFFFFFF 49 {:u8} {name:cstring} {map:cstring} {:cstring} {:cstring} {:u16le} {players:u8} {most:u8} ...
			    pass: players is 0..63 else '{name} is full'
			    says: "{name} on {map}, {players} of {most} players"
			""";

	private static final String QUERY = "ffffffff54" + hex("Source Engine Query\0");

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(400);

	private final Asking asking;

	OwnModulesTests(@TempDir Path directory) throws IOException {
		this.asking = new Asking(LibraryModules.with(Files.writeString(directory.resolve("games.yaml"), MODULES)));
	}

	@AfterEach
	void close() {
		this.asking.close();
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private SendResult ask(String module, Duration timeout, Peer.Behaviour server) throws IOException {
		try (Peer peer = new Peer(server)) {
			return this.asking.send(module, peer.port(), timeout, Map.of()).join();
		}
	}

	/** ioquake3's SVC_Info: keys and values with a backslash before each. */
	private static byte[] info(byte[] request) {
		String text = new String(request, StandardCharsets.ISO_8859_1);
		assertThat(text).startsWith("\u00FF\u00FF\u00FF\u00FFgetinfo ");
		return bytes("\u00FF\u00FF\u00FF\u00FFinfoResponse\n\\challenge\\%s\\protocol\\68\\hostname\\Arena\\clients\\3"
				.formatted(text.substring("....getinfo ".length())));
	}

	@Test
	void quakeTellsItsName() throws IOException {
		SendResult result = ask("quake3", LONG, (answers, request) -> answers.send(info(request)));
		assertThat(Asking.told(result)).isEqualTo("REPLIED pass: Arena");
	}

	@Test
	void quakeAnswersThisRequest() throws Exception {
		byte[] another = info(bytes("\u00FF\u00FF\u00FF\u00FFgetinfo abcdefghijkl"));
		SendResult result = InTime.of(1, SHORT, (time) -> ask("quake3", SHORT, (answers, request) -> {
			answers.send(another);
			answers.send(request);
			byte[] answer = info(request);
			answers.send(
					bytes(new String(answer, StandardCharsets.ISO_8859_1).replace("\\protocol", "more\\protocol")));
			time.answered();
		}));
		assertThat(Asking.told(result)).isEqualTo("MISMATCHED fail: ");
		assertThat(result.exchange().strays()).isEqualTo(3);
	}

	/** Valve's A2S_INFO: whoever asks without the number that goes with its address is told that number. */
	private static Peer.Behaviour source(String challenge, int players) {
		return (answers, request) -> answers.send(HexFormat.of().formatHex(request).equals(QUERY + challenge)
				? HexFormat.of().parseHex(
						"ffffffff4911" + hex("Two Forts\0ctf\0tf\0Team\0") + "b801%02x2000".formatted(players))
				: HexFormat.of().parseHex("ffffffff41" + challenge));
	}

	@Test
	void sourceIsAskedAgainWithItsChallenge() throws IOException {
		SendResult result = ask("source", LONG, source("0badcafe", 12));
		assertThat(Asking.told(result)).isEqualTo("REPLIED pass: Two Forts on ctf, 12 of 32 players");
		assertThat(result.exchange().datagramsSent()).isEqualTo(2);
	}

	@Test
	void sourceMayAnswerAtOnce() throws IOException {
		SendResult result = ask("source", LONG, source("", 1));
		assertThat(Asking.told(result)).isEqualTo("REPLIED pass: Two Forts on ctf, 1 of 32 players");
		assertThat(result.exchange().datagramsSent()).isOne();
	}

	@Test
	void sourceMayBeFull() throws IOException {
		assertThat(Asking.told(ask("source", LONG, source("00000000", 64))))
				.isEqualTo("REPLIED fail (Two Forts is full): Two Forts on ctf, 64 of 32 players");
	}

	/** A server that always wants another number is asked four times in all. */
	@Test
	void sourceIsNotAskedForEver() throws Exception {
		SendResult result = InTime.of(4, SHORT, (time) -> ask("source", SHORT, (answers, _) -> {
			answers.send(HexFormat.of().parseHex("ffffffff4101020304"));
			time.answered();
		}));
		assertThat(Asking.told(result)).isEqualTo("MISMATCHED fail: ");
		assertThat(result.exchange().datagramsSent()).isEqualTo(4);
	}

}
