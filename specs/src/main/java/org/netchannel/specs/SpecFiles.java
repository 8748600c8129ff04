package org.netchannel.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.netchannel.specs.coverage.Explanation;

/**
 * Modules, configurations and manifest, read into memory. Immutable: what is checked is what is run, even when
 * somebody edits the files meanwhile.
 */
public final class SpecFiles {
    private static final String BUILT_IN = "tla/" + Manifest.FILE;
    private static final long LARGEST = 4 << 20;

    private final SortedMap<String, byte[]> contents;

    private SpecFiles(SortedMap<String, byte[]> contents) {
        this.contents = contents;
    }

    /**
     * The files that were built into this program.
     *
     * @return the files of specs/tla
     * @throws IOException when they can't be read
     */
    public static SpecFiles builtIn() throws IOException {
        URL manifest = SpecFiles.class.getResource(BUILT_IN);
        if (manifest == null) {
            throw new NoSuchFileException("org/netchannel/specs/" + BUILT_IN + " is not on the class path");
        }
        try {
            URI uri = manifest.toURI();
            if (!uri.getScheme().equals("jar")) {
                return in(Path.of(uri).getParent());
            }
            Path jar = Path.of(URI.create(uri.getSchemeSpecificPart().replaceFirst("!.*", "")));
            try (FileSystem zip = FileSystems.newFileSystem(jar)) {
                return in(zip.getPath("org/netchannel/specs/tla"));
            }
        } catch (URISyntaxException e) {
            throw new IOException(manifest + " is no location of files", e);
        }
    }

    /**
     * The files of a directory: {@code *.tla}, {@code *.cfg} and the manifest.
     *
     * @param directory where they are
     * @return the files
     * @throws IOException when they can't be read or one is larger than 4 MiB
     */
    public static SpecFiles in(Path directory) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = path.getFileName().toString();
                if (name.endsWith(".tla") || name.endsWith(".cfg") || name.equals(Manifest.FILE)
                        || name.equals(Explanation.FILE)) {
                    contents.put(name, read(path));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new SpecFiles(contents);
    }

    private static byte[] read(Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException(path + " is larger than " + LARGEST + " bytes");
        }
        return Files.readAllBytes(path);
    }

    /**
     * The names of the files.
     *
     * @return in alphabetical order
     */
    public Set<String> names() {
        return contents.keySet();
    }

    /**
     * The text of a file.
     *
     * @param name its name
     * @return its text
     * @throws IOException when there is none, or it is not UTF-8
     */
    public String text(String name) throws IOException {
        byte[] bytes = contents.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
        } catch (MalformedInputException e) {
            throw new IOException(name + " is not UTF-8", e);
        }
    }

    /** Names what TLC reads for a model: other files, another name. */
    String fingerprint(Model model) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                if (file.getKey().endsWith(".tla") || file.getKey().equals(model.config())) {
                    digest.update((file.getKey() + " " + file.getValue().length + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                    digest.update(file.getValue());
                }
            }
            digest.update((model.module() + " " + model.checkDeadlock()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The same with one file changed.
     *
     * @param name its name
     * @param text its new text
     * @return other files
     */
    public SpecFiles with(String name, String text) {
        SortedMap<String, byte[]> changed = new TreeMap<>(contents);
        changed.put(name, text.getBytes(StandardCharsets.UTF_8));
        return new SpecFiles(changed);
    }

    /**
     * Writes all files into a directory, for TLC to read.
     *
     * @param directory an existing directory
     * @throws IOException when that fails
     */
    public void extractTo(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
