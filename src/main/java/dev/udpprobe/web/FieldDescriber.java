package dev.udpprobe.web;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

import static org.springframework.http.MediaType.APPLICATION_FORM_URLENCODED_VALUE;
import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

/**
 * Tells the fields that a handler {@link Takes} in the OpenAPI description.
 */
@Component
class FieldDescriber implements GlobalOperationComponentsCustomizer {

	@Override
	public Operation customize(Operation operation, HandlerMethod handler) {
		return operation;
	}

	@Override
	public Operation customize(Operation operation, Components components, HandlerMethod handler) {
		Takes takes = handler.getMethodAnnotation(Takes.class);
		if (takes != null) {
			boolean besideBody = Stream.of(takes.value()).anyMatch((request) -> request.schema() != null);
			for (Field.Request request : takes.value()) {
				String name = request.schema();
				if (name == null) {
					request.fields()
							.map((field) -> besideBody ? optional(field) : parameter(request, field))
							.forEach(operation::addParametersItem);
				}
				else {
					components.addSchemas(name, body(request));
					describe(operation, request, name);
				}
			}
		}
		return operation;
	}

	private static void describe(Operation operation, Field.Request request, String name) {
		Content content = new Content();
		content.addMediaType(APPLICATION_JSON_VALUE,
				new MediaType().schema(Schemas.reference(name)).example(example(request)));
		content.addMediaType(APPLICATION_FORM_URLENCODED_VALUE, new MediaType().schema(form(request, name)));
		RequestBody body = Objects.requireNonNullElseGet(operation.getRequestBody(), RequestBody::new);
		if (body.getContent() != null) {
			content.putAll(body.getContent());
		}
		operation.setRequestBody(body.content(content));
	}

	private static Map<String, String> example(Field.Request request) {
		Map<String, String> example = new LinkedHashMap<>();
		request.fields().forEach((field) -> {
			// A path is looked at best with datagrams that differ.
			if (field.example() != null && (field != Field.MESSAGE || request == Field.Request.SEND)) {
				example.put(field.label(), field.example());
			}
		});
		return example;
	}

	private static Parameter parameter(Field.Request request, Field field) {
		String own = field.use(request).example();
		return new QueryParameter().name(field.label())
				.description(field.description())
				.example((own != null) ? own : field.example())
				.schema(schema(request, field));
	}

	/**
	 * Not every body takes it in the query, so nothing fills it in unasked: it has neither default nor example.
	 */
	private static Parameter optional(Field field) {
		String example = (field.example() != null && field.takes().allowed().isEmpty())
				? ", for example " + field.example()
				: "";
		return new QueryParameter().name(field.label())
				.description(field.description() + example)
				.schema(values(field));
	}

	private static Schema<?> body(Field.Request request) {
		Schema<?> body = Schemas.ofType("object");
		request.fields().forEach((field) -> body.addProperty(field.label(), property(request, field)));
		return body;
	}

	/**
	 * The same as in JSON. A page fills in every property of a form that is told here, so here are those alone that have a value to
	 * begin with; the reference has all.
	 */
	private static Schema<?> form(Field.Request request, String name) {
		Schema<?> form = Schemas.ofType("object").addAnyOfItem(Schemas.reference(name));
		request.fields()
				.filter((field) -> field.example() != null || field.use(request).defaultValue() != null)
				.forEach((field) -> form.addProperty(field.label(), property(request, field)));
		return form;
	}

	private static Schema<?> property(Field.Request request, Field field) {
		Schema<?> property = schema(request, field).description(field.description());
		// Null would be an example too.
		if (field.example() != null) {
			property.setExample(field.example());
		}
		return property;
	}

	private static Schema<?> schema(Field.Request request, Field field) {
		Schema<Object> schema = values(field);
		String defaultValue = field.use(request).defaultValue();
		// Null would be a default too.
		if (defaultValue != null) {
			schema.setDefault(switch (field.takes().type()) {
				case INTEGER -> (Object) Integer.valueOf(defaultValue);
				case BOOLEAN -> Boolean.valueOf(defaultValue);
				case STRING, STRINGS -> defaultValue;
			});
		}
		return schema;
	}

	private static Schema<Object> values(Field field) {
		FieldValues takes = field.takes();
		Schema<Object> schema = Schemas.ofType(takes.type().label());
		switch (takes.type()) {
			case INTEGER -> schema.format("int32")
					.minimum(BigDecimal.valueOf(takes.minimum()))
					.maximum(BigDecimal.valueOf(takes.maximum()));
			case STRING -> takes.allowed().forEach(schema::addEnumItemObject);
			case STRINGS -> schema.items(Schemas.ofType("string"));
			case BOOLEAN -> {
			}
		}
		return schema;
	}

}
