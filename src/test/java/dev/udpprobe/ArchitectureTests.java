package dev.udpprobe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The picture of the architecture: dependencies point down it.
 */
@AnalyzeClasses(packages = "dev.udpprobe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "dev.udpprobe";

	/**
	 * Every arrow between packages that there is. CONTRIBUTING.md draws the same.
	 */
	private static final Map<String, List<String>> ARROWS = Map.ofEntries(
			arrows("config", "monitor", "probe", "module", "destination", "exchange", "server", "echo", "access",
					"auth",
					"net", "linux"),
			arrows("web", "metrics", "monitor", "probe", "module", "path", "destination", "exchange", "echo", "access",
					"outcome", "net"),
			arrows("metrics", "monitor", "probe", "module", "destination", "exchange", "server", "echo", "outcome",
					"linux", "net"),
			arrows("monitor", "probe", "module", "destination", "exchange", "outcome", "net"),
			arrows("probe", "module", "path", "destination", "exchange", "outcome", "auth", "net"),
			arrows("module", "exchange", "outcome", "net"),
			arrows("path", "exchange", "outcome", "auth", "net"),
			arrows("destination", "auth", "net"),
			arrows("exchange", "outcome", "net", "linux"),
			arrows("echo", "server", "auth", "net"),
			arrows("server", "net", "linux"),
			arrows("access", "net"),
			arrows("outcome", "net"),
			arrows("auth"),
			arrows("net"),
			arrows("linux", "net"));

	/** What is wired at a framework. All others need the JDK alone. */
	private static final List<String> EDGES = List.of("config", "web", "metrics", "server");

	/** Libraries that one package may know: those that read protocols and patterns. */
	private static final Map<String, String[]> LIBRARIES = Map.of("module",
			new String[]{"com.google.re2j", "org.xbill.DNS.."});

	private static final String[] JDK = {"java..", "javax.crypto..", "jdk.net", "org.jspecify.annotations"};

	/** A row of the table of packages: its name, what is there, and what it stands on. */
	private static final Pattern PACKAGE = Pattern.compile("\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|");

	private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

	@ArchTest
	static final ArchRule dependenciesAreTheArrowsOfThePicture = all(
			ARROWS.keySet().stream().map(ArchitectureTests::knowsNoOtherOfOurs));

	@ArchTest
	static void everyArrowOfThePictureIsADependency(JavaClasses classes) {
		ARROWS.forEach((name, others) -> others.forEach((other) -> assertThat(classes)
				.as("classes of %s that need %s", name, other)
				.anyMatch((type) -> isIn(type, name) && type.getDirectDependenciesFromSelf()
						.stream()
						.anyMatch((dependency) -> isIn(dependency.getTargetClass(), other)))));
	}

	/**
	 * In its table of packages, where each stands on others that are in the table's last column.
	 */
	@ArchTest
	static void contributorsSeeThePicture(JavaClasses classes) throws IOException {
		Map<String, List<String>> told = new HashMap<>();
		Files.readAllLines(Path.of("CONTRIBUTING.md")).stream().map(PACKAGE::matcher).filter(Matcher::matches)
				.forEach((row) -> told.put(row.group(1), NAME.matcher(row.group(2)).results()
						.map((name) -> name.group(1)).toList()));
		assertThat(told).isEqualTo(ARROWS);
	}

	@ArchTest
	static final ArchRule onlyTheEdgesNeedMoreThanTheJdk = all(
			ARROWS.keySet().stream().filter((name) -> !EDGES.contains(name)).map(ArchitectureTests::needsTheJdkAlone));

	@ArchTest
	static final ArchRule everyPackageIsInThePicture = classes().should()
			.resideInAnyPackage(Stream.concat(Stream.of(ROOT), ARROWS.keySet().stream().map(ArchitectureTests::inRoot))
					.toArray(String[]::new));

	@ArchTest
	static final ArchRule nobodyKnowsTheEntryPoint = noClasses().that()
			.resideOutsideOfPackage(ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT);

	@ArchTest
	static final ArchRule theEntryPointKnowsNoneOfOurs = noClasses().that()
			.resideInAPackage(ROOT)
			.should()
			.dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT))));

	@ArchTest
	static final ArchRule echoAndExchangeNeverMeet = all(
			Stream.of(knowsNothingOf("echo", "exchange"), knowsNothingOf("exchange", "echo")));

	@ArchTest
	static final ArchRule thereAreNoCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyMetricsKnowMicrometer = onlyKnows("metrics", "io.micrometer..",
			"io.prometheus..");

	@ArchTest
	static final ArchRule onlyTheServerAndItsWiringKnowSpringIntegration = onlyKnow(List.of("server", "config"),
			"org.springframework.integration..", "org.springframework.messaging..");

	@ArchTest
	static final ArchRule onlyWebAndItsWiringKnowSpringSecurity = onlyKnow(List.of("web", "config"),
			"org.springframework.security..");

	@ArchTest
	static final ArchRule onlyWebKnowsHttp = onlyKnows("web", "jakarta.servlet..", "org.springframework.web..",
			"org.springframework.http..", "io.swagger..");

	@ArchTest
	static final ArchRule injectionIsByConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule namesSayWhatAClassIs = noClasses().should()
			.haveNameMatching(".*(Impl|Manager|Utils?|Helper)(\\$.*)?");

	private static boolean isIn(JavaClass type, String name) {
		return type.getPackageName().equals(inRoot(name));
	}

	private static Map.Entry<String, List<String>> arrows(String from, String... to) {
		return Map.entry(from, List.of(to));
	}

	private static ArchRule all(Stream<ArchRule> rules) {
		return rules.reduce((one, other) -> CompositeArchRule.of(one).and(other)).orElseThrow();
	}

	private static ArchRule knowsNoOtherOfOurs(String name) {
		return noClasses().that()
				.resideInAPackage(inRoot(name))
				.should()
				.dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(known(name)))));
	}

	private static ArchRule needsTheJdkAlone(String name) {
		return classes().that()
				.resideInAPackage(inRoot(name))
				.should()
				.onlyDependOnClassesThat()
				.resideInAnyPackage(
						Stream.of(Arrays.stream(JDK), Stream.of(LIBRARIES.getOrDefault(name, new String[0])),
								Stream.of(ROOT + "..")).flatMap((some) -> some).toArray(String[]::new));
	}

	private static ArchRule knowsNothingOf(String name, String other) {
		return noClasses().that()
				.resideInAPackage(inRoot(name))
				.should()
				.dependOnClassesThat()
				.resideInAPackage(inRoot(other));
	}

	private static ArchRule onlyKnows(String name, String... packages) {
		return onlyKnow(List.of(name), packages);
	}

	private static ArchRule onlyKnow(List<String> names, String... packages) {
		return noClasses().that()
				.resideOutsideOfPackages(names.stream().map(ArchitectureTests::inRoot).toArray(String[]::new))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(packages);
	}

	/**
	 * @return the package itself, and those that its arrows point to
	 */
	private static String[] known(String name) {
		return Stream.concat(Stream.of(name), ARROWS.getOrDefault(name, List.of()).stream())
				.map(ArchitectureTests::inRoot)
				.toArray(String[]::new);
	}

	private static String inRoot(String name) {
		return ROOT + "." + name;
	}

}
