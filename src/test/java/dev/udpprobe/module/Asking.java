package dev.udpprobe.module;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.Resolver;
import dev.udpprobe.destination.TargetPolicy;
import dev.udpprobe.destination.TargetRule;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.exchange.DestinationRates;
import dev.udpprobe.exchange.ExchangeEngine;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.linux.KernelDetail;
import dev.udpprobe.probe.Addressing;
import dev.udpprobe.probe.ExchangeListener;
import dev.udpprobe.probe.Questions;
import dev.udpprobe.probe.Questions.Question;
import dev.udpprobe.probe.SendResult;
import dev.udpprobe.probe.Sender;

/**
 * Asks servers of this host as the service does, without HTTP.
 */
final class Asking implements AutoCloseable {

	private static final Duration MOST = Duration.ofSeconds(30);

	private final ExchangeEngine engine = new ExchangeEngine(1_000, 1, KernelDetail.find(), DestinationRates.NONE);

	private final Resolver resolver = new Resolver(Set.of(), Duration.ZERO, Duration.ZERO);

	private final Sender sender;

	Asking(Modules modules) {
		TargetPolicy policy = new TargetPolicy(List.of(TargetRule.of("127.0.0.0/8")), (_) -> false);
		this.sender = new Sender(new Questions(modules),
				new Addressing(new Targets(List.of(), null, policy, this.resolver), Duration.ofSeconds(1), MOST),
				this.engine, new ExchangeListener() {
				});
	}

	/**
	 * @param timeout null for the module's
	 * @param settings values by name; {@code message} is the message
	 */
	CompletableFuture<SendResult> send(String module, int port, @Nullable Duration timeout,
			Map<String, String> settings) {
		String message = settings.get(ModuleSpec.MESSAGE);
		Map<String, String> others = new HashMap<>(settings);
		others.remove(ModuleSpec.MESSAGE);
		return this.sender.send(new Sender.Request(
				new Question((message != null) ? Layouts.utf8(message) : null, module, others),
				"127.0.0.1:" + port, timeout, ExchangeOptions.CONNECTED));
	}

	/**
	 * @return what came of it, as {@link #told} has it
	 */
	String ask(String module, int port, @Nullable Duration timeout, Map<String, String> settings) {
		return told(send(module, port, timeout, settings).join());
	}

	/**
	 * @return the outcome and the verdict, the reason if it is not good, and the sentence
	 */
	static String told(SendResult result) {
		Judgement judgement = judgement(result);
		String reason = (judgement.reason() != null) ? " (" + judgement.reason() + ")" : "";
		return "%s %s%s: %s".formatted(result.outcome().kind(), judgement.pass() ? "pass" : "fail", reason,
				judgement.sentence());
	}

	/**
	 * @return what the answer says, such as {@code rcode=NOERROR, answers=1}
	 */
	static String fields(SendResult result) {
		return judgement(result).fields().entrySet().stream()
				.map((field) -> field.getKey() + "=" + Sentence.text(field.getValue()))
				.collect(Collectors.joining(", "));
	}

	private static Judgement judgement(SendResult result) {
		SendResult.Judged judged = result.judged();
		if (judged == null) {
			throw new AssertionError("It was not asked by a module.");
		}
		return judged.judgement();
	}

	@Override
	public void close() {
		this.engine.close();
		this.resolver.close();
	}

}
