package dev.udpprobe.probe;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import dev.udpprobe.destination.BadRequestException;
import dev.udpprobe.destination.Target;
import dev.udpprobe.exchange.ExchangeOptions;
import dev.udpprobe.exchange.ExchangeOptions.AnswersFrom;
import dev.udpprobe.exchange.ExchangeOptions.SocketKind;
import dev.udpprobe.module.BadSettingException;
import dev.udpprobe.module.ModuleRequest;
import dev.udpprobe.module.ModuleSpec.SocketSpec;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.net.Addresses;
import dev.udpprobe.net.IpVersion;

/**
 * What a request asks a target: by which module, with which settings. Safe for any number of threads.
 */
public final class Questions {

	static final String MESSAGE = "message";

	private final Modules modules;

	public Questions(Modules modules) {
		this.modules = modules;
	}

	/**
	 * What is asked.
	 *
	 * @param message to send; null for what the module says by itself
	 * @param module its name; null for the target's
	 * @param settings values of the module's settings, by name
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Question(byte @Nullable [] message, @Nullable String module, Map<String, String> settings) {}

	/**
	 * @return the port of a target that has none; 0 if the question does not say
	 * @throws BadRequestException if there is no such module
	 */
	int port(Question question) {
		return (question.module() != null) ? find(question.module()).port() : 0;
	}

	/**
	 * @return whether there is a module of that name
	 */
	boolean knows(String name) {
		return this.modules.find(name) != null;
	}

	/**
	 * @return whether the module is still the one of its name
	 */
	boolean isCurrent(ProbeModule module) {
		return this.modules.find(module.name()) == module;
	}

	private ProbeModule find(String name) {
		ProbeModule module = this.modules.find(name);
		if (module == null) {
			throw new UnknownModuleException(name);
		}
		return module;
	}

	/**
	 * @return null if a message is to be sent as it is
	 * @throws BadRequestException if there is no such module, or a setting or the message is not taken
	 */
	@Nullable
	ModuleRequest ask(Question question, Target target) {
		ProbeModule module = module(question, target);
		try {
			return (module != null)
					? module.request(configured(target, module), question.settings(), question.message())
					: null;
		}
		catch (BadSettingException ex) {
			throw bad(ex);
		}
	}

	/**
	 * Looks at all but the message, which is yet to come.
	 * @return the module that it will be sent by; null if it is to be sent as it is
	 * @throws BadRequestException if there is no such module, it takes no message, or a setting is not taken
	 */
	@Nullable
	ProbeModule check(Question question, Target target) {
		ProbeModule module = module(question, target);
		try {
			if (module != null) {
				module.checkForMessages(configured(target, module), question.settings());
			}
			return module;
		}
		catch (BadSettingException ex) {
			throw bad(ex);
		}
	}

	private @Nullable ProbeModule module(Question question, Target target) {
		Target.Asks asks = target.asks();
		if (question.module() != null) {
			return find(question.module());
		}
		if (asks != null) {
			return find(asks.module());
		}
		question.settings().keySet().stream().findFirst().ifPresent((setting) -> {
			throw new BadRequestException(field(setting), "it is a setting of a module, and none is named");
		});
		return null;
	}

	private static Map<String, String> configured(Target target, ProbeModule module) {
		Target.Asks asks = target.asks();
		return (asks != null && asks.module().equals(module.name())) ? asks.with() : Map.of();
	}

	/**
	 * @return the failure; of a value that cannot be sent, as one of the request
	 */
	static Throwable told(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
				? failure.getCause()
				: failure;
		return (cause instanceof BadSettingException ex) ? bad(ex) : cause;
	}

	static BadRequestException bad(BadSettingException failure) {
		return new BadRequestException(field(failure.setting()), String.valueOf(failure.getMessage()));
	}

	private static String field(String setting) {
		return setting.equals(MESSAGE) ? MESSAGE : setting.isEmpty() ? "module" : "module." + setting;
	}

