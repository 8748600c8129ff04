package org.netchannel.cli.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.netchannel.cli.copy.CopyWire.Answer;

/**
 * A folder that files arrive in. A file gets its name when all of it is there; before, it is a hidden file that a later
 * transfer goes on with. Names come from the peer: they never lead out of the folder. Any thread calls.
 */
final class Inbox {
    private final Path folder;
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();

    Inbox(Path folder) {
        this.folder = folder;
    }

    /** Takes a file in. SEND means that {@link #release} has to follow. */
    Answer reserve(String name, long size) throws IOException {
        if (!isAllowed(name)) {
            return Answer.BAD_NAME;
        }
        if (!arriving.add(name)) {
            return Answer.BUSY;
        }
        boolean reserved = false;
        try {
            Answer answer = look(name, size);
            reserved = answer == Answer.SEND;
            return answer;
        } finally {
            if (!reserved) {
                release(name);
            }
        }
    }

    private Answer look(String name, long size) throws IOException {
        if (Files.exists(file(name), LinkOption.NOFOLLOW_LINKS)) {
            return Answer.EXISTS;
        }
        long have = Files.exists(part(name)) ? Files.size(part(name)) : 0;
        return size - have > Files.getFileStore(folder).getUsableSpace() ? Answer.NO_ROOM : Answer.SEND;
    }

    void release(String name) {
        arriving.remove(name);
    }

    /** One component, visible, without what separates or steers. */
    private static boolean isAllowed(String name) {
        boolean plain = name.codePoints().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c == 0xFFFD
                || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        return plain && !name.isBlank() && !name.startsWith(".")
                && name.getBytes(StandardCharsets.UTF_8).length <= CopyWire.MOST_NAME_BYTES;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path part(String name) {
        return folder.resolve("." + name + ".part");
    }
}
