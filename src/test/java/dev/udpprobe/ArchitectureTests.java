package dev.udpprobe;

import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The picture of the architecture: dependencies point down it.
 */
@AnalyzeClasses(packages = "dev.udpprobe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "dev.udpprobe";

	@ArchTest
	static final ArchRule linuxNeedsTheJdkAlone = jdkAnd("linux");

	@ArchTest
	static final ArchRule netNeedsTheJdkAlone = jdkAnd("net");

	@ArchTest
	static final ArchRule destinationNeedsTheJdkAndWhatIsBelowItAlone = jdkAnd("destination", "net", "auth");

	@ArchTest
	static final ArchRule outcomeNeedsTheJdkAndLinuxAlone = jdkAnd("outcome", "linux");

	@ArchTest
	static final ArchRule exchangeNeedsTheJdkAndWhatIsBelowItAlone = jdkAnd("exchange", "outcome", "net", "linux");

	@ArchTest
	static final ArchRule authNeedsTheJdkAlone = jdkAnd("auth");

	@ArchTest
	static final ArchRule echoNeedsTheJdkAndWhatIsBelowItAlone = jdkAnd("echo", "net", "auth");

	@ArchTest
	static final ArchRule probeNeedsTheJdkAndWhatIsBelowItAlone = jdkAnd("probe", "path", "destination",
			"exchange", "outcome", "auth");

	@ArchTest
	static final ArchRule pathNeedsTheJdkTheExchangeAndAuthAlone = jdkAnd("path", "exchange", "outcome", "net", "auth");

	@ArchTest
	static final ArchRule serverKnowsTheEchoAndLinux = ours("server", "echo", "linux", "auth");

	@ArchTest
	static final ArchRule webKnowsWhatItServes = ours("web", "probe", "echo", "exchange", "outcome", "path",
			"destination",
			"net");

	@ArchTest
	static final ArchRule metricsKnowWhatTheyCount = ours("metrics", "probe", "echo", "server", "exchange", "outcome",
			"destination",
			"linux");

	@ArchTest
	static final ArchRule echoAndExchangeNeverMeet = CompositeArchRule
			.of(noClasses().that()
					.resideInAPackage(ROOT + ".echo..")
					.should()
					.dependOnClassesThat()
					.resideInAPackage(ROOT + ".exchange.."))
			.and(noClasses().that()
					.resideInAPackage(ROOT + ".exchange..")
					.should()
					.dependOnClassesThat()
					.resideInAPackage(ROOT + ".echo.."));

	@ArchTest
	static final ArchRule nobodyDependsOnTheEdges = Stream.of(ROOT, ROOT + ".web", ROOT + ".metrics")
			.map((edge) -> noClasses().that()
					.resideOutsideOfPackage(edge)
					.should()
					.dependOnClassesThat()
					.resideInAPackage(edge))
			.map(ArchRule.class::cast)
			.reduce((one, other) -> CompositeArchRule.of(one).and(other))
			.orElseThrow();

	@ArchTest
	static final ArchRule onlyMetricsKnowMicrometer = onlyKnows("metrics", "io.micrometer..");

	@ArchTest
	static final ArchRule onlyTheServerKnowsSpringIntegration = onlyKnows("server",
			"org.springframework.integration..", "org.springframework.messaging..");

	@ArchTest
	static final ArchRule onlyWebKnowsHttp = onlyKnows("web", "jakarta.servlet..", "org.springframework.web..",
			"org.springframework.http..", "io.swagger..");

	@ArchTest
	static final ArchRule thereAreNoCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule everyPackageIsOneOfThePicture = classes().should()
			.resideInAnyPackage(Stream
					.of("", ".auth", ".linux", ".net", ".destination", ".exchange", ".outcome", ".path", ".echo",
							".server",
							".probe", ".web",
							".metrics")
					.map(ROOT::concat)
					.toArray(String[]::new));

	@ArchTest
	static final ArchRule injectionIsByConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule namesSayWhatAClassIs = noClasses().should()
			.haveNameMatching(".*(Impl|Manager|Utils?|Helper)(\\$.*)?");

	/**
	 * What a framework must not reach: it needs the JDK, and of ours only these.
	 */
	private static ArchRule jdkAnd(String name, String... below) {
		return classes().that()
				.resideInAPackage(inRoot(name))
				.should()
				.onlyDependOnClassesThat()
				.resideInAnyPackage(
						with(name, below, "java..", "javax.crypto..", "jdk.net", "org.jspecify.annotations"));
	}

	/**
	 * What stands at a framework: it needs whatever it needs, but of ours only these.
	 */
	private static ArchRule ours(String name, String... below) {
		return noClasses().that()
				.resideInAPackage(inRoot(name))
				.should()
				.dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(with(name, below)))));
	}

	private static ArchRule onlyKnows(String name, String... packages) {
		return noClasses().that()
				.resideOutsideOfPackage(inRoot(name))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(packages);
	}

	private static String[] with(String name, String[] below, String... others) {
		Stream<String> ours = Stream.concat(Stream.of(name), Stream.of(below)).map(ArchitectureTests::inRoot);
		return Stream.concat(ours, Stream.of(others)).toArray(String[]::new);
	}

	private static String inRoot(String name) {
		return ROOT + "." + name;
	}

}
