package dev.udpprobe.linux;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

/**
 * The file descriptor of a channel, which the JDK keeps to itself unless
 * {@code java.base/sun.nio.ch} is opened.
 */
final class Descriptor {

	private static final @Nullable MethodHandle GETTER = getter();

	private Descriptor() {}

	static boolean accessible() {
		return GETTER != null;
	}

	/**
	 * The caller must see to it that the channel is not closed while the number is used:
	 * the next socket that is opened may get the same.
	 */
	static int of(DatagramChannel channel) {
		MethodHandle getter = GETTER;
		if (getter == null) {
			throw new IllegalStateException("the descriptor is not accessible");
		}
		try {
			return (int) getter.invokeExact(channel);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable MethodHandle getter() {
		try {
			Method method = Class.forName("sun.nio.ch.DatagramChannelImpl").getDeclaredMethod("getFDVal");
			method.setAccessible(true);
			return MethodHandles.lookup()
					.unreflect(method)
					.asType(MethodType.methodType(int.class, DatagramChannel.class));
		}
		catch (ReflectiveOperationException | InaccessibleObjectException _) {
			return null;
		}
	}

}
