package dev.udpprobe;

import java.security.Security;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Entry point of the service.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class UdpProbeApplication {

	public static void main(String[] args) {
		OutOfMemory.endsTheProcess();
		// The client keeps the addresses of names, for as long as is configured. The JDK reads these properties once,
		// when it first resolves a name.
		Security.setProperty("networkaddress.cache.ttl", "0");
		Security.setProperty("networkaddress.cache.negative.ttl", "0");
		SpringApplication.run(UdpProbeApplication.class, args);
	}

}
