package org.netchannel.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** While the tests of a class run, the home of the command is the folder with these sources. */
final class SourcesAsHome implements BeforeAllCallback, AfterAllCallback {
    private String before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = System.setProperty(Home.PROPERTY, Path.of("..").toAbsolutePath().normalize().toString());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (before == null) {
            System.clearProperty(Home.PROPERTY);
        } else {
            System.setProperty(Home.PROPERTY, before);
        }
    }
}
