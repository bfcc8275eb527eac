package dev.udpprobe;

import java.security.Security;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Entry point of the service.
 */
@SpringBootApplication(proxyBeanMethods = false, exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class UdpProbeApplication {

	public static void main(String[] args) {
		OutOfMemory.endsTheProcess();
		// The client keeps the addresses of names, for as long as is configured. The JDK reads these properties once,
		// when it first resolves a name.
		Security.setProperty("networkaddress.cache.ttl", "0");
		Security.setProperty("networkaddress.cache.negative.ttl", "0");
		new WithoutDefaultProfile().run(args);
	}

	/**
	 * Says nothing of profiles where none is active.
	 */
	private static final class WithoutDefaultProfile extends SpringApplication {

		private WithoutDefaultProfile() {
			super(UdpProbeApplication.class);
		}

		@Override
		protected void logStartupProfileInfo(ConfigurableApplicationContext context) {
			if (context.getEnvironment().getActiveProfiles().length > 0) {
				super.logStartupProfileInfo(context);
			}
		}

	}

}
