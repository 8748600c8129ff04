package org.netchannel.optimized.dpdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Whether DPDK can be used here: whether the build found it, and whether its libraries are there now. */
public final class Dpdk {
    private static final String LIBRARY = "libnetchannel-dpdk.so";
    private static final String REMEDY = "; ./netchannel setup dpdk installs it where that is possible";
    private static final Object LOADED = load();

    private Dpdk() {}

    /**
     * What is not there. Any thread.
     *
     * @return one line, with what to do about it; empty when DPDK can be used
     */
    public static Optional<String> missing() {
        return LOADED instanceof String why ? Optional.of("DPDK is missing: " + why + REMEDY) : Optional.empty();
    }

    /**
     * The version of the libraries, such as {@code DPDK 22.11.0}. Any thread.
     *
     * @return as DPDK says it
     * @throws DpdkException when DPDK is missing
     */
    public static String version() throws DpdkException {
        require();
        return Shim.textAt(Shim.callLong("version"));
    }

    static void require() throws DpdkException {
        if (missing().isPresent()) {
            throw new DpdkException(missing().get());
        }
    }

    static SymbolLookup library() {
        return (SymbolLookup) LOADED;
    }

    /** The library, or why there is none. */
    @SuppressWarnings("restricted")
    private static Object load() {
        try (InputStream library = Dpdk.class.getResourceAsStream(LIBRARY)) {
            if (library == null) {
                return whyLeftOut();
            }
            // A library can't be loaded from a jar. It stays mapped when its file is gone.
            Path copy = Files.createTempFile("netchannel-dpdk", ".so");
            try {
                Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
                return SymbolLookup.libraryLookup(copy, Arena.global());
            } finally {
                Files.delete(copy);
            }
        } catch (IOException | IllegalArgumentException e) {
            return "its libraries can't be loaded (" + e.getMessage() + ")";
        }
    }

    private static String whyLeftOut() throws IOException {
        try (InputStream why = Dpdk.class.getResourceAsStream("missing.txt")) {
            return why == null
                    ? "the build left it out"
                    : "when this was built " + new String(why.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
