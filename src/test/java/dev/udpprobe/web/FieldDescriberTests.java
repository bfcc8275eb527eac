package dev.udpprobe.web;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

class FieldDescriberTests {

	@Takes(Field.Request.MTU)
	void handler() {}

	@Test
	void bothVersionsOfOpenApiHaveTheTypesOfFields() throws Exception {
		Components components = new Components();
		new FieldDescriber().customize(new Operation(), components,
				new HandlerMethod(this, getClass().getDeclaredMethod("handler")));
		for (ObjectMapper version : List.of(Json.mapper(), Json31.mapper())) {
			JsonNode schemas = version.valueToTree(components.getSchemas());
			assertThat(schemas.at("/MtuRequest/properties/tries/type").asText()).isEqualTo("integer");
		}
	}

}
