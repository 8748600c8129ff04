package org.netchannel.cli.doctor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what Linux says of itself in files. What can't be read is as if it were not there.
 *
 * @param root where /proc, /sys and /dev are
 */
record Machine(Path root) {
    /** The text of a file without blanks at its ends. */
    Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What stands behind a word and a colon at the beginning of a line. */
    Optional<String> value(String file, String word) {
        return text(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(word + ":"))
                .map(line -> line.substring(word.length() + 1).strip())
                .findFirst();
    }

    /** The number at the beginning of such a value; 0 when there is none. */
    long number(String file, String word) {
        String digits = value(file, word).orElse("").replaceFirst("[^0-9].*", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    /** The entries of a folder in the order of their names. */
    List<Path> entries(String folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve(folder))) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }

    boolean isWritable(String file) {
        return Files.isWritable(root.resolve(file));
    }

    /** Whether this process has a capability of Linux (capabilities(7)). */
    boolean hasCapability(int bit) {
        String effective = value("proc/self/status", "CapEff").orElse("0");
        try {
            return (Long.parseUnsignedLong(effective, 16) >> bit & 1) == 1;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The last part of what a symbolic link points to. */
    static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