	/**
	 * @return the message to send as it is
	 * @throws BadRequestException if there is none
	 */
	static byte[] message(Question question) {
		byte[] message = question.message();
		if (message == null) {
			throw new BadRequestException(MESSAGE,
					"it is missing; it takes the text to send, which may be empty, or give messageHex, messageBase64 or module");
		}
		return message;
	}

	/**
	 * @return what the request says of its datagrams, and what it leaves to the module
	 */
	static ExchangeOptions options(ExchangeOptions asked, @Nullable ProbeModule module) {
		if (module == null) {
			return asked;
		}
		SocketSpec socket = module.socket();
		AnswersFrom from = Objects.requireNonNullElse(socket.answersFrom(), AnswersFrom.TARGET);
		SocketKind kind = (from != AnswersFrom.TARGET)
				? SocketKind.INFORMED
				: Boolean.FALSE.equals(socket.connected()) ? SocketKind.UNCONNECTED : SocketKind.CONNECTED;
		if (asked.socket() != SocketKind.CONNECTED) {
			kind = asked.socket();
			from = AnswersFrom.TARGET;
		}
		Integer sourcePort = (kind == SocketKind.CONNECTED) ? or(asked.sourcePort(), socket.sourcePort()) : null;
		if (asked.sourcePort() != null && sourcePort == null) {
			throw new BadRequestException("sourcePort",
					"it takes a connected socket, and the module %s takes another".formatted(module.name()));
		}
		return new ExchangeOptions(kind, or(asked.ttl(), socket.ttl()), or(asked.dscp(), socket.dscp()),
				or(asked.dontFragment(), socket.dontFragment()), or(asked.source(), source(socket)), sourcePort, from);
	}

	/**
	 * @return the same of a path, whose datagrams all leave from one connected socket
	 */
	static ExchangeOptions pathOptions(ExchangeOptions asked, @Nullable ProbeModule module) {
		if (module == null) {
			return asked;
		}
		SocketSpec socket = module.socket();
		return new ExchangeOptions(SocketKind.CONNECTED, null, or(asked.dscp(), socket.dscp()), null,
				or(asked.source(), source(socket)), or(asked.sourcePort(), socket.sourcePort()));
	}

	/**
	 * @return the same of a ping, whose sockets are connected
	 * @throws BadRequestException if the module's answers come from elsewhere, or to a second datagram
	 */
	static ExchangeOptions pingOptions(ExchangeOptions asked, @Nullable ProbeModule module) {
		if (module == null) {
			return asked;
		}
		if (module.followsUp()) {
			throw new BadRequestException("module",
					"the module %s may have to send a second datagram before it is answered, and a ping sends the first one alone"
							.formatted(module.name()));
		}
		SocketSpec socket = module.socket();
		if (socket.answersFrom() != null && socket.answersFrom() != AnswersFrom.TARGET) {
			throw new BadRequestException("module",
					"the module %s hears answers from elsewhere, and a ping hears the target's port alone"
							.formatted(module.name()));
		}
		if (Boolean.FALSE.equals(socket.connected())) {
			throw new BadRequestException("module",
					"the module %s sends from unconnected sockets, and a ping from connected ones"
							.formatted(module.name()));
		}
		return new ExchangeOptions(SocketKind.CONNECTED, socket.ttl(), or(asked.dscp(), socket.dscp()),
				socket.dontFragment(), or(asked.source(), source(socket)),
				or(asked.sourcePort(), socket.sourcePort()));
	}

	/**
	 * @return which addresses of a name are taken
	 */
	static IpVersion version(@Nullable ProbeModule module) {
		IpVersion version = (module != null) ? module.socket().ipVersion() : null;
		return (version != null) ? version : IpVersion.ANY;
	}

	private static @Nullable InetAddress source(SocketSpec socket) {
		return (socket.source() != null) ? Addresses.literal(socket.source()).orElseThrow() : null;
	}

	private static <T> @Nullable T or(@Nullable T asked, @Nullable T byModule) {
		return (asked != null) ? asked : byModule;
	}

}
