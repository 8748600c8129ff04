package org.netchannel.specs.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** Loads TLC, and the classes that touch it, apart from everybody else's; all other classes are the parent's. */
final class IsolatedClassLoader extends ClassLoader {
    private static final List<String> OWN =
            List.of("tlc2.", "tla2sany.", "util.", "pcal.", "org.netchannel.specs.engine.isolated.");

    private final String module;
    private final Set<String> inputs;

    IsolatedClassLoader(ClassLoader parent, String module, Set<String> inputs) {
        super(parent);
        this.module = module;
        this.inputs = inputs;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = name.equals(InputOverrides.CLASS_NAME) ? InputOverrides.bytes(module, inputs) : read(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
