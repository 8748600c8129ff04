package org.netchannel.cli.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a report whole or not at all. */
public final class ReportFile {
    /** What the process's mask leaves of it: a temporary file would be its owner's alone. */
    private static final FileAttribute<?> AS_USUAL =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

    private ReportFile() {}

    /**
     * Writes a file, in place of the one that is there.
     *
     * @param file where to
     * @param text what
     * @throws IOException when that does not work; nothing is left behind then
     */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, ".", ".part", AS_USUAL);
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
