package org.netchannel.specs.engine.isolated;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import util.FilenameToStream;

/**
 * Finds modules: in one directory first, then among TLC's standard modules. TLC can only read files, so the standard
 * modules are copied into a folder of this engine's own; TLC's own way, a shared one, fails when two of them run.
 */
public final class ModuleFiles implements FilenameToStream, AutoCloseable {
    private static final String STANDARD_MODULES = "tla2sany/StandardModules/";

    private final Path directory;
    private final Path standard;

    /**
     * Files of one specification.
     *
     * @param directory where its modules are
     */
    public ModuleFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
        try {
            this.standard = Files.createTempDirectory("tla-standard-modules");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds no classes: TLC would load them, or others of the same name, with the application's class loader. */
    @Override
    public File resolve(String name, boolean isModule) {
        if (!isModule && name.endsWith(".class")) {
            return null;
        }
        String fileName = isModule && !name.endsWith(".tla") ? name + ".tla" : name;
        Path own = directory.resolve(fileName);
        if (!Files.exists(own) && copyStandard(fileName)) {
            return new TLAFile(standard.resolve(fileName).toString(), true, this);
        }
        return new TLAFile(own.toString(), this);
    }

    private boolean copyStandard(String fileName) {
        try (InputStream in = ModuleFiles.class.getClassLoader().getResourceAsStream(STANDARD_MODULES + fileName)) {
            if (in != null) {
                Files.copy(in, standard.resolve(fileName), StandardCopyOption.REPLACE_EXISTING);
            }
            return in != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getFullPath() {
        return directory.toString();
    }

    @Override
    public boolean isStandardModule(String module) {
        return resolve(module, true).toPath().startsWith(standard);
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(standard)) {
            for (Path copy : copies) {
                Files.delete(copy);
            }
        }
        Files.delete(standard);
    }
}
