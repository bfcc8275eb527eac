package dev.udpprobe.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says of a wrong value which key has it and what that key takes, in the words of the
 * configuration's own documentation.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final String PREFIX = "udp-probe";

	private static final String OURS = "dev.udpprobe.";

	private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

	/** What is at or below them may be one. */
	private static final Pattern SECRETS = Pattern.compile("\\.(with|settings)(\\.|$)");

	private static final String ACTION = "Correct the configuration. Every key, its default and what it takes stand in docs/configuration.md.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!cause.getName().toString().startsWith(PREFIX)) {
			return null;
		}
		return new FailureAnalysis(describe(cause), ACTION, cause);
	}

	/**
	 * @return what is wrong and where, in a sentence or more
	 */
	static String describe(BindException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnboundConfigurationPropertiesException unbound) {
				// Without their values: it may be a misspelt name that a secret was given to.
				return "There is no such configuration key: " + unbound.getUnboundProperties()
						.stream()
						.map((property) -> property.getName() + origin(property))
						.collect(Collectors.joining(", ")) + "."
						+ (unbound.getUnboundProperties().stream().anyMatch((each) -> isOfModule(each.getName()))
								? " docs/modules.md has the keys of a module; a text that begins with { takes quotes."
								: "");
			}
		}
		ConfigurationProperty property = failure.getProperty();
		if (property != null) {
			return wrongValue(property, failure);
		}
		String reason = reason(failure);
		return reason.startsWith(PREFIX) ? reason : failure.getName() + " is not taken: " + reason;
	}

	private static String wrongValue(ConfigurationProperty property, BindException failure) {
		ConfigurationPropertyName name = property.getName();
		// A key is never shown, even if it cannot be read; nor is a value that was given below its name.
		boolean secret = name.toString().contains("key") || SECRETS.matcher(name.toString()).find();
		return name + (secret ? "" : "=" + property.getValue()) + origin(property) + " is not taken"
				+ (secret ? "" : reasonOfConversion(failure)) + "."
				+ documentation((name.isLastElementIndexed() ? name.getParent() : name).toString())
						.map((text) -> " " + text)
						.orElse(isOfModule(name)
								? " docs/modules.md says what each key of a module takes."
								: "");
	}

	private static boolean isOfModule(ConfigurationPropertyName name) {
		return name.toString().contains("modules.");
	}

	/**
	 * @return the part of the value that cannot be converted, and why not, where the type to
	 * convert it to is one of ours, which say so in words for people
	 */
	private static String reasonOfConversion(BindException failure) {
		String reason = "";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion && conversion.getCause() != null
					&& isOurs(conversion.getTargetType().getType())) {
				reason = " because of '%s': %s".formatted(conversion.getValue(), conversion.getCause().getMessage());
			}
		}
		return reason;
	}

	private static boolean isOurs(Class<?> type) {
		return type.getName().startsWith(OURS) && !type.isEnum();
	}

	/**
	 * @return where it stands, in brackets; empty if that is not known
	 */
	static String origin(ConfigurationProperty property) {
		return (property.getOrigin() != null) ? " (from " + property.getOrigin() + ")" : "";
	}

	/**
	 * @return the sentence of the check that failed, which names the key, or at least what
	 * was at the bottom
	 */
	private static String reason(BindException failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && !String.valueOf(cause.getMessage()).startsWith(PREFIX)) {
			cause = cause.getCause();
		}
		return (cause instanceof ConverterNotFoundException) ? "it takes keys below it." : cause.getMessage() + ".";
	}

	/**
	 * Finds a key in the metadata that the build makes from the Javadoc of the properties.
	 */
	private static Optional<String> documentation(String key) {
		try (InputStream metadata = ConfigurationFailureAnalyzer.class.getResourceAsStream(METADATA)) {
			if (metadata == null) {
				return Optional.empty();
			}
			JsonNode properties = JsonMapper.shared().readTree(metadata).path("properties");
			return properties.valueStream()
					.filter((property) -> property.path("name").asString("").equals(key))
					.map((property) -> property.path("description").asString(""))
					.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
