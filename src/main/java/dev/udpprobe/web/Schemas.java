package dev.udpprobe.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes schemas of the OpenAPI description.
 */
final class Schemas {

	static final Function<Components, Schema<?>> TEXT = (_) -> ofType("string");

	static final Function<Components, Schema<?>> BYTES = (_) -> ofType("string").format("binary");

	static final Function<Components, Schema<?>> PROBLEM = Schemas::problem;

	private static final String PROBLEM_NAME = "Problem";

	private Schemas() {}

	/**
	 * As OpenAPI 3.1 and 3.0 have it: {@code springdoc.api-docs.version} says which is written.
	 */
	static Schema<Object> ofType(String type) {
		Schema<Object> schema = new Schema<>(SpecVersion.V31);
		schema.types(Set.of(type));
		schema.type(type);
		return schema;
	}

	static Schema<?> reference(String name) {
		return new Schema<>(SpecVersion.V31).$ref(Components.COMPONENTS_SCHEMAS_REF + name);
	}

	/**
	 * @param example of what has the schema, which is that of its class
	 */
	static Function<Components, Schema<?>> of(Object example) {
		return (components) -> {
			Schema<?> reference = AnnotationsUtils.resolveSchemaFromType(example.getClass(), components, null, true);
			referred(reference, components).setExample(Answers.tree(example));
			return reference;
		};
	}

	static Function<Components, Schema<?>> arrayOf(Object example) {
		return (components) -> ofType("array").items(of(example).apply(components));
	}

	/**
	 * @param examples one for each kind of line
	 */
	static Function<Components, Schema<?>> oneOf(List<?> examples) {
		return (components) -> {
			Schema<?> schema = new Schema<>(SpecVersion.V31).description("Each line is one of them");
			examples.forEach((example) -> schema.addOneOfItem(of(example).apply(components)));
			return schema;
		};
	}

	private static Schema<?> referred(Schema<?> reference, Components components) {
		String name = reference.get$ref().substring(Components.COMPONENTS_SCHEMAS_REF.length());
		return Objects.requireNonNull(components.getSchemas().get(name));
	}

	/**
	 * A problem has the fields of an exchange, where there was one, beside its own.
	 */
	private static Schema<?> problem(Components components) {
		Schema<?> exchange = referred(of(ExchangeView.of(Samples.replied())).apply(components), components);
		@SuppressWarnings("rawtypes") // As the model has it.
		Map<String, Schema> properties = new LinkedHashMap<>();
		properties.put("outcome", property("string", "What came of it, where datagrams were to be sent", "refused"));
		properties.put("detail", property("string", "What went wrong, in words", null));
		exchange.getProperties().forEach(properties::putIfAbsent);
		properties.put("field", property("string", "The field or parameter whose value is not taken", "timeout"));
		properties.put("type", property("string", "What a program tells problems apart by", "urn:udp-probe:refused"));
		properties.put("title", property("string", "The end of type, or the words of the status", "refused"));
		properties.put("status", property("integer", "That of the answer", 502));
		properties.put("instance", property("string", "The path that was asked for", "/send"));
		Schema<?> problem = ofType("object");
		problem.setDescription("What went wrong (RFC 9457), with the fields of the exchange if there was one");
		problem.setProperties(properties);
		components.addSchemas(PROBLEM_NAME, problem);
		return reference(PROBLEM_NAME);
	}

	private static Schema<?> property(String type, String description, @Nullable Object example) {
		Schema<?> property = ofType(type).description(description);
		if (example != null) {
			property.setExample(example);
		}
		return property;
	}

}
