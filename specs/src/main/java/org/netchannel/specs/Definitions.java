package org.netchannel.specs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which module of a specification defines a name: a module, or one that it extends. */
final class Definitions {
    private static final Pattern EXTENDS = Pattern.compile("^EXTENDS\\s+(\\w+(?:\\s*,\\s*\\w+)*)", Pattern.MULTILINE);

    private final SpecFiles files;

    Definitions(SpecFiles files) {
        this.files = files;
    }

    /**
     * A property as {@code Module!Property}, with the module that defines it: what one model shows of it holds for the
     * models of every module that extends this one. A name that is defined nowhere is the root module's.
     *
     * @throws IOException when a module can't be read
     */
    String qualified(String root, String property) throws IOException {
        return definer(root, property).orElse(root) + "!" + property;
    }

    private Optional<String> definer(String module, String property) throws IOException {
        if (!files.names().contains(module + ".tla")) {
            return Optional.empty(); // one of TLA+'s own
        }
        String text = files.text(module + ".tla");
        if (Pattern.compile("^" + Pattern.quote(property) + "\\s*==", Pattern.MULTILINE).matcher(text).find()) {
            return Optional.of(module);
        }
        Matcher extended = EXTENDS.matcher(text);
        for (String name : extended.find() ? List.of(extended.group(1).split("\\s*,\\s*")) : List.<String>of()) {
            Optional<String> found = definer(name, property);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
