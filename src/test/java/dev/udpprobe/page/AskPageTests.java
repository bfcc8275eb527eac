package dev.udpprobe.page;

import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Processes;
import dev.udpprobe.web.UdpPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What people ask, and what they see of the answer.
 */
class AskPageTests extends BrowserPageTests {

	private static final UdpPeer CLOSED = UdpPeer.refusing();

	private static final String ENTER = "\uE007";

	@Test
	void oneFieldAndEnterShowWhatTheKernelKnowsAndAnOrdinaryProgramDoesNot() throws Exception {
		page().open("");
		page().awaitText(".liveness.on", "live");
		browser().click(".askbar input");
		browser().type(CLOSED.address() + ENTER);
		page().awaitText(".answers .card:nth-child(1)", "by a connected socket", "refused", " ms",
				"nobody listens on that port");
		page().awaitText(".answers .card:nth-child(2)", "An unconnected socket", "timed out", "not told");
		assertThat(page().paths()).containsExactly(
				"The path: program, kernel 127.0.0.1, target 127.0.0.1; refused at target 127.0.0.1; "
						+ "ICMP port unreachable came back to the program.",
				"The path: program, kernel 127.0.0.1, target 127.0.0.1; refused at target 127.0.0.1; "
						+ "ICMP port unreachable came back to the kernel, and the program is not told.");
		page().awaitText(".datagrams", "sent", "5 bytes", "68 65 6c 6c 6f", "hello");
	}

	@Test
	void whatIsShownTheTerminalSaysAsWell() throws Exception {
		ExternalTool.find("curl");
		page().ask("target=%s&message=it's me&plain=no".formatted(CLOSED.address()));
		page().awaitText(".answers", "refused");
		String command = page().text(".curl code");
		assertThat(command).startsWith("curl -H 'Accept: text/plain' -d target=").endsWith("/send");
		Process shell = Processes.start(new ProcessBuilder("sh", "-c", command.replace("curl ", "curl -s ")));
		assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("refused by 127.0.0.1 in ");
		assertThat(page().texts(".answers .card")).as("without the unconnected socket").hasSize(2);
	}

	/** Pasted, they would be keys that somebody pressed. */
	@Test
	void aCommandHasNoControlCharacters() throws Exception {
		page().open("#/ask?target=echo&message=%03%0A'touch%20x%0A");
		page().awaitText(".curl code", "-d 'message=%03%0A'\\''touch%20x%0A'");
		page().awaitText("form", "Message, with characters that are not seen: look at the command below");
		page().open("#/ask?target=echo&message=a%E2%80%AEb");
		page().awaitText(".curl code", "-d message=a%E2%80%AEb");
		page().open("#/ask?how=trace");
		page().awaitText(".curl code", " -d '' ");
	}

	@Test
	void aModuleIsAskedWithItsSettings() throws Exception {
		page().open("#/ask");
		page().awaitText("select", "dns");
		browser().run("""
				const select = document.querySelector('select')
				select.value = 'echo'
				select.dispatchEvent(new Event('change', {bubbles: true}))""");
		page().awaitText("form", "Asks an echo server", "size");
		browser().click("input[name='module.size']");
		browser().type("20" + ENTER);
		page().awaitText(".answers", "replied", "reply");
		assertThat(page().text(".curl code")).contains("-d module=echo", "-d module.size=20");
		browser().click("input[name='target']");
		browser().type("nobody.invalid" + ENTER);
		page().awaitText(".problem", "bad request", "target");
	}

	/** That of a moment ago may be another. */
	@Test
	void aTargetIsAskedByTheModuleThatItHasNow() throws Exception {
		try (UdpPeer peer = UdpPeer.on((self, packet, _) -> self.echo(packet))) {
			String group = "- targets: [\"%s\"]\n  labels: {__name: own, __module: echo}\n".formatted(peer.address());
			monitor(group);
			page().ask("target=own&module.size=60");
			page().awaitText(".answers", "replied", "60 bytes");
			page().awaitText("form", "echo, as configured", "size");
			assertThat(page().text(".curl code")).contains("-d target=own -d module.size=60 ");
			monitor(group.replace("echo", "any"));
			browser().click(Page.ASK);
			page().awaitText("form", "any, as configured");
			page().awaitText(".problem", "the module any takes text");
			assertThat(page().text(".curl code")).doesNotContain("module.size");
			browser().click("input[name=message]");
			browser().type("hello" + ENTER);
			page().awaitText(".answers", "replied", "5 bytes");
		}
	}

	@Test
	void aLinkSendsNothingByItself() throws Exception {
		try (UdpPeer peer = UdpPeer.silent()) {
			page().open("#/ask?message=unasked&target=" + peer.address());
			page().awaitText(".curl code", peer.address());
			page().awaitText(".liveness.on", "live");
			assertThat(browser().run("return document.querySelector('input[name=target]').value").asString())
					.isEqualTo(peer.address());
			this.http.form("message=asked&timeout=1ms&target=" + peer.address());
			DatagramPacket first = peer.receive();
			assertThat(new String(first.getData(), 0, first.getLength(), StandardCharsets.UTF_8)).isEqualTo("asked");
		}
	}

	@Test
	void aPingMarksWhatIsLostAndWhatComesTwice() throws Exception {
		try (UdpPeer peer = UdpPeer.on((self, packet, number) -> {
			for (int i = 0; i < number % 4; i++) {
				self.echo(packet);
			}
		})) {
			page().ask("how=ping&count=12&interval=20ms&target=" + peer.address());
			page().awaitText(".figures", "received\n9 of 12", "lost\n3 (25 %)", "duplicates\n9");
			assertThat(browser().run("return document.querySelector('.chart').ariaLabel").asString())
					.startsWith("Round trips by number: 9 values from ")
					.contains("; 3 timed out", "; 6 duplicate");
			assertThat(page().text(".curl code")).endsWith("/ping");
		}
	}

	@Test
	void aPingIsStopped() throws Exception {
		page().ask("how=ping&count=1000&interval=100ms");
		page().awaitText(".figures", "received");
		browser().click("form button[type=button]");
		await().untilAsserted(() -> assertThat(page().texts("form button[type=button]")).isEmpty());
	}

	@Test
	void aTraceAndAnMtuAreShown() throws Exception {
		page().ask("how=trace");
		page().awaitText(".hops", "127.0.0.1", "replied");
		page().awaitText(".picture", "reply");
		assertThat(page().paths()).singleElement().asString().endsWith("; reply came back to the program.");
		browser().click("input[value=mtu]");
		browser().click(Page.ASK);
		page().awaitText(".card", "Path MTU to echo", "The path takes packets of 65,531 bytes",
				"UDP payload: up to 65,503 bytes");
		await().untilAsserted(
				() -> assertThat(browser().run("return location.hash").asString()).isEqualTo("#/ask?how=mtu"));
	}

}
