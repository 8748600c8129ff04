package org.netchannel.conformance.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** Compiles a mutant in memory, and loads it beside the reference as it is. */
final class MutantCompiler {
    private static final String PACKAGE = ReferenceEndpoint.class.getPackageName() + '.';

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** One for all: it keeps what it has read of the class path. */
    private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private MutantCompiler() {}

    /** Makes endpoints of the mutant; an {@link IllegalStateException} when it can't be compiled. */
    static synchronized Supplier<Endpoint> compile(SourceMutant mutant) throws IOException {
        Map<String, byte[]> classes = compiled(mutant);
        ClassLoader loader = new MutantLoader(classes);
        return () -> {
            try {
                return (Endpoint) loader.loadClass(ReferenceEndpoint.class.getName()).getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(mutant.toString(), e);
            }
        };
    }

    private static Map<String, byte[]> compiled(SourceMutant mutant) throws IOException {
        Map<String, ByteArrayOutputStream> outputs = new HashMap<>();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        JavaFileManager files = new InMemory(FILES, outputs);
        if (!COMPILER.getTask(complaints, files, null, options, null, List.of(source(mutant))).call()) {
            throw new IllegalStateException(mutant + ": " + complaints);
        }
        Map<String, byte[]> classes = new HashMap<>();
        outputs.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static JavaFileObject source(SourceMutant mutant) throws IOException {
        String text = mutant.source();
        URI name = URI.create("string:///" + (PACKAGE + mutant.type()).replace('.', '/') + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Keeps what the compiler writes. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> outputs) {
            super(files);
            this.outputs = outputs;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("string:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return outputs.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }

    /** Loads every class of the reference itself, for they see each other's package-private parts. */
    private static final class MutantLoader extends ClassLoader {
        private final Map<String, byte[]> changed;

        MutantLoader(Map<String, byte[]> changed) {
            super(ReferenceEndpoint.class.getClassLoader());
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
            return defineClass(name, bytes, 0, bytes.length);
        }

        private byte[] original(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return bytes.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
