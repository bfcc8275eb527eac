package dev.udpprobe.network;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * One lab for all test classes, which their constructors get. Each test finds it as new.
 */
final class LabExtension implements TestInstancePreConstructCallback, ParameterResolver, AfterEachCallback {

	private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);

	/**
	 * The lab, or why there is none, so that nothing is tried twice.
	 */
	@SuppressWarnings("IllegalCatch")
	private static final class Holder implements AutoCloseable {

		private @Nullable Lab lab;

		private @Nullable Throwable failure;

		Holder() {
			try {
				this.lab = new Lab();
			}
			catch (Exception | AssertionError ex) {
				this.failure = ex;
			}
		}

		@Override
		public void close() throws IOException {
			if (this.lab != null) {
				this.lab.close();
			}
		}

	}

	// Here and not before all, since a test that is skipped here says why, but a whole class does not.
	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context)
			throws Exception {
		switch (holder(context).failure) {
			case null -> {
				// There is a lab.
			}
			case Error error -> throw error;
			case Exception exception -> throw exception;
			case Throwable throwable -> throw new IllegalStateException(throwable);
		}
	}

	private static Holder holder(ExtensionContext context) {
		return context.getRoot()
				.getStore(NAMESPACE)
				.computeIfAbsent(Holder.class, (_) -> new Holder(), Holder.class);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Lab.class;
	}

	@Override
	public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return holder(context).lab;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		Lab lab = holder(context).lab;
		if (lab != null) {
			lab.restore();
		}
	}

}
