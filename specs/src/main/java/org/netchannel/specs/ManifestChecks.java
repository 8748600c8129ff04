package org.netchannel.specs;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true of a manifest as a whole, and of it and the files beside it. */
final class ManifestChecks {
    /** Begins the names of configurations that check traces: these are no models. */
    private static final String TRACE_CHECK = "Trace";

    private final Manifest manifest;
    private final SpecFiles files;
    private final Map<String, Model> byName = new HashMap<>();
    private final Map<String, ConfigFile> configs = new HashMap<>();

    private ManifestChecks(Manifest manifest, SpecFiles files) {
        this.manifest = manifest;
        this.files = files;
    }

    static void check(Manifest manifest, SpecFiles files) throws ManifestException, IOException {
        ManifestChecks checks = new ManifestChecks(manifest, files);
        checks.namesAreUnique();
        checks.filesFit();
        for (Model model : manifest.models()) {
            canBeSimulated(model);
            if (model.expected() instanceof Expected.Violates violates) {
                checks.canBeViolated(model, violates);
                checks.twinHolds(model, violates);
            } else if (model.twin().isPresent()) {
                throw error(model, "'twin' has no place in a model that holds");
            }
        }
        checks.racesAreShownTwice();
    }

    private static ManifestException error(Model model, String text) {
        return new ManifestException(Manifest.FILE + ": model '" + model.name() + "': " + text);
    }

    private void namesAreUnique() throws ManifestException {
        for (Model model : manifest.models()) {
            if (byName.put(model.name(), model) != null) {
                throw error(model, "this name is used twice");
            }
        }
    }

    private void filesFit() throws ManifestException, IOException {
        Set<String> present = files.names();
        Set<String> used = new HashSet<>();
        for (Model model : manifest.models()) {
            requireFile(model, present, model.module() + ".tla");
            requireFile(model, present, model.config());
            if (!used.add(model.config())) {
                throw error(model, "'config' " + model.config() + " is taken already");
            }
            configs.put(model.name(), ConfigFile.parse(files.text(model.config())));
            if (configs.get(model.name()).setsCheckDeadlock()) {
                throw error(model, model.config() + " has CHECK_DEADLOCK; use 'checkDeadlock' in the manifest instead");
            }
        }
        Set<String> unused = present.stream()
                .filter(name -> name.endsWith(".cfg") && !name.startsWith(TRACE_CHECK) && !used.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unused.isEmpty()) {
            throw new ManifestException(Manifest.FILE + ": no model has this config: " + String.join(", ", unused));
        }
    }

    private static void requireFile(Model model, Set<String> present, String name) throws ManifestException {
        if (!present.contains(name)) {
            throw error(model, "there is no file " + name);
        }
    }

    private static void canBeSimulated(Model model) throws ManifestException {
        if (model.size() != ModelSize.SIMULATION) {
            return;
        }
        if (model.expected() instanceof Expected.Violates violates
                && violates.kind() == PropertyKind.TEMPORAL_PROPERTY) {
            throw error(model, "a simulation can't be expected to violate a temporal property: its walks are finite");
        }
    }

    private void canBeViolated(Model model, Expected.Violates violates) throws ManifestException {
        ConfigFile config = configs.get(model.name());
        Optional<String> property = violates.property();
        if (property.isPresent() && !config.checks(violates.kind(), property.get())) {
            throw error(model, model.config() + " does not list the " + violates.kind().text() + " " + property.get());
        }
        if (violates.kind() == PropertyKind.TEMPORAL_PROPERTY && config.properties().size() > 1) {
            throw error(
                    model,
                    model.config() + " lists more than one PROPERTY; TLC does not say which temporal property failed");
        }
    }

    private void twinHolds(Model model, Expected.Violates violates) throws ManifestException {
        String name = model.twin()
                .orElseThrow(() -> error(model, "'twin' is missing: the model that holds with the repair on"));
        Model twin = byName.get(name);
        if (twin == null) {
            throw error(model, "'twin' is '" + name + "'; there is no such model");
        }
        if (!(twin.expected() instanceof Expected.Holds)) {
            throw error(model, "its twin '" + name + "' is not expected to hold");
        }
        Optional<String> property = violates.property();
        boolean checked = property.isPresent()
                ? configs.get(name).checks(violates.kind(), property.get())
                : twin.checkDeadlock();
        if (!checked) {
            throw error(
                    model,
                    "its twin '" + name + "' does not check the " + violates.kind().text()
                            + property.map(text -> " " + text).orElse(""));
        }
    }

    private void racesAreShownTwice() throws ManifestException {
        Set<String> held = races(Expected.Holds.class);
        Set<String> violated = races(Expected.Violates.class);
        for (String race : Stream.concat(held.stream(), violated.stream()).sorted().toList()) {
            if (!held.contains(race)) {
                throw new ManifestException(Manifest.FILE + ": no model shows that " + race + " is repaired");
            }
            if (!violated.contains(race)) {
                throw new ManifestException(Manifest.FILE + ": no model shows the harm of " + race);
            }
        }
    }

    private Set<String> races(Class<? extends Expected> expected) {
        // A random walk shows neither that a race is repaired nor, for certain, its harm.
        return manifest.models().stream()
                .filter(model -> model.size() != ModelSize.SIMULATION)
                .filter(model -> expected.isInstance(model.expected()))
                .flatMap(model -> model.races().stream())
                .collect(Collectors.toSet());
    }
}
