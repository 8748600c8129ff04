package org.netchannel.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Endpoint;

/**
 * Runs what calls endpoints of an implementation that may hang or be slow: whatever a call does, the run is over in
 * time. It happens in a thread of its own, which keeps no JVM alive; when a call does not come back, the caller goes on
 * without that thread. It is interrupted, and ends when the call does. For one run; one thread calls {@link #run}.
 */
public final class Overseer {
    /** What violations are called that are a call which takes too long. */
    public static final String HANG = "a call did not come back";
    /** What violations are called that are a run which takes too long. */
    public static final String SLOW = "the endpoint is too slow to be tested";
    /** The clause that both break: no protocol's, but the endpoint's. */
    public static final String CLAUSE = "endpoint.md";
    private static final int FRAMES = 6;
    /** No call is under way. */
    private static final long NONE = Long.MAX_VALUE;
    /** The last call was waited for in vain. */
    private static final long GIVEN_UP = Long.MIN_VALUE;

    private final long callNanos;
    private final Patience patience;
    private final long endNanos;
    /** When the call began that is under way. */
    private final AtomicLong began = new AtomicLong(NONE);
    private volatile String name = "";
    private volatile Object[] arguments = {};

    /**
     * Begins to look at the time.
     *
     * @param patience how long calls and the run may take
     */
    public Overseer(Patience patience) {
        this.patience = patience;
        callNanos = patience.call().toNanos();
        endNanos = System.nanoTime() + patience.run().toNanos();
    }

    /**
     * Whether a run was given up because of the time it took.
     *
     * @param violation any violation
     * @return true for {@link #HANG} and {@link #SLOW}
     */
    public static boolean isHang(Violation violation) {
        return violation.kind().equals(HANG) || violation.kind().equals(SLOW);
    }

    /**
     * What an implementation has thrown, as a violation: whatever comes in must not make an endpoint throw.
     *
     * @param thrown what came out of a call
     * @return the violation, with where it came from
     */
    public static Violation thrown(Throwable thrown) {
        List<String> lines = new ArrayList<>(List.of(thrown.toString()));
        Arrays.stream(thrown.getStackTrace()).limit(FRAMES).forEach(frame -> lines.add("at " + frame));
        return new Violation("an exception came out of a call", Set.of("NC-HDR-2"), lines);
    }

    /**
     * Runs something.
     *
     * @param <T> what comes of it
     * @param name what its thread is called
     * @param work calls endpoints that {@link #make} has made, and no others
     * @return what came of it
     * @throws ViolationFound when a call does not come back, or the work ends in that
     */
    public <T> T run(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
        try {
            return await(task);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error error -> throw error;
                default -> throw new IllegalStateException(name, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + name, e);
        } finally {
            thread.interrupt();
        }
    }

    private <T> T await(FutureTask<T> task) throws ExecutionException, InterruptedException {
        long waitNanos = callNanos;
        while (true) {
            try {
                return task.get(waitNanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) { // not done: the call that is under way may just have begun
                long since = began.get();
                waitNanos = since == NONE ? callNanos : since + callNanos - System.nanoTime();
                if (waitNanos <= 0 && began.compareAndSet(since, GIVEN_UP)) {
                    throw new ViolationFound(Violation.of(HANG,
                            call() + ", after the last line of the trace, has taken longer than "
                                    + seconds(patience.call()), CLAUSE));
                }
            }
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }

    private String call() {
        return name + Arrays.stream(arguments)
                .map(argument -> argument instanceof Bytes bytes ? bytes.length() + " bytes" : argument.toString())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Makes an endpoint whose calls are watched. An {@link Error} that comes out of one is a violation, unless the JVM
     * itself is at its end.
     *
     * @param maker makes the endpoint
     * @return the endpoint, to be {@linkplain #letGo let go of}
     */
    public Endpoint make(Supplier<? extends Endpoint> maker) {
        Endpoint endpoint = watched("new", new Object[0], maker::get);
        return (Endpoint) Proxy.newProxyInstance(Endpoint.class.getClassLoader(), new Class<?>[] {Endpoint.class},
                new Watched(endpoint));
    }

    /** Its calls go through {@link #watched}. */
    private final class Watched implements java.lang.reflect.InvocationHandler {
        private final Endpoint endpoint;

        private Watched(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] given) {
            checkEnd();
            Object[] values = given == null ? new Object[0] : given;
            return watched(method.getName(), values, () -> call(method, values));
        }

        private Object call(Method method, Object[] values) {
            try {
                return method.invoke(endpoint, values);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("a method of a public interface", e);
            } catch (InvocationTargetException e) {
                switch (e.getCause()) {
                    case RuntimeException thrown -> throw thrown;
                    case OutOfMemoryError error -> throw error;
                    case Throwable thrown -> throw new ViolationFound(thrown(thrown));
                }
            }
        }
    }

    private void checkEnd() {
        if (System.nanoTime() - endNanos > 0) {
            throw new ViolationFound(Violation.of(SLOW,
                    "the calls up to the last line of the trace have taken longer than " + seconds(patience.run()),
                    CLAUSE));
        }
    }

    private <T> T watched(String called, Object[] with, Supplier<T> call) {
        long now = System.nanoTime();
        name = called;
        arguments = with;
        if (!began.compareAndSet(NONE, now)) {
            throw givenUp();
        }
        try {
            return call.get();
        } finally {
            comeBack(now);
        }
    }

    private void comeBack(long since) {
        if (!began.compareAndSet(since, NONE)) {
            throw givenUp();
        }
    }

    /** Ends the thread of a run that is over; nobody reads this. */
    private ViolationFound givenUp() {
        return new ViolationFound(Violation.of(HANG, call(), CLAUSE));
    }

    /**
     * Lets go of an endpoint, watched as well: what was given up is closed when its call has come back.
     *
     * @param endpoint from {@link #make}
     */
    public void letGo(Endpoint endpoint) {
        Endpoint made = ((Watched) Proxy.getInvocationHandler(endpoint)).endpoint;
        if (began.get() == GIVEN_UP) {
            Endpoints.letGo(made);
        } else {
            watched("close", new Object[0], () -> {
                Endpoints.letGo(made);
                return made;
            });
        }
    }
}
