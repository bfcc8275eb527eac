package dev.udpprobe;

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
		SpringApplication.run(UdpProbeApplication.class, args);
	}

}
