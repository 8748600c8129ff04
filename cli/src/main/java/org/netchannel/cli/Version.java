package org.netchannel.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar, and the JVM that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version =
                Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("unpackaged");
        return new String[] {"netchannel " + version + ", Java " + Runtime.version()};
    }
}
