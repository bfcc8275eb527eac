package dev.udpprobe.web;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
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
			for (Field.Request request : takes.value()) {
				String name = request.schema();
				if (name == null) {
					request.fields().forEach((field) -> operation.addParametersItem(parameter(request, field)));
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
		content.addMediaType(APPLICATION_JSON_VALUE, new MediaType().schema(reference(name)).example(example(request)));
		content.addMediaType(APPLICATION_FORM_URLENCODED_VALUE, new MediaType().schema(reference(name)));
		RequestBody body = Objects.requireNonNullElseGet(operation.getRequestBody(), RequestBody::new);
		if (body.getContent() != null) {
			content.putAll(body.getContent());
		}
		operation.setRequestBody(body.content(content));
	}

	private static Schema<?> reference(String name) {
		return new Schema<>(SpecVersion.V31).$ref(Components.COMPONENTS_SCHEMAS_REF + name);
	}

	private static Map<String, String> example(Field.Request request) {
		Map<String, String> example = new LinkedHashMap<>();
		request.fields().forEach((field) -> {
			if (field.example() != null) {
				example.put(field.label(), field.example());
			}
		});
		return example;
	}

	private static Parameter parameter(Field.Request request, Field field) {
		return new QueryParameter().name(field.label())
				.description(field.description())
				.example(field.example())
				.schema(schema(request, field));
	}

	private static Schema<?> body(Field.Request request) {
		Schema<?> body = ofType("object");
		request.fields().forEach((field) -> {
			Schema<?> property = schema(request, field).description(field.description());
			// Null would be an example too.
			if (field.example() != null) {
				property.setExample(field.example());
			}
			body.addProperty(field.label(), property);
		});
		return body;
	}

	/**
	 * As OpenAPI 3.1 and 3.0 have it: {@code springdoc.api-docs.version} says which is written.
	 */
	private static Schema<Object> ofType(String type) {
		Schema<Object> schema = new Schema<>(SpecVersion.V31);
		schema.types(Set.of(type));
		schema.type(type);
		return schema;
	}

	private static Schema<?> schema(Field.Request request, Field field) {
		Field.Values takes = field.takes();
		Schema<Object> schema = ofType(takes.type().label());
		String defaultValue = field.use(request).defaultValue();
		switch (takes.type()) {
			case INTEGER -> schema.format("int32")
					.minimum(BigDecimal.valueOf(takes.minimum()))
					.maximum(BigDecimal.valueOf(takes.maximum()));
			case STRING -> takes.allowed().forEach(schema::addEnumItemObject);
			case BOOLEAN -> {
			}
		}
		// Null would be a default too.
		if (defaultValue != null) {
			schema.setDefault(
					(takes.type() == Field.Type.INTEGER) ? (Object) Integer.valueOf(defaultValue) : defaultValue);
		}
		return schema;
	}

}
